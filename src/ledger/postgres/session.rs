//! A session on a ledger in PostgreSQL. It locks nothing: each transaction locks the ledger's row for a moment.

use std::collections::HashSet;
use std::sync::Arc;

use super::connection::within;
use super::error::QueryError;
use super::held_claim::HeldClaim;
use super::options::Failover;
use super::read::read;
use super::retry::Retry;
use super::shared::Shared;
use super::snapshot::Snapshot;
use crate::ledger::{Event, LedgerError};

/// A session of one worker.
pub(super) struct PostgresSession {
    pub(super) shared: Arc<Shared>,
    pub(super) snapshot: Snapshot,
    pub(super) notes: Vec<String>,
    /// Outcomes and answers that the server did not accept.
    pub(super) unwritten: Vec<Event>,
    /// The delivery that this session works on.
    pub(super) held: Option<HeldClaim>,
    /// The number of the last event that the plan knows.
    pub(super) planned_seq: i64,
    /// The keys of deliveries that have a row in the table of claims.
    pub(super) offered: HashSet<String>,
}

impl PostgresSession {
    /// Reads the ledger.
    pub(super) async fn open(shared: Arc<Shared>) -> Result<Self, LedgerError> {
        let mut session = Self {
            snapshot: Snapshot::default(),
            notes: Vec::new(),
            unwritten: Vec::new(),
            held: None,
            planned_seq: 0,
            offered: HashSet::new(),
            shared,
        };
        session.snapshot = read_ledger(&session.shared, session.shared.take_known()).await?;
        session.planned_seq = session.snapshot.seq;
        if let Some(change) = session.change().filter(|_| session.waives_change()) {
            session.notes.push(format!(
                "another server has the ledger `{}` now: {change}; `failover: synchronous` accepts it",
                session.shared.name
            ));
        }
        Ok(session)
    }

    /// Reads the events that other workers have appended. If it fails, the session has the events that it had.
    pub(super) async fn read_newer(&mut self) -> Result<(), LedgerError> {
        let live = self.snapshot.ledger_state.live().clone();
        let mut known = Some(std::mem::take(&mut self.snapshot));
        let read = continue_reading(&self.shared, &mut known).await;
        let (snapshot, result) = match read {
            Ok(snapshot) => (snapshot, Ok(())),
            Err(error) => (known.unwrap_or_default(), Err(error)),
        };
        self.snapshot = snapshot;
        self.snapshot.ledger_state.set_live(live);
        result
    }

    /// Returns the difference between the server and the one that had the ledger.
    fn change(&self) -> Option<String> {
        self.snapshot.actual.change_from(&self.snapshot.recorded)
    }

    /// Returns `true` if the server has changed and the options accept that.
    pub(super) fn waives_change(&self) -> bool {
        self.shared.options.failover == Failover::Synchronous && self.change().is_some()
    }

    /// Returns the error of a claim that another worker was faster to make.
    pub(super) fn overtaken(&self) -> LedgerError {
        LedgerError::Overtaken {
            ledger: self.shared.name.clone(),
        }
    }

    /// Returns the error of a server that may lack events.
    pub(super) fn server_change(&self) -> Option<LedgerError> {
        let change = self.change().filter(|_| !self.waives_change())?;
        Some(self.shared.other_server(change))
    }
}

/// Reads the ledger of `shared`, continuing after `known`.
pub(super) async fn read_ledger(
    shared: &Shared,
    mut known: Option<Snapshot>,
) -> Result<Snapshot, LedgerError> {
    continue_reading(shared, &mut known).await
}

/// As [`read_ledger`]. If it fails, `known` has what was read until then.
async fn continue_reading(
    shared: &Shared,
    known: &mut Option<Snapshot>,
) -> Result<Snapshot, LedgerError> {
    let mut retry = Retry::new(shared);
    loop {
        let attempt = async {
            let database = shared.database().await.map_err(QueryError::from)?;
            let client = database.client().await?;
            read(&client, shared, known).await
        };
        let error = match within(attempt).await {
            Ok(snapshot) => return Ok(snapshot),
            Err(error) => error,
        };
        if let Err(error) = retry.wait(shared, error).await {
            return Err(shared.error(error));
        }
    }
}

impl Drop for PostgresSession {
    fn drop(&mut self) {
        self.shared.remember(std::mem::take(&mut self.snapshot));
    }
}

//! The parts of a store in PostgreSQL that its sessions use too.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use syndicate_api::{Clock, Env};
use tokio::sync::OnceCell;

use super::connection::{Database, url};
use super::error::{QueryError, unreachable};
use super::options::PostgresLedger;
use super::snapshot::Snapshot;
use crate::ledger::LedgerError;
use crate::ledger::error::OFFLINE_HINT;

/// The surroundings of a store in PostgreSQL.
#[derive(Clone, Debug)]
pub(crate) struct PostgresContext {
    /// The variables that the URL can name.
    pub(crate) env: Env,
    /// The clock of pauses. Times in the ledger are those of the server.
    pub(crate) clock: Clock,
    /// The name of this machine, for the list of workers.
    pub(crate) host: Option<String>,
    /// `true` if the server must not be contacted.
    pub(crate) is_offline: bool,
    /// The total time for which a lost connection is tried again.
    pub(crate) patience: Duration,
}

/// The default of [`PostgresContext::patience`], in which a server restarts.
const PATIENCE: Duration = Duration::from_secs(60);

/// The total time for which a server is tried that this process has not reached yet. Its address may be wrong.
const FIRST_PATIENCE: Duration = Duration::from_secs(10);

impl PostgresContext {
    /// Returns the surroundings of a store of this process.
    #[must_use]
    pub(crate) fn new(env: Env, clock: Clock, is_offline: bool) -> Self {
        Self {
            host: host_name(&env),
            env,
            clock,
            is_offline,
            patience: PATIENCE,
        }
    }
}

/// Returns the name of this machine.
#[cfg(unix)]
fn host_name(_: &Env) -> Option<String> {
    let name = rustix::system::uname().nodename().to_str().ok()?.to_owned();
    Some(name).filter(|name| !name.is_empty())
}

/// Returns the name of this machine.
#[cfg(not(unix))]
fn host_name(env: &Env) -> Option<String> {
    env.get("COMPUTERNAME")
}

/// The parts that a store shares with its sessions.
pub(super) struct Shared {
    pub(super) options: PostgresLedger,
    /// The name in messages and in `closed` events.
    pub(super) name: String,
    pub(super) context: PostgresContext,
    database: OnceCell<Database>,
    /// The uptime until which the server is tried before it was reached once.
    first_end: Duration,
    /// The events that were read last.
    known: Mutex<Option<Snapshot>>,
}

impl Shared {
    pub(super) fn new(options: PostgresLedger, context: PostgresContext) -> Self {
        Self {
            name: format!("postgresql:{}", options.ledger_name()),
            options,
            first_end: context.clock.uptime().saturating_add(FIRST_PATIENCE),
            context,
            database: OnceCell::new(),
            known: Mutex::default(),
        }
    }

    /// Returns the database.
    ///
    /// # Errors
    /// [`LedgerError::Unreachable`] if the URL is invalid, or offline.
    pub(super) async fn database(&self) -> Result<&Database, LedgerError> {
        if self.context.is_offline {
            url(&self.options, &self.context.env, &self.name)?;
            let message = "this command does not contact the server";
            return Err(unreachable(&self.name, message, Some(OFFLINE_HINT)));
        }
        let open = || async { Database::open(&self.options, &self.context.env, &self.name) };
        self.database.get_or_try_init(open).await
    }

    /// Returns the uptime until which an operation is repeated that began at the uptime `start`.
    pub(super) fn last_try(&self, start: Duration) -> Duration {
        let end = start.saturating_add(self.context.patience);
        match self.database.get().is_some_and(Database::was_reached) {
            true => end,
            false => end.min(self.first_end),
        }
    }

    /// Returns the error of this ledger.
    pub(super) fn error(&self, error: QueryError) -> LedgerError {
        error.into_ledger_error(&self.name)
    }

    pub(super) fn missing(&self) -> LedgerError {
        LedgerError::Missing {
            ledger: self.name.clone(),
            remembered: None,
        }
    }

    /// Returns the error of another server in place of the one that had the ledger.
    pub(super) fn other_server(&self, change: String) -> LedgerError {
        LedgerError::OtherServer {
            ledger: self.name.clone(),
            change,
        }
    }

    /// Returns the events that were read last, and forgets them, so that appending to them needs no copy.
    pub(super) fn take_known(&self) -> Option<Snapshot> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.take()
    }

    /// Returns the events that were read last.
    pub(super) fn known(&self) -> Option<Snapshot> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.clone()
    }

    /// Remembers events that were read, so that the next reading continues after them.
    pub(super) fn remember(&self, snapshot: Snapshot) {
        *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Some(snapshot);
    }
}

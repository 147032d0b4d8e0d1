//! Writes events in one transaction, which first reads those of other workers.

use std::sync::Arc;

use deadpool_postgres::Transaction;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use tokio_postgres::types::Type;

use super::connection::{Parameter, begin, within};
use super::error::QueryError;
use super::held_claim::{HeldClaim, delivery_key};
use super::server::{IDENTITY, ServerIdentity};
use super::session::PostgresSession;
use crate::ledger::{Attempt, Decide, Event, EventKind, LedgerError, StateVersion, wire};

/// The largest difference by which the time of an event is moved forward, so that it is later than the one before.
/// After a larger one, the server's clock was set back.
const LARGEST_STEP: i64 = 1000;

/// Maximum number of events of one statement.
const CHUNK: usize = 1000;

const LOCK: &str = "SELECT last_at, system_identifier, timeline FROM syndicate.ledger WHERE number = $1 FOR UPDATE";

const NEWER: &str =
    "SELECT seq, line FROM syndicate.event WHERE ledger = $1 AND seq > $2 ORDER BY seq";

const INSERT: &str = "INSERT INTO syndicate.event (ledger, seq, id, line) \
    SELECT $1, $2 + added.place, added.id, added.line \
    FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS added(id, line, place)";

const ADVANCE: &str = "UPDATE syndicate.ledger SET last_seq = $2, last_at = $3 WHERE number = $1";

/// The time of the events of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EventTime {
    /// They happened earlier, and have their times.
    Recorded,
    /// They happen now, by the server's clock.
    Now,
}

/// The locked row of a ledger.
struct LockedRow {
    last_at: i64,
    recorded: ServerIdentity,
}

impl PostgresSession {
    /// Appends `events` or none. Returns them as they are in the ledger.
    ///
    /// A connection that breaks is tried again. If the answer to the commit was lost, the next transaction finds the
    /// events: it gets the lock of the ledger only after the lost one has ended.
    pub(super) async fn write(
        &mut self,
        events: &[Event],
        time: EventTime,
    ) -> Result<Vec<Event>, LedgerError> {
        let written = self.write_decided(events, time, None).await?;
        Ok(written.unwrap_or_default())
    }

    /// As [`PostgresSession::write`], if `decide` agrees in the same transaction. Returns `None` if it does not.
    pub(super) async fn write_decided(
        &mut self,
        events: &[Event],
        time: EventTime,
        decide: Option<Decide<'_>>,
    ) -> Result<Option<Vec<Event>>, LedgerError> {
        if events.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let mut retry = self.shared.retry();
        let planned = self.snapshot.ledger_state.version();
        loop {
            let error = match within(self.try_write(events, (time, decide), planned)).await {
                Ok(written) => return Ok(written),
                Err(error) => error,
            };
            if let Err(error) = retry.wait(error).await {
                return Err(self.shared.error(error));
            }
        }
    }

    async fn try_write(
        &mut self,
        events: &[Event],
        (time, decide): (EventTime, Option<Decide<'_>>),
        planned: StateVersion,
    ) -> Result<Option<Vec<Event>>, QueryError> {
        let shared = Arc::clone(&self.shared);
        let database = shared.database().await?;
        let mut client = database.client().await?;
        let transaction = begin(&mut client).await?;
        if let Some(sink) = decide.and_then(|_| events.iter().find_map(Event::sink)) {
            self.lock_sink(&transaction, sink).await?;
        }
        let row = self.lock_row(&transaction).await?;
        self.read_newer(&transaction).await?;
        if let Some(written) = self.find_all(events) {
            return Ok(Some(written));
        }
        let is_claim = events.iter().any(is_claim);
        let (at, actual) = self.server_time(&transaction, row.last_at).await?;
        self.check_server(&transaction, (&row.recorded, actual), is_claim)
            .await?;
        if is_claim && self.is_overtaken(planned, events) {
            return Err(self.overtaken().into());
        }
        if let Some(decide) = decide {
            if !decide(&self.snapshot.ledger_state, at) {
                return Ok(None);
            }
            self.extend_claim(&transaction).await?;
        }
        let written: Vec<Event> = match time {
            EventTime::Recorded => events.to_vec(),
            EventTime::Now => events.iter().map(|event| at_time(event, at)).collect(),
        };
        let last_at = match time {
            EventTime::Recorded => row.last_at,
            EventTime::Now => at.as_millisecond(),
        };
        let (number, seq) = (self.snapshot.number, self.snapshot.seq);
        let last_seq = insert(&transaction, (number, seq), &written).await?;
        let parameters: [Parameter<'_>; 3] = [
            (&number, Type::INT8),
            (&last_seq, Type::INT8),
            (&last_at, Type::INT8),
        ];
        transaction.execute_typed(ADVANCE, &parameters).await?;
        let ends_claim = events.iter().any(|event| self.ends_claim(event));
        if ends_claim {
            self.release_in(&transaction, last_seq).await?;
        }
        transaction.commit().await?;
        match &mut self.held {
            held if ends_claim => *held = None,
            Some(held) if events.iter().any(|event| is_about(event, held)) => {
                held.written_seq = last_seq;
            }
            _ => {}
        }
        self.snapshot.seq = last_seq;
        self.snapshot.ledger_state.extend(written.iter().cloned());
        Ok(Some(written))
    }

    /// Locks the ledger until the end of the transaction, and reads its new events.
    pub(super) async fn lock_and_read(
        &mut self,
        transaction: &Transaction<'_>,
    ) -> Result<(), QueryError> {
        self.lock_row(transaction).await?;
        self.read_newer(transaction).await
    }

    /// Serialises the decisions about one sink until the end of the transaction.
    async fn lock_sink(&self, transaction: &Transaction<'_>, sink: &str) -> Result<(), QueryError> {
        let digest = Sha256::digest(format!("{}\0{sink}", self.snapshot.number));
        let key = i64::from_be_bytes(digest.first_chunk().copied().unwrap_or_default());
        let lock = "SELECT pg_advisory_xact_lock($1)";
        transaction.query_typed(lock, &[(&key, Type::INT8)]).await?;
        Ok(())
    }

    /// Returns `true` if nothing is left to do for the delivery that this session has claimed after `event`.
    fn ends_claim(&self, event: &Event) -> bool {
        let is_outcome = match &event.kind {
            EventKind::Sent { follow_ups, .. } => follow_ups.is_empty(),
            EventKind::Failed { .. } => true,
            _ => false,
        };
        let held = self.held.as_ref().filter(|_| is_outcome);
        held.is_some_and(|held| is_about(event, held))
    }

    /// Locks the row of the ledger until the end of the transaction.
    async fn lock_row(&self, transaction: &Transaction<'_>) -> Result<LockedRow, QueryError> {
        let number: [Parameter<'_>; 1] = [(&self.snapshot.number, Type::INT8)];
        let row = transaction.query_typed_opt(LOCK, &number).await?;
        let row = row.ok_or_else(|| self.shared.missing())?;
        Ok(LockedRow {
            last_at: row.get(0),
            recorded: ServerIdentity::of(&row, 1),
        })
    }

    /// Reads what other workers appended since this session last read or wrote.
    async fn read_newer(&mut self, transaction: &Transaction<'_>) -> Result<(), QueryError> {
        let parameters: [Parameter<'_>; 2] = [
            (&self.snapshot.number, Type::INT8),
            (&self.snapshot.seq, Type::INT8),
        ];
        let newer = transaction.query_typed(NEWER, &parameters).await?;
        self.snapshot.add(&newer, &self.shared.name)?;
        Ok(())
    }

    /// Returns `events` as they are in the ledger, if it has all of them.
    fn find_all(&self, events: &[Event]) -> Option<Vec<Event>> {
        let state = &self.snapshot.ledger_state;
        let find = |event: &Event| state.event(&event.id).cloned();
        events.iter().map(find).collect()
    }

    /// Returns the server's time for the next events, after the lock was taken, and its identity.
    async fn server_time(
        &self,
        transaction: &Transaction<'_>,
        last_at: i64,
    ) -> Result<(Timestamp, ServerIdentity), QueryError> {
        let now = format!(
            "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint, {IDENTITY}"
        );
        let row = transaction.query_typed_one(&now, &[]).await?;
        let now: i64 = row.get(0);
        let at = match last_at - now {
            0..LARGEST_STEP => last_at + 1,
            _ => now,
        };
        let at = Timestamp::from_millisecond(at).unwrap_or_default();
        Ok((at, ServerIdentity::of(&row, 1)))
    }

    /// Checks that the server is the one that has the whole ledger. What already happened is recorded in any case.
    async fn check_server(
        &mut self,
        transaction: &Transaction<'_>,
        (recorded, actual): (&ServerIdentity, ServerIdentity),
        is_claim: bool,
    ) -> Result<(), QueryError> {
        self.snapshot.recorded = recorded.clone();
        self.snapshot.actual = actual;
        if self.waives_change() {
            let (number, actual) = (self.snapshot.number, &self.snapshot.actual);
            actual.record(transaction, number).await?;
            self.snapshot.recorded = self.snapshot.actual.clone();
        }
        match self.server_change() {
            Some(error) if is_claim => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Returns `true` if the events read since the version `planned` could change the decision to make a claim: all but
    /// the steps of other deliveries.
    fn is_overtaken(&self, planned: StateVersion, events: &[Event]) -> bool {
        let Some(newer) = self.snapshot.ledger_state.appended_since(planned) else {
            return true;
        };
        newer
            .iter()
            .any(|newer| events.iter().any(|event| !is_of_another(newer, event)))
    }
}

/// Inserts `events` after the number `seq`. Returns the number of the last one.
pub(super) async fn insert(
    transaction: &Transaction<'_>,
    (number, mut seq): (i64, i64),
    events: &[Event],
) -> Result<i64, QueryError> {
    for chunk in events.chunks(CHUNK) {
        let ids: Vec<&str> = chunk.iter().map(|event| event.id.as_str()).collect();
        let lines: Vec<String> = chunk
            .iter()
            .map(|event| wire::line(event).trim_end().to_owned())
            .collect();
        let parameters: [Parameter<'_>; 4] = [
            (&number, Type::INT8),
            (&seq, Type::INT8),
            (&ids, Type::TEXT_ARRAY),
            (&lines, Type::TEXT_ARRAY),
        ];
        transaction.execute_typed(INSERT, &parameters).await?;
        seq += i64::try_from(chunk.len()).unwrap_or_default();
    }
    Ok(seq)
}

/// Returns `true` if `event` is a step of the delivery `held`.
fn is_about(event: &Event, held: &HeldClaim) -> bool {
    let key = |attempt: &Arc<Attempt>| delivery_key(&attempt.item, &attempt.sink);
    event.kind.attempt().map(key).as_ref() == Some(&held.delivery)
}

/// Returns `true` for the events before a creating request.
fn is_claim(event: &Event) -> bool {
    matches!(
        event.kind,
        EventKind::Intent { .. } | EventKind::Probed { .. }
    )
}

/// Returns `true` if `newer` is a step of another delivery than the one of `event`.
fn is_of_another(newer: &Event, event: &Event) -> bool {
    let is_step = matches!(
        newer.kind,
        EventKind::Intent { .. }
            | EventKind::Sent { .. }
            | EventKind::Failed { .. }
            | EventKind::Unknown { .. }
            | EventKind::Probed { .. }
            | EventKind::FollowedUp { .. }
            | EventKind::Updated { .. }
    );
    let (Some(other), Some(own)) = (newer.kind.attempt(), event.kind.attempt()) else {
        return is_step;
    };
    let shares_key = || other.keys.iter().any(|key| own.keys.contains(key));
    is_step && (other.sink != own.sink || !shares_key())
}

/// Returns `event` at the server's time. The deadline of a claim counts from then.
fn at_time(event: &Event, at: Timestamp) -> Event {
    let mut event = event.clone();
    let moved = at.duration_since(event.at);
    event.at = at;
    if let EventKind::Intent { claim, .. } | EventKind::Probed { claim, .. } = &mut event.kind {
        claim.deadline = claim
            .deadline
            .and_then(|deadline| deadline.checked_add(moved).ok());
    }
    event
}

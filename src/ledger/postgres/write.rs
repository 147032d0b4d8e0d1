//! Writes events in one transaction, which first reads those of other workers.

use std::sync::Arc;

use deadpool_postgres::Transaction;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use tokio_postgres::types::Type;

use super::connection::{Parameter, SETTINGS, start, within};
use super::error::QueryError;
use super::held_claim::{HeldClaim, delivery_key};
use super::retry::Retry;
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

/// The locked row of a ledger, and the server.
pub(super) struct Head {
    /// The time of the last event, in milliseconds.
    last_at: i64,
    /// The server that has the ledger, as recorded.
    recorded: ServerIdentity,
    /// The time of the server, in milliseconds.
    now: i64,
    actual: ServerIdentity,
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
        let mut retry = Retry::new(&self.shared);
        let planned = self.snapshot.ledger_state.version();
        loop {
            let error = match within(self.try_write(events, (time, decide), planned)).await {
                Ok(written) => return Ok(written),
                Err(error) => error,
            };
            if let Err(error) = retry.wait(&self.shared, error).await {
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
        let transaction = start(&mut client).await?;
        let sink = decide.and_then(|_| events.iter().find_map(Event::sink));
        let head = self.lock_and_read(&transaction, sink).await?;
        if let Some(written) = self.find_all(events, time) {
            return Ok(Some(written));
        }
        // A restored or imported intent already happened.
        let is_claim = time == EventTime::Now && events.iter().any(is_claim);
        let at = time_after(head.now, head.last_at);
        self.check_server(&transaction, (&head.recorded, head.actual), is_claim)
            .await?;
        if is_claim && self.is_overtaken(planned, events) {
            return Err(self.overtaken().into());
        }
        if decide.is_some_and(|decide| !decide(&self.snapshot.ledger_state, at)) {
            return Ok(None);
        }
        let written: Vec<Event> = match time {
            EventTime::Recorded => events.to_vec(),
            EventTime::Now => events.iter().map(|event| at_time(event, at)).collect(),
        };
        let last_at = match time {
            EventTime::Recorded => head.last_at,
            EventTime::Now => at.as_millisecond(),
        };
        let (number, seq) = (self.snapshot.number, self.snapshot.seq);
        let last_seq = seq + i64::try_from(written.len()).unwrap_or_default();
        let parameters: [Parameter<'_>; 3] = [
            (&number, Type::INT8),
            (&last_seq, Type::INT8),
            (&last_at, Type::INT8),
        ];
        let ends_claim = events.iter().any(|event| self.ends_claim(event));
        // Sent together, because other workers wait for the lock.
        let (extended, inserted, advanced, released) = tokio::join!(
            biased;
            self.extend_claim(&transaction, is_claim),
            insert(&transaction, (number, seq), &written),
            transaction.execute_typed(ADVANCE, &parameters),
            self.release_in(&transaction, last_seq, ends_claim),
        );
        extended?;
        inserted?;
        advanced?;
        released?;
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

    /// Locks the ledger until the end of the transaction, first the decisions about `sink`, and reads its new events. The
    /// statements are sent together; the server carries them out one after the other, so that the events and the time are
    /// read under the lock.
    pub(super) async fn lock_and_read(
        &mut self,
        transaction: &Transaction<'_>,
        sink: Option<&str>,
    ) -> Result<Head, QueryError> {
        let (number, seq) = (self.snapshot.number, self.snapshot.seq);
        let own: [Parameter<'_>; 1] = [(&number, Type::INT8)];
        let after: [Parameter<'_>; 2] = [(&number, Type::INT8), (&seq, Type::INT8)];
        let now = format!(
            "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint, {IDENTITY}"
        );
        let (set, sink_locked, row, newer, now) = tokio::join!(
            biased;
            transaction.batch_execute(SETTINGS),
            lock_sink(transaction, number, sink),
            transaction.query_typed_opt(LOCK, &own),
            transaction.query_typed(NEWER, &after),
            transaction.query_typed_one(&now, &[]),
        );
        // The first error is the cause of the others.
        set?;
        sink_locked?;
        let row = row?.ok_or_else(|| self.shared.missing())?;
        self.snapshot.add(&newer?, &self.shared.name)?;
        let now = now?;
        Ok(Head {
            last_at: row.get(0),
            recorded: ServerIdentity::of(&row, 1),
            now: now.get(0),
            actual: ServerIdentity::of(&now, 1),
        })
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

    /// Returns `events` as they are in the ledger, if it has all of them.
    fn find_all(&self, events: &[Event], time: EventTime) -> Option<Vec<Event>> {
        let state = &self.snapshot.ledger_state;
        let find = |event: &Event| match time {
            EventTime::Recorded => state.has_exactly(event).then(|| event.clone()),
            // The server gave it another time.
            EventTime::Now => state.event(&event.id).cloned(),
        };
        events.iter().map(find).collect()
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

/// Serialises the decisions about `sink` until the end of the transaction.
async fn lock_sink(
    transaction: &Transaction<'_>,
    number: i64,
    sink: Option<&str>,
) -> Result<(), QueryError> {
    let Some(sink) = sink else {
        return Ok(());
    };
    let digest = Sha256::digest(format!("{number}\0{sink}"));
    let key = i64::from_be_bytes(digest.first_chunk().copied().unwrap_or_default());
    let lock = "SELECT pg_advisory_xact_lock($1)";
    transaction.query_typed(lock, &[(&key, Type::INT8)]).await?;
    Ok(())
}

/// Returns the time of the next events: that of the server, or a moment after the last event.
fn time_after(now: i64, last_at: i64) -> Timestamp {
    let at = match last_at - now {
        0..LARGEST_STEP => last_at + 1,
        _ => now,
    };
    Timestamp::from_millisecond(at).unwrap_or_default()
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
    let is_step = newer.kind.is_delivery_step();
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

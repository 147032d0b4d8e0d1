//! Moves a ledger to another store. Both stores end with the same events; the last one, `closed`, names the
//! store that is open.
//!
//! The new store is written first, all at once, and the old one is closed after that. A move that ends in
//! between is completed by repeating it: events that a store has are not appended again, and a `closed`
//! event that names the new store is used again.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::JournaledStore;
use crate::ledger::{Event, EventKind, Ids, LedgerError, LedgerSession, LedgerState, LedgerStore};

/// Maximum number of times that the new store is completed because another run appended to the old one.
const MAX_ATTEMPTS: usize = 10;

impl<S: LedgerStore> JournaledStore<S> {
    /// Copies the events of this ledger to `target` and closes this ledger. `session` is this ledger,
    /// locked. Returns the number of events appended to `target`.
    ///
    /// # Errors
    /// Those of both stores, and [`LedgerError::OtherLedger`] if `target` has another ledger.
    pub(crate) async fn relocate(
        session: &mut dyn LedgerSession,
        (target, to): (&dyn LedgerStore, &str),
        (now, ids): (Timestamp, &dyn Ids),
        timeout: Duration,
    ) -> Result<usize, LedgerError> {
        let mut count = 0;
        for _ in 0..MAX_ATTEMPTS {
            let closed = closing_event(session.ledger_state(), to, (now, ids));
            count += complete(target, to, session.ledger_state(), &closed, timeout).await?;
            if session.ledger_state().has(&closed.id) {
                session.finish().await?;
                return Ok(count);
            }
            // The next round copies what another run appended to the old store meanwhile.
            match session.append(closed).await {
                Ok(()) | Err(LedgerError::Overtaken { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Err(LedgerError::Overtaken {
            ledger: to.to_owned(),
        })
    }
}

/// Returns the event that closes the store with `ledger_state`: the last move if it leads to `to`,
/// otherwise a new one, later than every event, because the last move decides.
fn closing_event(ledger_state: &LedgerState, to: &str, (now, ids): (Timestamp, &dyn Ids)) -> Event {
    let last = ledger_state
        .last_move()
        .filter(|event| matches!(&event.kind, EventKind::Closed { to: known } if known == to));
    if let Some(last) = last {
        return last.clone();
    }
    let latest = ledger_state.events().last().map(|event| event.at);
    let after = latest.map(|at| at.checked_add(SignedDuration::from_millis(1)).unwrap_or(at));
    let kind = EventKind::Closed { to: to.to_owned() };
    Event::new(ids, after.map_or(now, |after| after.max(now)), kind)
}

/// Appends the events of `ledger_state`, and `closed`, to `target`. Creates it if it does not exist. Returns
/// the number of appended events.
async fn complete(
    target: &dyn LedgerStore,
    to: &str,
    ledger_state: &LedgerState,
    closed: &Event,
    timeout: Duration,
) -> Result<usize, LedgerError> {
    let mut events: Vec<Event> = ledger_state.events().into_iter().cloned().collect();
    if !ledger_state.has(&closed.id) {
        events.push(closed.clone());
    }
    if !target.exists().await? {
        // A ledger begins with its `created` event.
        events.sort_by_key(|event| !matches!(event.kind, EventKind::Created { .. }));
        let count = events.len();
        target.create_all(events).await?;
        return Ok(count);
    }
    let mut session = target.lock(timeout).await?;
    let own = ledger_state.ledger_ids();
    let known = session.ledger_state().ledger_ids();
    if !own.is_empty() && !own.iter().any(|id| known.contains(id)) {
        return Err(LedgerError::OtherLedger {
            ledger: to.to_owned(),
        });
    }
    for _ in 0..MAX_ATTEMPTS {
        let known = session.ledger_state();
        let missing = events.iter().filter(|event| !known.has_exactly(event));
        let missing: Vec<Event> = missing.cloned().collect();
        let count = missing.len();
        if count == 0 {
            return Ok(0);
        }
        match session.append_all(missing).await {
            Err(LedgerError::Overtaken { .. }) => {}
            Err(error) => return Err(error),
            Ok(()) => {
                session.finish().await?;
                return Ok(count);
            }
        }
    }
    Err(LedgerError::Overtaken {
        ledger: to.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_event_of_ledger_at_end_of_time() {
        let ids = |_: Timestamp| "id".to_owned();
        let kind = EventKind::Other("later".to_owned());
        let last = Event::new(&ids, Timestamp::MAX, kind);
        let ledger_state: LedgerState = [last.clone()].into_iter().collect();
        let closed = closing_event(&ledger_state, "other", (Timestamp::UNIX_EPOCH, &ids));
        assert!(closed.at >= last.at);
    }
}

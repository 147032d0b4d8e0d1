//! Detects a ledger that was rolled back: it lacks events of another record, and a delivery is less
//! protected without them. Other missing events, after a compaction or on another branch, do not
//! matter.

use std::collections::{BTreeMap, BTreeSet};

use crate::ledger::delivery_state::{DeliveryState, of_attempt};
use crate::ledger::{Event, EventKind, LedgerState};

/// Returns the events of `more` without which a delivery is less protected in `ledger`.
pub(crate) fn weaker<'e>(
    ledger: &LedgerState,
    more: impl IntoIterator<Item = &'e Event>,
) -> Vec<Event> {
    let missing: Vec<&Event> = more
        .into_iter()
        .filter(|event| !ledger.has(&event.id))
        .collect();
    let mut found = Vec::new();
    let mut by_attempt: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in &missing {
        if let Some(attempt) = event.kind.attempt() {
            by_attempt.entry(&attempt.id).or_default().push(event);
        }
        if is_weaker_adoption(ledger, event) {
            found.push((*event).clone());
        }
    }
    if by_attempt.is_empty() {
        return found;
    }
    for (id, more) in by_attempt {
        let alone = ledger.attempt(id);
        let mut both: Vec<&Event> = alone.iter().chain(&more).copied().collect();
        both.sort_by(|a, b| crate::ledger::order::in_time(a, b));
        let state =
            |events: &[&Event]| of_attempt(events).map_or(DeliveryState::New, |(_, state)| state);
        if is_weaker(&state(&alone), &state(&both)) {
            found.extend(more.into_iter().cloned());
        }
    }
    found
}

/// Returns the `moved` events of `more` that alone lead from an item's keys to its sent posts. Their
/// loss does not prevent sending, since they can be recorded again.
pub(super) fn lost_moves<'e>(
    ledger: &LedgerState,
    more: impl IntoIterator<Item = &'e Event>,
) -> Vec<Event> {
    let missing: Vec<&Event> = more
        .into_iter()
        .filter(|event| !ledger.has(&event.id))
        .collect();
    let links = |event: &&&Event| match &event.kind {
        EventKind::Moved { from, .. } => from.as_ref().is_none_or(|from| !from.is_empty()),
        _ => false,
    };
    let moves: Vec<&&Event> = missing.iter().filter(links).collect();
    if moves.is_empty() {
        return Vec::new();
    }
    let mut both = ledger.clone();
    both.extend(missing.iter().map(|event| (*event).clone()));
    let sinks: BTreeSet<String> = both
        .events()
        .iter()
        .filter_map(|event| event.sink().map(str::to_owned))
        .collect();
    let is_freer = |event: &&&&Event| {
        let keys: Vec<String> = event.keys().into_iter().map(str::to_owned).collect();
        sinks.iter().any(|sink| {
            ledger
                .state(&keys, sink)
                .is_freer_than(&both.state(&keys, sink))
        })
    };
    moves
        .iter()
        .filter(is_freer)
        .map(|event| (**event).clone())
        .collect()
}

/// Returns `true` if an attempt is less protected in the state `alone` than in `both`, or could be made
/// again although its post was retracted.
fn is_weaker(alone: &DeliveryState, both: &DeliveryState) -> bool {
    let is_open = matches!(
        alone,
        DeliveryState::Unknown { .. } | DeliveryState::Duplicate { .. }
    );
    alone.is_freer_than(both) || is_open && matches!(both, DeliveryState::Retracted { .. })
}

fn is_weaker_adoption(ledger: &LedgerState, event: &Event) -> bool {
    let EventKind::Adopted { keys, sink, .. } = &event.kind else {
        return false;
    };
    // Without a sink the event covers every sink, so any name gives the same result.
    let state = ledger.state(keys, sink.as_deref().unwrap_or_default());
    state.is_freer_than(&DeliveryState::Adopted { at: event.at })
}

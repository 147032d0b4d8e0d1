//! Compaction: removes the events that no longer affect any delivery.
//!
//! The compacted ledger gives the same state for every delivery and every key, also after a merge
//! with a copy that still has the removed lines. The decisive event of each attempt is kept, and so
//! are all keys.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::Timestamp;

use super::delivery_state::{DeliveryState, decisive, is_denial, open_follow_ups};
use super::send_history::AttemptKey;
use super::{Event, EventKind, History, LedgerState};

/// Returns the events of `ledger_state` that still have an effect at `now`, in time order.
pub(super) fn compact(ledger_state: &LedgerState, now: Timestamp) -> Vec<Event> {
    let mut gone: HashSet<&str> = HashSet::new();
    let attempts = by_attempt(ledger_state.events());
    for history in &ledger_state.histories() {
        // Each item is compacted alone, because its state depends on its own events only.
        for delivery in &history.deliveries {
            let own = by_attempt(delivery.events.iter().copied());
            own.values().for_each(|events| gone.extend(decided(events)));
        }
        gone.extend(overtaken(history, &attempts, now));
    }
    let events = ledger_state.events().into_iter();
    let kept = events.filter(|event| !gone.contains(event.id.as_str()));
    kept.cloned().collect()
}

/// Returns `true` if both ledgers give the same state for every delivery.
pub(super) fn agree(a: &LedgerState, b: &LedgerState) -> bool {
    let states = |ledger_state: &LedgerState| -> Vec<_> {
        let sinks: BTreeSet<String> = ledger_state
            .events()
            .iter()
            .filter_map(|event| event.sink().map(str::to_owned))
            .collect();
        let out = |sink: &String| -> BTreeMap<AttemptKey, Timestamp> {
            ledger_state.send_history(sink).out.into_iter().collect()
        };
        let send_history: Vec<_> = sinks.iter().map(out).collect();
        let mut states: Vec<_> = ledger_state
            .histories()
            .iter()
            .map(|history| {
                let keys: Vec<String> = history.keys.iter().map(|key| (*key).to_owned()).collect();
                let states: Vec<DeliveryState> = sinks
                    .iter()
                    .map(|sink| ledger_state.state(&keys, sink))
                    .collect();
                format!("{keys:?} {states:?}")
            })
            .collect();
        states.sort();
        vec![format!("{send_history:?}"), states.join("\n")]
    };
    states(a) == states(b)
}

type Attempts<'a> = BTreeMap<&'a str, Vec<&'a Event>>;

fn by_attempt<'a>(events: impl IntoIterator<Item = &'a Event>) -> Attempts<'a> {
    let mut attempts = Attempts::new();
    for event in events {
        if let Some(attempt) = event.kind.attempt() {
            attempts.entry(&attempt.id).or_default().push(event);
        }
    }
    attempts
}

/// Returns the ids of the events of an attempt that another of its events makes redundant.
fn decided<'a>(events: &[&'a Event]) -> Vec<&'a str> {
    let Some(deciding) = decisive(events) else {
        return Vec::new();
    };
    // An open attempt keeps all its events. A failed one keeps its intent: another branch may lack the
    // failure, and after a merge the intent alone would be open again.
    if matches!(
        deciding.kind,
        EventKind::Intent { .. }
            | EventKind::Probed { .. }
            | EventKind::Unknown { .. }
            | EventKind::Failed { .. }
    ) {
        return Vec::new();
    }
    let sent = |event: &&&Event| matches!(event.kind, EventKind::Sent { .. });
    let mut kept: Vec<&str> = vec![&deciding.id];
    // The creating event has the account and the name of the post, the last change and the retraction
    // have their times: a settlement has none of these.
    kept.extend(events.iter().rfind(sent).map(|event| event.id.as_str()));
    kept.extend(last_of(events, |kind| {
        matches!(kind, EventKind::Updated { .. })
    }));
    kept.extend(versions(events));
    let settled = events
        .iter()
        .rfind(|event| matches!(event.kind, EventKind::Settled { .. }));
    kept.extend(settled.map(|event| event.id.as_str()));
    // The last settlement denies the post, and yet another event decides: then only a repetition made later
    // may keep the settlement from deciding.
    if settled.is_some_and(|event| is_denial(&event.kind) && event.id != deciding.id) {
        kept.extend(last_of(events, |kind| {
            matches!(kind, EventKind::Probed { .. })
        }));
    }
    let is_open = !open_follow_ups(events).is_empty();
    // The creating event still names the steps that follow. Those that are open need the recorded slots.
    kept.extend(events.iter().filter_map(|event| {
        let is_needed = match event.kind {
            EventKind::FollowedUp { .. } => true,
            EventKind::Intent { .. } => is_open,
            _ => false,
        };
        is_needed.then_some(event.id.as_str())
    }));
    if !events.iter().any(|event| sent(&event)) {
        kept.extend(last_of(events, |kind| {
            matches!(
                kind,
                EventKind::Intent { .. } | EventKind::Probed { .. } | EventKind::Unknown { .. }
            )
        }));
    }
    let superfluous = events.iter().filter(|event| {
        !kept.contains(&event.id.as_str()) && event.rest.is_empty() && covers(deciding, event)
    });
    superfluous.map(|event| event.id.as_str()).collect()
}

/// Returns the first event of each version of the post, so that a return to an old text is detected.
fn versions<'a>(events: &[&'a Event]) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    let creating = events
        .iter()
        .rev()
        .filter(|event| !matches!(event.kind, EventKind::Updated { .. }));
    let of = |event: &'a Event| Some(&event.kind.attempt()?.digests.as_ref()?.item);
    // The creating event has the version that was sent, and is kept anyway.
    seen.extend(creating.filter_map(|event| of(event)));
    for event in events
        .iter()
        .filter(|event| matches!(event.kind, EventKind::Updated { .. }))
    {
        if of(event).is_some_and(|digest| seen.insert(digest)) {
            kept.push(event.id.as_str());
        }
    }
    kept
}

fn last_of<'a>(events: &[&'a Event], is: impl Fn(&EventKind) -> bool) -> Option<&'a str> {
    let last = events.iter().rfind(|event| is(&event.kind));
    last.map(|event| event.id.as_str())
}

/// Returns the failures without a request, and the approvals, that later events make redundant.
fn overtaken<'a>(history: &History<'a>, attempts: &Attempts<'a>, now: Timestamp) -> Vec<&'a str> {
    let mut gone = Vec::new();
    for delivery in &history.deliveries {
        let Some(later) = deciding(&delivery.state, &delivery.events) else {
            continue;
        };
        let is_out = matches!(
            delivery.state,
            DeliveryState::Sent { .. } | DeliveryState::Retracted { .. }
        );
        let superfluous = delivery.events.iter().filter(|event| {
            let overtaken = match &event.kind {
                EventKind::Failed { attempt, until, .. } => {
                    let alone = attempts.get(&*attempt.id).is_some_and(|all| all.len() == 1);
                    alone && until.is_none_or(|until| until < now)
                }
                EventKind::Approved { .. } => is_out,
                _ => false,
            };
            overtaken
                && event.id != later.id
                && event.at <= later.at
                && event.rest.is_empty()
                && covers(later, event)
        });
        gone.extend(superfluous.map(|event| event.id.as_str()));
    }
    gone
}

/// Returns the event that determines the state of a delivery.
fn deciding<'a>(state: &DeliveryState, events: &[&'a Event]) -> Option<&'a Event> {
    let id = match state {
        DeliveryState::Sent { attempt, .. }
        | DeliveryState::Failed { attempt, .. }
        | DeliveryState::Duplicate { attempt, .. }
        | DeliveryState::Retracted { attempt, .. } => &attempt.id,
        // An open delivery keeps all its events.
        DeliveryState::New | DeliveryState::Adopted { .. } | DeliveryState::Unknown { .. } => {
            return None;
        }
    };
    let of = |event: &&&'a Event| event.kind.attempt().is_some_and(|of| of.id == *id);
    let events: Vec<&Event> = events.iter().filter(of).copied().collect();
    decisive(&events)
}

/// Returns `true` if `kept` has every key that `event` has.
fn covers(kept: &Event, event: &Event) -> bool {
    let keys = kept.keys();
    event.keys().iter().all(|key| keys.contains(key))
}

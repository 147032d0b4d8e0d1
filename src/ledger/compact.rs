//! Compaction: which lines of a ledger tell nothing any more. What is left says the same about every
//! post by every key, and goes on doing so when it is merged with a ledger that still has the lines
//! that went: of an attempt the event that decides it stays, and no key is lost.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::Timestamp;

use super::state::{State, decisive};
use super::{Book, Event, History, Kind};

/// The events of `book` that still tell something at `now`, in time order.
pub(super) fn compact(book: &Book, now: Timestamp) -> Vec<Event> {
    let mut gone: HashSet<&str> = HashSet::new();
    let attempts = by_attempt(book.events());
    for history in &book.histories() {
        // By item, as each has its state from its own events alone.
        for delivery in &history.deliveries {
            let own = by_attempt(delivery.events.iter().copied());
            own.values().for_each(|events| gone.extend(decided(events)));
        }
        gone.extend(overtaken(history, &attempts, now));
    }
    let events = book.events().into_iter();
    let kept = events.filter(|event| !gone.contains(event.id.as_str()));
    kept.cloned().collect()
}

/// Whether both say the same about every post.
pub(super) fn agree(a: &Book, b: &Book) -> bool {
    let told = |book: &Book| -> Vec<_> {
        let sinks: BTreeSet<String> = book
            .events()
            .iter()
            .filter_map(|event| event.sink().map(str::to_owned))
            .collect();
        let traffic: Vec<_> = sinks.iter().map(|sink| book.traffic(sink).out).collect();
        let mut states: Vec<_> = book
            .histories()
            .iter()
            .map(|history| {
                let keys: Vec<String> = history.keys.iter().map(|key| (*key).to_owned()).collect();
                let states: Vec<State> = sinks.iter().map(|sink| book.state(&keys, sink)).collect();
                format!("{keys:?} {states:?}")
            })
            .collect();
        states.sort();
        vec![format!("{traffic:?}"), states.join("\n")]
    };
    told(a) == told(b)
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

/// The events of an attempt that one of its others makes superfluous.
fn decided<'a>(events: &[&'a Event]) -> Vec<&'a str> {
    let Some(deciding) = decisive(events) else {
        return Vec::new();
    };
    // An open attempt needs all that is known of it. One that failed keeps its intent: without the
    // failure, which another branch may lack, the intent alone would be open again.
    if matches!(
        deciding.kind,
        Kind::Intent { .. } | Kind::Probed { .. } | Kind::Unknown { .. } | Kind::Failed { .. }
    ) {
        return Vec::new();
    }
    let sent = |event: &&&Event| matches!(event.kind, Kind::Sent { .. });
    let mut kept: Vec<&str> = vec![&deciding.id];
    // Who created it and under which name, when it was last changed, and when it left: a settlement
    // tells none of that.
    kept.extend(events.iter().rfind(sent).map(|event| event.id.as_str()));
    kept.extend(last_of(events, |kind| matches!(kind, Kind::Updated { .. })));
    kept.extend(versions(events));
    kept.extend(last_of(events, |kind| matches!(kind, Kind::Settled { .. })));
    if !events.iter().any(|event| sent(&event)) {
        kept.extend(last_of(events, |kind| {
            matches!(
                kind,
                Kind::Intent { .. } | Kind::Probed { .. } | Kind::Unknown { .. }
            )
        }));
    }
    let superfluous = events.iter().filter(|event| {
        !kept.contains(&event.id.as_str()) && event.rest.is_empty() && covers(deciding, event)
    });
    superfluous.map(|event| event.id.as_str()).collect()
}

/// Returns the first event of each version of the post, by which a return to an old text is found.
fn versions<'a>(events: &[&'a Event]) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    let mut kept = Vec::new();
    let creating = events
        .iter()
        .rev()
        .filter(|event| !matches!(event.kind, Kind::Updated { .. }));
    let of = |event: &'a Event| Some(&event.kind.attempt()?.digests.as_ref()?.item);
    // The version that was sent is told by the event that creates it, which is kept anyway.
    seen.extend(creating.filter_map(|event| of(event)));
    for event in events
        .iter()
        .filter(|event| matches!(event.kind, Kind::Updated { .. }))
    {
        if of(event).is_some_and(|digest| seen.insert(digest)) {
            kept.push(event.id.as_str());
        }
    }
    kept
}

fn last_of<'a>(events: &[&'a Event], is: impl Fn(&Kind) -> bool) -> Option<&'a str> {
    let last = events.iter().rfind(|event| is(&event.kind));
    last.map(|event| event.id.as_str())
}

/// The failures before anything left, and the approvals, that what came later makes superfluous.
fn overtaken<'a>(history: &History<'a>, attempts: &Attempts<'a>, now: Timestamp) -> Vec<&'a str> {
    let mut gone = Vec::new();
    for delivery in &history.deliveries {
        let Some(later) = deciding(&delivery.state, &delivery.events) else {
            continue;
        };
        let is_out = matches!(delivery.state, State::Sent { .. } | State::Retracted { .. });
        let superfluous = delivery.events.iter().filter(|event| {
            let overtaken = match &event.kind {
                Kind::Failed { attempt, until, .. } => {
                    let alone = attempts.get(&*attempt.id).is_some_and(|all| all.len() == 1);
                    alone && until.is_none_or(|until| until < now)
                }
                Kind::Approved { .. } => is_out,
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

/// The event that makes a delivery's state what it is.
fn deciding<'a>(state: &State, events: &[&'a Event]) -> Option<&'a Event> {
    let id = match state {
        State::Sent { attempt, .. }
        | State::Failed { attempt, .. }
        | State::Duplicate { attempt, .. }
        | State::Retracted { attempt, .. } => &attempt.id,
        // What is open needs all that is known of it.
        State::New | State::Adopted { .. } | State::Unknown { .. } => return None,
    };
    let of = |event: &&&'a Event| event.kind.attempt().is_some_and(|of| of.id == *id);
    let events: Vec<&Event> = events.iter().filter(of).copied().collect();
    decisive(&events)
}

/// Whether an item is known by `kept` as well as by `event`.
fn covers(kept: &Event, event: &Event) -> bool {
    let keys = kept.keys();
    event.keys().iter().all(|key| keys.contains(key))
}

//! What went out to one sink: what the policy's distances and shares are measured by, and how long
//! the platform itself wants to be left alone. Like every state it follows from the set of events
//! alone.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::delivery_state::{DeliveryState, decisive, of_attempt};
use super::{Event, EventKind};

/// What went out to one sink, or may have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SendHistory {
    /// When each attempt went out that created a post or may have, by the attempts' ids.
    pub out: BTreeMap<String, Timestamp>,
    /// Before which the platform takes nothing more, and what it said, unless something went
    /// through since.
    pub throttled: Option<(Timestamp, String)>,
}

impl SendHistory {
    /// When something last went out, or may have.
    #[must_use]
    pub(crate) fn last(&self) -> Option<Timestamp> {
        self.out.values().max().copied()
    }

    /// How many attempts went out of which `earlier` does not know.
    #[must_use]
    pub(crate) fn since(&self, earlier: &Self) -> usize {
        let new = |id: &&String| !earlier.out.contains_key(*id);
        self.out.keys().filter(new).count()
    }

    /// How many attempts went out after `instant`.
    #[must_use]
    pub(crate) fn after(&self, instant: Timestamp) -> usize {
        self.out.values().filter(|at| **at > instant).count()
    }
}

/// The traffic that `events`, all of one sink, tell.
pub(super) fn of<'a>(events: impl Iterator<Item = &'a Event>) -> SendHistory {
    let mut attempts: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in events {
        if let Some(attempt) = event.kind.attempt() {
            attempts.entry(&attempt.id).or_default().push(event);
        }
    }
    let mut send_history = SendHistory::default();
    for (id, events) in &mut attempts {
        events.sort_by(|a, b| super::order::in_time(a, b));
        let there = match of_attempt(events) {
            Some((
                _,
                DeliveryState::Sent { .. }
                | DeliveryState::Unknown { .. }
                | DeliveryState::Retracted { .. },
            )) => true,
            Some(_) | None => false,
        };
        if there && let Some(at) = left(events) {
            send_history.out.insert((*id).to_owned(), at);
        }
    }
    send_history.throttled = attempts
        .values()
        .flatten()
        .filter_map(|event| match &event.kind {
            EventKind::Failed {
                until: Some(until),
                message,
                ..
            } => Some((event.at, *until, message.clone())),
            _ => None,
        })
        .filter(|(at, ..)| send_history.last().is_none_or(|last| last <= *at))
        .max()
        .map(|(_, until, message)| (until, message));
    send_history
}

/// When the last creating request of an attempt left, or was answered: a settlement comes later, at a
/// person's leisure, and so may a change or a retraction.
fn left(events: &[&Event]) -> Option<Timestamp> {
    let last = |is: fn(&EventKind) -> bool| {
        let of = events.iter().filter(|event| is(&event.kind));
        of.map(|event| event.at).max()
    };
    last(|kind| matches!(kind, EventKind::Sent { .. }))
        .or_else(|| {
            last(|kind| {
                matches!(
                    kind,
                    EventKind::Intent { .. } | EventKind::Probed { .. } | EventKind::Unknown { .. }
                )
            })
        })
        .or_else(|| decisive(events).map(|event| event.at))
}

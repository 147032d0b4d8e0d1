//! The posts sent to one sink, for the policy's `spacing` and `max_per_run` and for the platform's rate
//! limits. Depends on the set of events alone, like every state.

use std::collections::BTreeMap;

use jiff::Timestamp;
use syndicate_api::Receipt;

use super::delivery_state::{DeliveryState, decisive, of_attempt};
use super::{Event, EventKind, Settlement};

/// The posts that were or may have been sent to one sink.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SendHistory {
    /// The time of each attempt that created or may have created a post, by attempt id.
    pub out: BTreeMap<String, Timestamp>,
    /// The time before which the platform accepts no further post, with its message. `None` once a later
    /// request succeeded.
    pub throttled: Option<(Timestamp, String)>,
}

impl SendHistory {
    /// Returns the time of the last attempt that sent or may have sent a post.
    #[must_use]
    pub(crate) fn last(&self) -> Option<Timestamp> {
        self.out.values().max().copied()
    }

    /// Returns the number of attempts that are not in `earlier`.
    #[must_use]
    pub(crate) fn since(&self, earlier: &Self) -> usize {
        let new = |id: &&String| !earlier.out.contains_key(*id);
        self.out.keys().filter(new).count()
    }

    /// Returns the number of attempts after `instant`.
    #[must_use]
    pub(crate) fn after(&self, instant: Timestamp) -> usize {
        self.out.values().filter(|at| **at > instant).count()
    }
}

/// Builds the history from `events`, all of one sink.
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

/// Returns when the post of a settlement was published, if the platform returned the time. Posts that were adopted today do not
/// use up today's limits.
fn published(event: &Event) -> Timestamp {
    match &event.kind {
        EventKind::Settled {
            settlement:
                Settlement::Sent {
                    remote: Some(Receipt { at: Some(at), .. }),
                },
            ..
        } => event.at.min(*at),
        _ => event.at,
    }
}

/// Returns when the last creating request of an attempt was sent or answered. Settlements, updates and
/// retractions do not count, because they can happen at any later time.
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
        .or_else(|| decisive(events).map(published))
}

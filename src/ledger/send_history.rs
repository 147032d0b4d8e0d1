//! The posts sent to one sink, for the `max_per_run` of one run. Depends on the set of events alone, like every state.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;
use syndicate_api::Receipt;

use super::delivery_state::decisive;
use super::order::in_time;
use super::{Attempt, Event, EventKind, Settlement};

/// The posts that were or may have been sent to one sink.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SendHistory {
    /// The attempts that created or may have created a post, each with its time.
    pub out: Vec<(Arc<Attempt>, Timestamp)>,
}

impl SendHistory {
    /// Returns the number of attempts that are not in `earlier`.
    #[must_use]
    pub(crate) fn since(&self, earlier: &Self) -> usize {
        let known: HashSet<&str> = earlier
            .out
            .iter()
            .map(|(known, _)| known.id.as_str())
            .collect();
        let new = |(attempt, _): &&(Arc<Attempt>, Timestamp)| !known.contains(attempt.id.as_str());
        self.out.iter().filter(new).count()
    }
}

/// Builds the history of `sink` from the events of each attempt.
pub(super) fn of<'a>(
    attempts: impl Iterator<Item = impl Iterator<Item = &'a Event>>,
    sink: &str,
) -> SendHistory {
    let mut send_history = SendHistory::default();
    let mut events: Vec<&Event> = Vec::new();
    for attempt in attempts {
        events.clear();
        events.extend(attempt.filter(|event| event.sink() == Some(sink)));
        events.sort_by(|a, b| in_time(a, b));
        if let (Some(at), Some(first)) = (sent_at(&events), events.first())
            && let Some(attempt) = first.kind.attempt()
        {
            send_history.out.push((Arc::clone(attempt), at));
        }
    }
    send_history
}

/// Returns when an attempt with these events, given in time order, sent or may have sent a post.
pub(super) fn sent_at(events: &[&Event]) -> Option<Timestamp> {
    is_out(events).then(|| left(events)).flatten()
}

/// Returns `true` if the post of an attempt with these events, given in time order, exists, may exist or
/// existed.
fn is_out(events: &[&Event]) -> bool {
    match decisive(events).map(|event| &event.kind) {
        None
        | Some(
            EventKind::Failed { .. }
            | EventKind::Settled {
                settlement: Settlement::NotSent,
                ..
            },
        ) => false,
        Some(_) => true,
    }
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

//! The posts sent to one sink, for the `max_per_run` of one run. Depends on the set of events alone, like every state.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;
use packed_events::{Kind, PackedEvents};
use sha2::{Digest as _, Sha256};
use syndicate_api::Receipt;
use uuid::Uuid;

use super::delivery_state::decisive;
use super::event_table::EventTable;
use super::order::in_time;
use super::{Event, EventKind, Settlement};

/// The posts that were or may have been sent to one sink.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SendHistory {
    /// The attempts that created or may have created a post, each with its time.
    pub out: Vec<(AttemptKey, Timestamp)>,
}

/// Stands for the id of an attempt: a UUID's value, or a hash of another id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct AttemptKey(u128);

impl AttemptKey {
    fn of(id: &str) -> Self {
        let of_other = || {
            let hash = Sha256::digest(id.as_bytes());
            u128::from_le_bytes(hash.first_chunk().copied().unwrap_or_default())
        };
        Self(Uuid::try_parse(id).map_or_else(|_| of_other(), |uuid| uuid.as_u128()))
    }
}

impl SendHistory {
    /// Returns the number of attempts that are not in `earlier`.
    #[must_use]
    pub(crate) fn since(&self, earlier: &Self) -> usize {
        let known: HashSet<AttemptKey> = earlier.out.iter().map(|(known, _)| *known).collect();
        let new = |(attempt, _): &&(AttemptKey, Timestamp)| !known.contains(attempt);
        self.out.iter().filter(new).count()
    }
}

/// Builds the history of `sink`.
pub(super) fn of(events: &EventTable, sink: &str) -> SendHistory {
    let mut send_history = SendHistory::default();
    let packed = events.packed();
    let Some(number) = packed.texts().find(sink) else {
        return send_history;
    };
    let mut places: Vec<u32> = Vec::new();
    for attempt in packed.attempts() {
        places.clear();
        places.extend(attempt.filter(|place| packed.subject(*place).sink == Some(number)));
        if let Some(attempt) = places.first().and_then(|place| packed.attempt(*place))
            && let Some(at) = simply_left(packed, &places).or_else(|| read_sent_at(events, &places))
        {
            let id = packed.attempt_parts(attempt).id;
            send_history.out.push((AttemptKey::of(&id), at));
        }
    }
    send_history
}

fn read_sent_at(events: &EventTable, places: &[u32]) -> Option<Timestamp> {
    let read = places.iter().map(|place| events.read(*place as usize));
    let read: Vec<Arc<Event>> = read.collect();
    let mut read: Vec<&Event> = read.iter().map(Arc::as_ref).collect();
    read.sort_by(|a, b| in_time(a, b));
    sent_at(&read)
}

/// Returns when the last creating request of an attempt with these events was sent or answered, if their kinds alone
/// show that its post exists or may exist.
pub(super) fn simply_left(packed: &PackedEvents, places: &[u32]) -> Option<Timestamp> {
    let mut sent = None;
    let mut other = None;
    for place in places {
        let last = match packed.kind(*place) {
            Kind::Sent => &mut sent,
            Kind::Intent | Kind::Probed | Kind::Unknown => &mut other,
            _ => return None,
        };
        *last = (*last).max(Some(packed.at(*place)));
    }
    // The time of a line in another form may be more exact.
    if places.iter().any(|place| packed.is_line(*place)) {
        return None;
    }
    Timestamp::from_millisecond(sent.or(other)?).ok()
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

//! The one order of events: by time, and those of the same instant as they must have happened.

use std::cmp::Ordering;

use super::wire::line;
use super::{Event, EventKind};

/// The one order of events. Those of the same instant stand as they must have happened.
pub(super) fn in_time(a: &Event, b: &Event) -> Ordering {
    (a.at, rank(&a.kind), &a.id)
        .cmp(&(b.at, rank(&b.kind), &b.id))
        .then_with(|| line(a).cmp(&line(b)))
}

fn rank(kind: &EventKind) -> u8 {
    match kind {
        EventKind::Created { .. } => 0,
        EventKind::Known { .. } | EventKind::Closed { .. } => 1,
        EventKind::Adopted { .. } | EventKind::Approved { .. } => 1,
        EventKind::Intent { .. } => 2,
        EventKind::Sent { .. } | EventKind::Failed { .. } | EventKind::Unknown { .. } => 3,
        EventKind::Probed { .. } => 4,
        EventKind::Settled { .. } => 5,
        EventKind::Updated { .. } => 6,
        EventKind::Retracted { .. } => 7,
        // Once the events are grouped whose keys it names.
        EventKind::Moved { .. } => 8,
        EventKind::Other(_) => 9,
    }
}

//! The total order of events: by time, and at the same instant by causality.

use std::cmp::Ordering;

use super::wire::line;
use super::{Event, EventKind};

/// Compares two events by time. Events at the same instant are in the order in which they must have
/// happened.
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
        EventKind::FollowedUp { .. } | EventKind::Updated { .. } => 6,
        EventKind::Retracted { .. } => 7,
        // After the events whose keys it names, which must be grouped first.
        EventKind::Moved { .. } => 8,
        EventKind::Other(_) => 9,
    }
}

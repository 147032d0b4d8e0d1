//! The one order of events: by time, and those of the same instant as they must have happened.

use std::cmp::Ordering;

use super::wire::line;
use super::{Event, Kind};

/// The one order of events. Those of the same instant stand as they must have happened.
pub(super) fn in_time(a: &Event, b: &Event) -> Ordering {
    (a.at, rank(&a.kind), &a.id)
        .cmp(&(b.at, rank(&b.kind), &b.id))
        .then_with(|| line(a).cmp(&line(b)))
}

fn rank(kind: &Kind) -> u8 {
    match kind {
        Kind::Created { .. } => 0,
        Kind::Known { .. } | Kind::Closed { .. } => 1,
        Kind::Adopted { .. } | Kind::Approved { .. } => 1,
        Kind::Intent { .. } => 2,
        Kind::Sent { .. } | Kind::Failed { .. } | Kind::Unknown { .. } => 3,
        Kind::Probed { .. } => 4,
        Kind::Settled { .. } => 5,
        Kind::Updated { .. } => 6,
        Kind::Retracted { .. } => 7,
        // Once the events are grouped whose keys it names.
        Kind::Moved { .. } => 8,
        Kind::Other(_) => 9,
    }
}

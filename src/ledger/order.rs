//! The total order of events: by time, and at the same instant by causality.

use std::cmp::Ordering;

use packed_events::Kind;

use super::Event;
use super::wire::line;

/// Compares two events by time. Events at the same instant are in the order in which they must have
/// happened.
pub(super) fn in_time(a: &Event, b: &Event) -> Ordering {
    let rank = |event: &Event| rank_of(event.kind.number());
    (a.at, rank(a), &a.id)
        .cmp(&(b.at, rank(b), &b.id))
        .then_with(|| line(a).cmp(&line(b)))
}

/// Returns the place of a kind among the events of one instant.
pub(super) fn rank_of(kind: Kind) -> u8 {
    match kind {
        Kind::Created => 0,
        Kind::Known | Kind::Closed | Kind::Adopted | Kind::Approved => 1,
        Kind::Intent => 2,
        Kind::Sent | Kind::Failed | Kind::Unknown => 3,
        Kind::Probed => 4,
        Kind::Settled => 5,
        Kind::FollowedUp | Kind::Updated => 6,
        Kind::Retracted => 7,
        // After the events whose keys it names, which must be grouped first.
        Kind::Moved => 8,
        Kind::Other => 9,
    }
}

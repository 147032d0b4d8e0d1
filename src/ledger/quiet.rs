//! Recognizes items without an open delivery, so that the states of most items need not be computed.

use packed_events::{Kind, index};

use super::EventKind;
use super::event_table::EventTable;

/// Returns `true` if no delivery with the events at `places`, all of one item, has an open attempt or step, or several
/// posts. `false` means that the states of the deliveries must be computed to know.
pub(super) fn is_quiet(events: &EventTable, places: impl Iterator<Item = usize>) -> bool {
    let packed = events.packed();
    let sink = |place| packed.subject(place).sink;
    let mut only: Option<(u32, u32)> = None;
    let mut is_sent = false;
    for place in places {
        let number = index(place);
        let Some(attempt) = packed.attempt(number) else {
            continue;
        };
        let is_same = |(other, at): (u32, u32)| {
            other == attempt || packed.is_same_attempt(other, attempt) && sink(at) == sink(number)
        };
        if only.is_some_and(|only| !is_same(only)) {
            return false;
        }
        only = Some((attempt, number));
        if packed.kind(number) == Kind::Sent {
            if has_follow_ups(events, place) {
                return false;
            }
            is_sent = true;
        }
    }
    // A post that was sent is out or retracted, regardless of the other events of its attempt.
    only.is_none() || is_sent
}

fn has_follow_ups(events: &EventTable, place: usize) -> bool {
    if events.packed().is_short(index(place)) {
        return false;
    }
    match &events.read(place).kind {
        EventKind::Sent { follow_ups, .. } => !follow_ups.is_empty(),
        _ => false,
    }
}

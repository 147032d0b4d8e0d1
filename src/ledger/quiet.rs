//! Recognizes items without an open delivery, so that the states of most items need not be computed.

use super::{Attempt, Event, EventKind};

/// Returns `true` if no delivery with `events`, all of one item, has an open attempt or step, or several
/// posts. `false` means that the states of the deliveries must be computed to know.
pub(super) fn is_quiet<'a>(events: impl Iterator<Item = &'a Event>) -> bool {
    let mut only: Option<&Attempt> = None;
    let mut is_sent = false;
    for event in events {
        let Some(attempt) = event.kind.attempt() else {
            continue;
        };
        let is_same = |other: &Attempt| other.id == attempt.id && other.sink == attempt.sink;
        if only.is_some_and(|only| !is_same(only)) {
            return false;
        }
        only = Some(attempt);
        if let EventKind::Sent { follow_ups, .. } = &event.kind {
            if !follow_ups.is_empty() {
                return false;
            }
            is_sent = true;
        }
    }
    // A post that was sent is out or retracted, regardless of the other events of its attempt.
    only.is_none() || is_sent
}

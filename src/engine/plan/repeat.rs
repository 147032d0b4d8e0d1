//! Plans the repetition of a request without an answer that a platform takes a second time without
//! harm, as it knows the key. It is planned like any other delivery and cannot lead to a second post.

use jiff::Timestamp;
use syndicate_api::{Code, Repeat};

use super::entry::PlanEntry;
use crate::engine::SinkStage;
use crate::ledger::{Attempt, DeliveryState, LiveRuns};

/// The attempt without an answer that may simply be made again, as the platform knows our key.
pub(super) fn keyed<'s>(
    state: &'s DeliveryState,
    stage: &SinkStage,
    live: &LiveRuns,
    now: Timestamp,
) -> Option<&'s Attempt> {
    match state {
        DeliveryState::Unknown { attempt, claim, .. } if stage.sink.repeat() == Repeat::Keyed => {
            let claimed = claim
                .as_ref()
                .and_then(|claim| live.claimed_until(claim, now));
            claimed.is_none().then_some(attempt)
        }
        _ => None,
    }
}

/// `entry`, which makes `attempt` once more. Only the very same payload has the same key.
pub(super) fn repeated(mut entry: PlanEntry, attempt: &Attempt) -> PlanEntry {
    let same = entry
        .composed
        .as_ref()
        .is_some_and(|composed| composed.hash == attempt.hash);
    if same {
        entry.earlier = Some(attempt.clone());
        entry.with(
            Code::New,
            "tried before without an answer; made again under the same key",
        )
    } else {
        let reason = "tried before without an answer, and it has changed since";
        entry.with(Code::OutcomeUnknown, reason)
    }
}

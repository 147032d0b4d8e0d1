//! Plans the repetition of a request that got no answer, if its idempotency key makes the repetition safe.
//! It is planned like any other delivery and cannot lead to a second post.

use jiff::Timestamp;
use syndicate_api::{Code, Repeat};

use super::entry::PlanEntry;
use crate::engine::SinkStage;
use crate::ledger::{Attempt, DeliveryState, LiveRuns};

/// Returns the unanswered attempt that may be repeated, because the platform has its idempotency key.
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

/// Makes `entry` a repetition of `attempt`. The key is only valid for an identical payload.
pub(super) fn repeated(mut entry: PlanEntry, attempt: &Attempt) -> PlanEntry {
    let same = entry
        .composed
        .as_ref()
        .is_some_and(|composed| composed.hash == attempt.hash);
    if same {
        entry.earlier = Some(attempt.clone());
        entry.with(
            Code::New,
            "attempted before without an answer; repeated with the same key",
        )
    } else {
        let reason = "attempted before without an answer, and changed since";
        entry.with(Code::OutcomeUnknown, reason)
    }
}

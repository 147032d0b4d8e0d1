//! Finds sent posts that need further requests.

use syndicate_api::Receipt;

use super::open_attempts;
use crate::ledger::{Attempt, DeliveryState, LedgerState};

/// Returns `true` if a run may have requests to resolve or to repeat, besides those of its plan.
pub(super) fn has_open_requests(ledger_state: &LedgerState) -> bool {
    !open_attempts(ledger_state, None, None).is_empty() || !open_follow_ups(ledger_state).is_empty()
}

/// A sent post with steps that have not succeeded.
pub(super) struct OpenFollowUps {
    pub(super) attempt: Attempt,
    pub(super) receipt: Receipt,
    pub(super) steps: Vec<String>,
}

/// Returns the sent posts with steps that have not succeeded.
pub(super) fn open_follow_ups(ledger_state: &LedgerState) -> Vec<OpenFollowUps> {
    let histories = ledger_state.histories();
    let deliveries = histories.into_iter().flat_map(|history| history.deliveries);
    let open = deliveries.filter_map(|delivery| match delivery.state {
        DeliveryState::Sent {
            attempt,
            receipt: Some(receipt),
            follow_ups: steps,
            ..
        } if !steps.is_empty() => Some(OpenFollowUps {
            attempt,
            receipt,
            steps,
        }),
        _ => None,
    });
    open.collect()
}

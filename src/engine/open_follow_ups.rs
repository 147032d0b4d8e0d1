//! Finds posts with steps that are still to be sent, and gives such steps up.

use std::sync::Arc;

use syndicate_api::{Context, Receipt};

use super::open_attempts;
use crate::ledger::{
    Attempt, DeliveryState, Event, EventKind, GroupId, Ids, LedgerError, LedgerSession, LedgerState,
};

/// A sent post with steps that have not succeeded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OpenFollowUps {
    /// The attempt that created the post.
    pub attempt: Arc<Attempt>,
    /// The receipt, from which the steps are filled.
    pub receipt: Receipt,
    /// The names of the steps.
    pub steps: Vec<String>,
}

/// Returns the posts with steps that have not succeeded: those with these event groups, or all without groups. `sink`
/// selects those of one sink.
#[must_use]
pub(crate) fn open_follow_ups(
    ledger_state: &LedgerState,
    groups: Option<&[GroupId]>,
    sink: Option<&str>,
) -> Vec<OpenFollowUps> {
    let mut histories = ledger_state.unsettled_histories();
    histories.retain(|history| groups.is_none_or(|groups| groups.contains(&history.group)));
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
    open.filter(|open| sink.is_none_or(|sink| sink == open.attempt.sink))
        .collect()
}

/// Returns `true` if a run may have requests to resolve or to repeat, besides those of its plan.
pub(super) fn has_open_requests(ledger_state: &LedgerState) -> bool {
    !open_attempts(ledger_state, None, None).is_empty()
        || !open_follow_ups(ledger_state, None, None).is_empty()
}

/// Records that the steps of `open` are not sent again.
///
/// # Errors
/// If the ledger cannot be written.
pub(crate) async fn skip_follow_ups(
    session: &mut dyn LedgerSession,
    open: &OpenFollowUps,
    cx: &Context,
    ids: &dyn Ids,
) -> Result<(), LedgerError> {
    for step in &open.steps {
        let kind = EventKind::FollowedUp {
            attempt: open.attempt.clone(),
            step: step.clone(),
            skipped: true,
        };
        session.append(Event::new(ids, cx.now(), kind)).await?;
    }
    Ok(())
}

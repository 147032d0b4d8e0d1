//! Finds attempts with an unknown outcome and records the outcome that the user found.

use std::sync::Arc;

use jiff::Timestamp;
use syndicate_api::{Context, Receipt};

use crate::ledger::{
    Attempt, Claim, DeliveryState, Event, EventKind, GroupId, Ids, LedgerError, LedgerSession,
    LedgerState, Settlement,
};

/// An attempt whose outcome is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OpenAttempt {
    /// The attempt.
    pub attempt: Arc<Attempt>,
    /// The last error, for display.
    pub message: String,
    /// The claim of the run that sent the last request, if no answer is recorded.
    pub claim: Option<Claim>,
    /// `true` if the platform refused the request as a duplicate of an existing post.
    pub is_duplicate: bool,
    /// Number of the attempt's events, to notice later ones.
    events: usize,
}

/// Returns the option of `settle` that records a post as sent, for a sink whose platform does or does not return
/// identifiers.
#[must_use]
pub(crate) const fn sent_option(omits_id: bool) -> &'static str {
    match omits_id {
        true => "--sent",
        false => "--sent ID",
    }
}

/// The reason why the outcome of an attempt could not be settled.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettleError {
    /// The answer may be out of date. Nothing was recorded.
    #[error("another machine has recorded something about this attempt meanwhile")]
    Changed,
    /// The answer was recorded together with something of another machine.
    #[error(
        "the answer is recorded, but another machine has recorded something about this attempt too"
    )]
    Contested,
    /// The post is recorded for another item. Nothing was recorded.
    #[error("`{id}` is on record as the post of `{other}`")]
    OfOther {
        /// The platform's id of the post.
        id: String,
        /// The other item.
        other: String,
    },
    /// The ledger could not be read or written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl OpenAttempt {
    /// Returns the time until which another run may still send this attempt.
    #[must_use]
    pub(crate) fn claimed_until(
        &self,
        ledger_state: &LedgerState,
        now: Timestamp,
    ) -> Option<Timestamp> {
        let claim = self.claim.as_ref()?;
        ledger_state.live().claimed_until(claim, now)
    }
}

/// Returns the open attempts of the posts with these event groups, or all open attempts without
/// groups. `sink` selects those of one sink.
#[must_use]
pub(crate) fn open_attempts(
    ledger_state: &LedgerState,
    groups: Option<&[GroupId]>,
    sink: Option<&str>,
) -> Vec<OpenAttempt> {
    let mut open = Vec::new();
    for history in ledger_state.unsettled_histories() {
        if groups.is_some_and(|groups| !groups.contains(&history.group)) {
            continue;
        }
        for delivery in history.deliveries {
            let of_state = match delivery.state {
                DeliveryState::Unknown {
                    attempt,
                    message,
                    claim,
                    ..
                } => OpenAttempt {
                    events: ledger_state.attempt(&attempt.id).len(),
                    attempt,
                    message,
                    claim,
                    is_duplicate: false,
                },
                DeliveryState::Duplicate {
                    attempt, message, ..
                } => OpenAttempt {
                    events: ledger_state.attempt(&attempt.id).len(),
                    attempt,
                    message,
                    claim: None,
                    is_duplicate: true,
                },
                _ => continue,
            };
            if sink.is_none_or(|sink| sink == of_state.attempt.sink) {
                open.push(of_state);
            }
        }
    }
    open
}

/// Returns the reason why `existing`, a post on the platform, is not the post of `attempt`: it is on record as the post of
/// another item, or as retracted.
pub(super) fn recorded_otherwise(
    existing: &Receipt,
    attempt: &Attempt,
    ledger_state: &LedgerState,
) -> Option<String> {
    let id = existing.id.as_deref()?;
    let groups = ledger_state.groups_of(&attempt.keys);
    if let Some(other) = ledger_state.other_item_of(existing, &attempt.sink, &groups) {
        return Some(format!("`{id}` is on record as the post of `{other}`"));
    }
    let at = ledger_state.retracted(&attempt.keys, &attempt.sink, id)?;
    Some(format!(
        "`{id}` was retracted on {}",
        at.strftime("%Y-%m-%d")
    ))
}

/// Records the outcome of an unknown attempt, unless another machine has recorded something about it since
/// it was looked up: it may be repeating the request.
///
/// # Errors
/// [`SettleError`].
pub(crate) async fn settle(
    session: &mut dyn LedgerSession,
    open: &OpenAttempt,
    sent: Option<Receipt>,
    cx: &Context,
    ids: &dyn Ids,
) -> Result<(), SettleError> {
    session.refresh().await?;
    let events = |session: &dyn LedgerSession| {
        let ledger_state = session.ledger_state();
        ledger_state.attempt(&open.attempt.id).len()
    };
    if events(session) != open.events {
        return Err(SettleError::Changed);
    }
    if let Some(receipt) = &sent {
        let (ledger_state, attempt) = (session.ledger_state(), &open.attempt);
        let groups = ledger_state.groups_of(&attempt.keys);
        if let Some(other) = ledger_state.other_item_of(receipt, &attempt.sink, &groups) {
            let id = receipt.label().to_owned();
            return Err(SettleError::OfOther { id, other });
        }
    }
    let settlement = match sent {
        Some(receipt) => Settlement::Sent {
            remote: Some(receipt),
        },
        None => Settlement::NotSent,
    };
    let attempt = open.attempt.clone();
    let kind = EventKind::Settled {
        attempt,
        settlement,
    };
    session.append(Event::new(ids, cx.now(), kind)).await?;
    match events(session) == open.events + 1 {
        true => Ok(()),
        false => Err(SettleError::Contested),
    }
}

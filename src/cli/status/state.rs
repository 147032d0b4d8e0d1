//! Describes the state of a delivery.

use jiff::Timestamp;
use syndicate_api::Code;

use crate::ledger::{DeliveryState, LiveRuns};

/// The runs that may still be sending.
pub(super) struct RunStatus {
    pub(super) live: LiveRuns,
    pub(super) now: Timestamp,
}

impl RunStatus {
    /// Returns the time until which another run may be sending a delivery in this state.
    pub(super) fn claimed_until(&self, state: &DeliveryState) -> Option<Timestamp> {
        self.live.state_claimed_until(state, self.now)
    }
}

/// Returns the name, the time and the details of a state.
pub(super) fn describe(state: &DeliveryState) -> (&'static str, Option<Timestamp>, Option<String>) {
    match state {
        DeliveryState::New => ("new", None, None),
        DeliveryState::Adopted { at } => ("known", Some(*at), None),
        DeliveryState::Sent {
            at,
            receipt,
            updated,
            follow_ups,
            ..
        } => {
            let link = receipt
                .as_ref()
                .and_then(|receipt| receipt.url.clone().or_else(|| receipt.id.clone()));
            let updated = updated.map(|at| format!("updated on {}", at.strftime("%Y-%m-%d %H:%M")));
            let steps = (!follow_ups.is_empty())
                .then(|| format!("step `{}` is still to be sent", follow_ups.join("`, `")));
            let detail: Vec<String> = link.into_iter().chain(updated).chain(steps).collect();
            (
                "sent",
                Some(*at),
                Some(detail.join("; ")).filter(|it| !it.is_empty()),
            )
        }
        DeliveryState::Unknown { at, message, .. } => ("unknown", Some(*at), Some(message.clone())),
        DeliveryState::Duplicate {
            at,
            existing,
            message,
            ..
        } => {
            // Repeated here because the platform's message may not contain the identifier.
            let existing = existing.as_ref().and_then(|existing| existing.id.as_ref());
            let detail = match existing.filter(|id| !message.contains(id.as_str())) {
                Some(id) => format!("{message}; it is `{id}`"),
                None => message.clone(),
            };
            ("duplicate", Some(*at), Some(detail))
        }
        DeliveryState::Failed {
            at, code, message, ..
        } => {
            // Nothing is wrong with the post: it is sent once the platform accepts it again.
            let word = match code == Code::Throttled.as_str() {
                true => "throttled",
                false => "failed",
            };
            (word, Some(*at), Some(format!("[{code}] {message}")))
        }
        DeliveryState::Retracted { at, .. } => ("retracted", Some(*at), None),
    }
}

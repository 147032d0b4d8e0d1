//! The state of a delivery, in words.

use jiff::Timestamp;

use crate::ledger::{Live, State};

/// Which runs may still be sending.
pub(super) struct Runs {
    pub(super) live: Live,
    pub(super) now: Timestamp,
}

impl Runs {
    /// Returns until when another run may send a delivery of this state.
    pub(super) fn claimed_until(&self, state: &State) -> Option<Timestamp> {
        self.live.state_claimed_until(state, self.now)
    }
}

/// Returns a state's name, its time and the detail that explains it.
pub(super) fn describe(state: &State) -> (&'static str, Option<Timestamp>, Option<String>) {
    match state {
        State::New => ("new", None, None),
        State::Adopted { at } => ("known", Some(*at), None),
        State::Sent {
            at,
            receipt,
            updated,
            ..
        } => {
            let link = receipt
                .as_ref()
                .map(|receipt| receipt.url.clone().unwrap_or(receipt.id.clone()));
            let updated =
                updated.map(|at| format!("changed there on {}", at.strftime("%Y-%m-%d %H:%M")));
            let detail: Vec<String> = link.into_iter().chain(updated).collect();
            (
                "sent",
                Some(*at),
                Some(detail.join("; ")).filter(|it| !it.is_empty()),
            )
        }
        State::Unknown { at, message, .. } => ("unknown", Some(*at), Some(message.clone())),
        State::Duplicate {
            at,
            existing,
            message,
            ..
        } => {
            // The message names it too, unless the platform worded it otherwise.
            let existing = existing.as_ref().map(|existing| &existing.id);
            let detail = match existing.filter(|id| !message.contains(id.as_str())) {
                Some(id) => format!("{message}; it is `{id}`"),
                None => message.clone(),
            };
            ("duplicate", Some(*at), Some(detail))
        }
        State::Failed {
            at, code, message, ..
        } => ("failed", Some(*at), Some(format!("[{code}] {message}"))),
        State::Retracted { at, .. } => ("retracted", Some(*at), None),
    }
}

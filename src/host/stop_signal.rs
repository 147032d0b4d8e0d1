//! The wish of the user to end the run, which ends the wait for a plugin.

use std::sync::{Arc, OnceLock};

use tokio_util::sync::CancellationToken;

/// The signal that ends the run, if it is listened to.
#[derive(Clone, Debug, Default)]
pub(super) struct StopSignal(Arc<OnceLock<CancellationToken>>);

impl StopSignal {
    /// Sets the token that the signal cancels. Only the first one counts.
    pub(super) fn listen(&self, token: &CancellationToken) {
        self.0.get_or_init(|| token.clone());
    }

    /// Returns `true` if the run is to end.
    pub(super) fn is_given(&self) -> bool {
        self.0.get().is_some_and(CancellationToken::is_cancelled)
    }
}

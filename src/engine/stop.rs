//! How a run is asked to end: between two deliveries, never within one. What it waits for is given up.

use std::sync::Arc;

use tokio::sync::watch;

/// Asks a run to end. Clones ask the same run.
#[derive(Clone, Debug)]
pub struct Stop(Arc<watch::Sender<bool>>);

impl Default for Stop {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Stop {
    /// Asks for the end.
    pub fn request(&self) {
        self.0.send_replace(true);
    }

    /// Whether that was asked for.
    #[must_use]
    pub fn is_requested(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until it is.
    pub async fn requested(&self) {
        let mut heard = self.0.subscribe();
        // The sender is `self` and so outlives this.
        heard.wait_for(|requested| *requested).await.ok();
    }
}

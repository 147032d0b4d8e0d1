//! The signals that end a run: SIGINT (Ctrl-C) and SIGTERM. The first one lets the delivery under way
//! finish, the second one ends the program at once.

use std::future::Future;

use super::Failure;
use tokio_util::sync::CancellationToken;

/// A listener for signals. Once there is one, no signal kills the process by itself.
#[derive(Clone, Debug)]
pub(super) struct Signals {
    first: CancellationToken,
    second: CancellationToken,
}

impl Signals {
    /// Begins to listen; the first signal requests `stop`.
    pub(super) fn listen(stop: CancellationToken) -> Result<Self, Failure> {
        let signals = Self {
            first: stop,
            second: CancellationToken::new(),
        };
        signals.spawn()?;
        Ok(signals)
    }

    #[cfg(unix)]
    fn spawn(&self) -> Result<(), Failure> {
        use tokio::signal::unix::{SignalKind, signal};
        for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
            let mut received = signal(kind).map_err(anyhow::Error::new)?;
            let signals = self.clone();
            tokio::spawn(async move {
                while received.recv().await.is_some() {
                    signals.receive();
                }
            });
        }
        Ok(())
    }

    #[cfg(windows)]
    fn spawn(&self) -> Result<(), Failure> {
        let mut received = tokio::signal::windows::ctrl_c().map_err(anyhow::Error::new)?;
        let signals = self.clone();
        tokio::spawn(async move {
            while received.recv().await.is_some() {
                signals.receive();
            }
        });
        Ok(())
    }

    fn receive(&self) {
        if self.first.is_cancelled() {
            self.second.cancel();
        }
        self.first.cancel();
    }

    /// Returns the request to stop that the first signal makes.
    pub(super) fn stop(&self) -> &CancellationToken {
        &self.first
    }

    /// Runs `work` to its end, unless a second signal comes first.
    ///
    /// # Errors
    /// [`Failure::Interrupted`] after a second signal; a delivery under way is left as it is then,
    /// and the next run finds its intent.
    pub(super) async fn unless_repeated<T>(
        &self,
        work: impl Future<Output = T>,
    ) -> Result<T, Failure> {
        tokio::select! {
            biased;
            done = work => Ok(done),
            () = self.second.cancelled() => Err(Failure::Interrupted),
        }
    }
}

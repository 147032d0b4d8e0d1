//! The signals that end a run: SIGINT (Ctrl-C) and SIGTERM. The first one lets the delivery under way
//! finish, the second one ends the program at once.

use std::future::Future;

use tokio_util::sync::CancellationToken;

/// A second signal ended the run at once, maybe within a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interrupted;

/// A listener for signals. Once there is one, no signal kills the process by itself.
#[derive(Clone, Debug)]
pub(crate) struct Signals {
    first: CancellationToken,
    second: CancellationToken,
}

impl Signals {
    /// Begins to listen.
    pub(crate) fn listen() -> anyhow::Result<Self> {
        let signals = Self {
            first: CancellationToken::new(),
            second: CancellationToken::new(),
        };
        signals.spawn()?;
        Ok(signals)
    }

    #[cfg(unix)]
    fn spawn(&self) -> anyhow::Result<()> {
        use tokio::signal::unix::{SignalKind, signal};
        for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
            let mut received = signal(kind)?;
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
    fn spawn(&self) -> anyhow::Result<()> {
        let mut received = tokio::signal::windows::ctrl_c()?;
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

    /// Returns the token that the first signal cancels.
    pub(crate) fn stop(&self) -> &CancellationToken {
        &self.first
    }

    /// Runs `work` to its end, unless a second signal comes first.
    ///
    /// # Errors
    /// [`Interrupted`] after a second signal; a delivery under way is left as it is then, and the next
    /// run finds its intent.
    pub(crate) async fn unless_repeated<T>(
        &self,
        work: impl Future<Output = T>,
    ) -> Result<T, Interrupted> {
        tokio::select! {
            biased;
            done = work => Ok(done),
            () = self.second.cancelled() => Err(Interrupted),
        }
    }
}

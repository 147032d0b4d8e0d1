//! Handles SIGINT (Ctrl-C) and SIGTERM. The first signal lets the current delivery finish; the
//! second one ends the program at once.

use std::future::Future;

use tokio_util::sync::CancellationToken;

/// A second signal ended the run at once, possibly during a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interrupted;

/// A signal handler. While it exists, signals no longer kill the process.
#[derive(Clone, Debug)]
pub(crate) struct Signals {
    first: CancellationToken,
    second: CancellationToken,
}

impl Signals {
    /// Installs the handler.
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

    /// Runs `work` to completion unless a second signal arrives.
    ///
    /// # Errors
    /// Returns [`Interrupted`] after a second signal. A delivery in progress then keeps its intent
    /// in the ledger, and the next run reports it as an unknown outcome.
    pub(crate) async fn run_until_repeated<T>(
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

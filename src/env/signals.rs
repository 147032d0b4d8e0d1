//! Handles SIGINT (Ctrl-C) and SIGTERM. The first signal lets the current delivery finish; the
//! second one ends the program at once.

use std::future::Future;
use std::thread;

use tokio::runtime::Builder;
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

    /// Receives signals on a thread of its own, because the thread of the run can be busy for seconds.
    fn spawn(&self) -> anyhow::Result<()> {
        let runtime = Builder::new_current_thread().enable_io().build()?;
        let received = {
            let _entered = runtime.enter();
            Received::listen()?
        };
        let signals = self.clone();
        let thread = thread::Builder::new().name("signals".to_owned());
        thread.spawn(move || runtime.block_on(signals.receive_all(received)))?;
        Ok(())
    }

    async fn receive_all(self, mut received: Received) {
        while received.next().await.is_some() {
            self.receive();
        }
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

/// The signals of this process.
#[cfg(unix)]
struct Received {
    interrupts: tokio::signal::unix::Signal,
    terminations: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Received {
    fn listen() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupts: signal(SignalKind::interrupt())?,
            terminations: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) -> Option<()> {
        tokio::select! {
            received = self.interrupts.recv() => received,
            received = self.terminations.recv() => received,
        }
    }
}

/// The signals of this process.
#[cfg(windows)]
struct Received(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Received {
    fn listen() -> std::io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn next(&mut self) -> Option<()> {
        self.0.recv().await
    }
}

//! What a person or the system asks a watching program for: to stop, by Ctrl-C or SIGTERM, or, by
//! Enter, to hold back what counts down.

use std::io::{BufRead as _, IsTerminal as _};
use std::sync::Arc;

use tokio::sync::{Notify, mpsc};

use crate::cli::Failure;
use crate::engine::Stop;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// The end.
    Stop,
    /// That what counts down is not sent.
    HoldBack,
}

/// Hears what is asked for.
pub(super) struct Signals {
    asked: mpsc::Receiver<Asked>,
}

/// Whoever asks for the end, and insists.
struct Ending {
    stop: Stop,
    ask: mpsc::Sender<Asked>,
    insist: Arc<Notify>,
}

impl Ending {
    /// The first time it is asked for the end once a delivery is through, then for the end at once.
    async fn hear(&self) {
        if self.stop.is_requested() {
            self.insist.notify_one();
        }
        // At once, as nobody takes what was asked while a delivery is under way.
        self.stop.request();
        // Nobody listens any more once the program ends.
        self.ask.send(Asked::Stop).await.ok();
    }
}

impl Signals {
    /// Begins to listen; the end is asked for by `stop`, and whoever insists on it by the second value.
    pub(super) fn listen(stop: &Stop) -> Result<(Self, Arc<Notify>), Failure> {
        let (ask, asked) = mpsc::channel(4);
        let insist = Arc::new(Notify::new());
        let ending = Arc::new(Ending {
            stop: stop.clone(),
            ask: ask.clone(),
            insist: Arc::clone(&insist),
        });
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let mut terminate = signal(SignalKind::terminate())
                .map_err(|error| Failure::Other(anyhow::Error::new(error)))?;
            let ending = Arc::clone(&ending);
            tokio::spawn(async move {
                while terminate.recv().await.is_some() {
                    ending.hear().await;
                }
            });
        }
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                ending.hear().await;
            }
        });
        // Reading a terminal blocks, so it has a thread of its own; it ends with the program.
        if std::io::stdin().is_terminal() {
            std::thread::spawn(move || {
                for _ in std::io::stdin().lock().lines().map_while(Result::ok) {
                    if ask.blocking_send(Asked::HoldBack).is_err() {
                        return;
                    }
                }
            });
        }
        Ok((Self { asked }, insist))
    }

    /// Waits until something is asked for. Dropping the future loses nothing.
    pub(super) async fn next(&mut self) -> Asked {
        match self.asked.recv().await {
            Some(asked) => asked,
            // There is nobody left who could ask.
            None => std::future::pending().await,
        }
    }
}

//! What a person or the system asks a watching program for: to stop, by Ctrl-C or SIGTERM, or, by
//! Enter, to hold back what counts down.

use std::io::{BufRead as _, IsTerminal as _};

use tokio::sync::mpsc;

use crate::cli::Failure;

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

impl Signals {
    /// Begins to listen.
    pub(super) fn listen() -> Result<Self, Failure> {
        let (ask, asked) = mpsc::channel(4);
        let stop = ask.clone();
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let mut terminate = signal(SignalKind::terminate())
                .map_err(|error| Failure::Other(anyhow::Error::new(error)))?;
            let stop = stop.clone();
            tokio::spawn(async move {
                while terminate.recv().await.is_some() {
                    // Nobody listens any more once the program ends.
                    stop.send(Asked::Stop).await.ok();
                }
            });
        }
        tokio::spawn(async move {
            while tokio::signal::ctrl_c().await.is_ok() {
                stop.send(Asked::Stop).await.ok();
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
        Ok(Self { asked })
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

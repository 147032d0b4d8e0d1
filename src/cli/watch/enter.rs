//! The Enter key on a terminal, which holds back the deliveries that count down.

use std::io::{BufRead as _, IsTerminal as _};

use tokio::sync::mpsc;

/// A listener for the Enter key.
pub(super) struct Enter {
    pressed: mpsc::Receiver<()>,
}

impl Enter {
    /// Begins to listen, if standard input is a terminal.
    pub(super) fn listen() -> Self {
        let (press, pressed) = mpsc::channel(4);
        // Reading a terminal blocks, so it has a thread of its own; it ends with the program.
        if std::io::stdin().is_terminal() {
            std::thread::spawn(move || {
                for _ in std::io::stdin().lock().lines().map_while(Result::ok) {
                    if press.blocking_send(()).is_err() {
                        return;
                    }
                }
            });
        }
        Self { pressed }
    }

    /// Waits until the key is pressed. Dropping the future loses nothing.
    pub(super) async fn next(&mut self) {
        if self.pressed.recv().await.is_none() {
            // Nothing can be pressed any more.
            std::future::pending().await
        }
    }
}

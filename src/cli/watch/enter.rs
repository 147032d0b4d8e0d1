//! Reads the Enter key, which holds back the deliveries that count down.

use std::io::{BufRead as _, IsTerminal as _};

use tokio::sync::mpsc;

/// Returns a channel that receives a message each time the Enter key is pressed.
pub(super) fn enter_key() -> mpsc::Receiver<()> {
    let (press, pressed) = mpsc::channel(4);
    // Reading a terminal blocks, so a separate thread does it; the thread ends with the program.
    if std::io::stdin().is_terminal() {
        std::thread::spawn(move || {
            for _ in std::io::stdin().lock().lines().map_while(Result::ok) {
                if press.blocking_send(()).is_err() {
                    return;
                }
            }
        });
    }
    pressed
}

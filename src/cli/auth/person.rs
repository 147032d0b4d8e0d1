//! The person at the terminal: what they type without being shown it, and what they paste. Lines are
//! read by a thread of its own, as nobody can take back a read that has begun, and the program must
//! not wait for Enter at its end.

use std::io::{BufRead as _, IsTerminal as _};

use tokio::sync::mpsc;

/// Whether somebody can be asked.
pub(super) fn is_there() -> bool {
    std::io::stdin().is_terminal()
}

/// What is typed, unseen.
pub(super) fn unseen(question: &str) -> std::io::Result<String> {
    rpassword::prompt_password(question)
}

/// The first line of standard input, without its end.
pub(super) fn first_line() -> std::io::Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

/// The lines of standard input that say something, from now on.
pub(super) fn lines() -> mpsc::UnboundedReceiver<String> {
    let (send, lines) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            if !line.trim().is_empty() && send.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

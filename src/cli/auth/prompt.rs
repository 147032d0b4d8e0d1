//! Reads from the terminal: passwords and pasted lines. A separate thread reads lines, because a
//! blocking read cannot be cancelled and the program must not wait for Enter before it exits.

use std::io::{BufRead as _, IsTerminal as _};

use tokio::sync::mpsc;

use crate::cli::output::eprint_status;

/// Returns `true` if standard input is a terminal.
pub(super) fn is_interactive() -> bool {
    std::io::stdin().is_terminal()
}

/// Prints `question` on standard error and returns the typed line.
pub(super) fn prompt_line(question: &str) -> std::io::Result<String> {
    eprint_status(question).map_err(std::io::Error::other)?;
    first_line()
}

/// Prints `question` and returns the typed line without echoing it.
pub(super) fn prompt_password(question: &str) -> std::io::Result<String> {
    rpassword::prompt_password(question)
}

/// Returns the first line of standard input, without its line break.
pub(super) fn first_line() -> std::io::Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

/// Returns a channel of the lines of standard input that are not blank.
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

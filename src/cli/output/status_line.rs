//! The status line of the terminal: the last one, below all other output. Log lines come from any
//! thread, so the line in use is known here.

use std::sync::{Mutex, PoisonError};

use indicatif::ProgressBar;

use super::print::eprint_status;

static STATUS_LINE: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Keeps log lines above `line` from now on; `None` once the terminal has none.
pub(in crate::cli) fn set_status_line(line: Option<ProgressBar>) {
    *STATUS_LINE.lock().unwrap_or_else(PoisonError::into_inner) = line;
}

/// Writes one line of the log on standard error. An error is ignored: there is nowhere to report it.
pub(in crate::cli) fn eprint_log(line: &str) {
    let write = || drop(eprint_status(line.trim_end_matches('\n')));
    let status_line = STATUS_LINE.lock().unwrap_or_else(PoisonError::into_inner);
    match &*status_line {
        Some(status_line) => status_line.suspend(write),
        None => write(),
    }
}

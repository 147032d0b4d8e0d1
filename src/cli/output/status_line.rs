//! The status line: the last line of the terminal, below all other output. It is kept in a static,
//! because any thread may write log lines.

use std::sync::{Mutex, PoisonError};

use indicatif::ProgressBar;

use super::print::eprint_status;

static STATUS_LINE: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Sets the status line that log lines are printed above; `None` if there is none.
pub(in crate::cli) fn set_status_line(line: Option<ProgressBar>) {
    *STATUS_LINE.lock().unwrap_or_else(PoisonError::into_inner) = line;
}

/// Writes one log line to standard error. Errors are ignored, because nothing can report
/// them.
pub(in crate::cli) fn eprint_log(line: &str) {
    let write = || drop(eprint_status(line.trim_end_matches('\n')));
    let status_line = STATUS_LINE.lock().unwrap_or_else(PoisonError::into_inner);
    match &*status_line {
        Some(status_line) => status_line.suspend(write),
        None => write(),
    }
}

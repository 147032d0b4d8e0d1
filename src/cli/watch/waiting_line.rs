//! Draws the status line of `watch`, which stays below all other output.

use indicatif::ProgressBar;

use crate::cli::output::{
    eprint_lines, is_status_terminal, print_lines, set_status_line, terminal_line,
};

/// The status line; empty if standard error is not a terminal.
pub(super) struct WaitingLine(Option<ProgressBar>);

impl WaitingLine {
    /// Creates a status line if `is_wanted` is set and standard error is a terminal.
    pub(super) fn new(is_wanted: bool) -> Self {
        let has_line = is_wanted && is_status_terminal();
        let line = has_line.then(ProgressBar::new_spinner);
        set_status_line(line.clone());
        Self(line)
    }

    /// Shows `text`. Returns `false` without a status line.
    pub(super) fn show(&self, text: impl FnOnce() -> String) -> bool {
        let Some(line) = &self.0 else {
            return false;
        };
        line.set_message(terminal_line(&text()));
        line.tick();
        true
    }

    /// Removes the status line.
    pub(super) fn clear(&mut self) {
        if let Some(line) = self.0.take() {
            set_status_line(None);
            line.finish_and_clear();
        }
    }

    /// Prints a result above the status line.
    pub(super) fn print_lines(&self, text: &str) -> anyhow::Result<()> {
        match &self.0 {
            Some(line) => line.suspend(|| print_lines(text)),
            None => print_lines(text),
        }
    }

    /// Prints a remark above the status line.
    pub(super) fn eprint_lines(&self, text: &str) -> anyhow::Result<()> {
        match &self.0 {
            Some(line) => line.suspend(|| eprint_lines(text)),
            None => eprint_lines(text),
        }
    }
}

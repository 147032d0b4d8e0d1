//! The one place that writes to the terminal: data on standard output, talk on standard error,
//! colours only where somebody sees them. A reader that went away (`| head`) is no error.

use std::io::Write;

use super::failure::Failure;

/// Data.
pub(super) fn data(text: &str) -> Result<(), Failure> {
    written(writeln!(anstream::stdout(), "{text}"))
}

/// Talk: remarks, progress, warnings.
pub(super) fn talk(text: &str) -> Result<(), Failure> {
    written(writeln!(anstream::stderr(), "{text}"))
}

fn written(result: std::io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Other(
            anyhow::Error::new(error).context("cannot write"),
        )),
        _ => Ok(()),
    }
}

/// How many columns the terminal has.
pub(super) fn width() -> usize {
    terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0))
}

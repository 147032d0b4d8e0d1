//! The one place that writes to the terminal: data on standard output, talk on standard error,
//! colours only where somebody sees them. A reader that went away (`| head`) is no error.

use std::io::Write;

use super::failure::Failure;
use crate::preview::{ascii, is_ascii};

/// Data.
pub(super) fn data(text: &str) -> Result<(), Failure> {
    written(writeln!(anstream::stdout(), "{text}"))
}

/// A drawing: as it is, or without the signs that a plain terminal lacks.
pub(super) fn drawing(text: &str) -> Result<(), Failure> {
    let variable = |name: &str| std::env::var(name).ok();
    if is_ascii(variable) {
        data(&ascii(text))
    } else {
        data(text)
    }
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

/// How many columns the terminal has; `COLUMNS` says so where there is none, or where it is wrong.
pub(super) fn width() -> usize {
    let said = std::env::var("COLUMNS").ok();
    let said = said.and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    said.or_else(seen).unwrap_or(80)
}

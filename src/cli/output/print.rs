//! The one place that writes to the terminal: results on standard output, status on standard error,
//! colours only on a terminal. A reader that went away (`| head`) is not an error.

use std::io::Write;

use anyhow::Context as _;
use serde_json::Value;

use crate::preview::{ascii, is_ascii};

/// Prints a result.
pub(crate) fn print_result(text: &str) -> anyhow::Result<()> {
    check_written(writeln!(anstream::stdout(), "{text}"))
}

/// Prints a result for programs.
pub(crate) fn print_json(value: &Value) -> anyhow::Result<()> {
    print_result(&value.to_string())
}

/// Prints a card: as it is, or without the characters that a plain terminal lacks.
pub(crate) fn print_card(text: &str) -> anyhow::Result<()> {
    let variable = |name: &str| std::env::var(name).ok();
    if is_ascii(variable) {
        print_result(&ascii(text))
    } else {
        print_result(text)
    }
}

/// Prints remarks, progress and warnings on standard error.
pub(crate) fn eprint_status(text: &str) -> anyhow::Result<()> {
    check_written(writeln!(anstream::stderr(), "{text}"))
}

fn check_written(result: std::io::Result<()>) -> anyhow::Result<()> {
    match result {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(error).context("cannot write")
        }
        _ => Ok(()),
    }
}

/// Returns how many columns the terminal has. `COLUMNS` decides if there is no terminal, or if the
/// terminal is wrong.
pub(crate) fn terminal_width() -> usize {
    let set = std::env::var("COLUMNS").ok();
    let set = set.and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    set.or_else(seen).unwrap_or(80)
}

/// Returns a count with its noun, such as `1 post` and `2 posts`.
pub(crate) fn plural(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        count => format!("{count} {noun}s"),
    }
}

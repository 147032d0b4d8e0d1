//! The one place that writes to the terminal: results on standard output, status on standard error,
//! colours only on a terminal. A reader that went away (`| head`) is not an error.
//!
//! All text is from outside in part, so nothing in it that a terminal or a CI service would act on is
//! written, and no secret that is known. [`print_result`] and [`eprint_status`] write one line and escape line breaks as well. A text
//! of several lines is made of values that went through [`escape_value`](crate::terminal::escape_value), and is
//! written by [`print_lines`], [`print_card`] or [`eprint_lines`].

use std::io::{IsTerminal as _, Write as _};

use anyhow::Context as _;
use serde_json::Value;
use syndicate_api::mask;

use super::json::to_json_line;
use crate::preview::{is_ascii_terminal, to_ascii};
use crate::terminal::{escape_lines, paint};

/// Prints a result on one line.
pub(crate) fn print_result(text: &str) -> anyhow::Result<()> {
    print_lines(&one_line(text))
}

/// Prints a result of several lines, in which values are on one line each.
pub(crate) fn print_lines(text: &str) -> anyhow::Result<()> {
    write_result(&for_terminal(text))
}

/// Prints a result for programs, on one line.
pub(crate) fn print_json(value: &Value) -> anyhow::Result<()> {
    write_result(&to_json_line(value))
}

/// Prints a card: as it is, or without the characters that a plain terminal lacks.
pub(crate) fn print_card(text: &str) -> anyhow::Result<()> {
    let variable = |name: &str| std::env::var(name).ok();
    if is_ascii_terminal(variable) {
        print_lines(&to_ascii(text))
    } else {
        print_lines(text)
    }
}

/// Prints a remark, progress or a warning on standard error, on one line.
pub(crate) fn eprint_status(text: &str) -> anyhow::Result<()> {
    eprint_lines(&one_line(text))
}

/// Prints a remark of several lines on standard error, in which values are on one line each.
pub(crate) fn eprint_lines(text: &str) -> anyhow::Result<()> {
    write_status(&for_terminal(text))
}

/// Prints a warning and its remedy on standard error.
pub(crate) fn eprint_warning(message: &str, hint: &str) -> anyhow::Result<()> {
    eprint_status(&format!("warning: {message}"))?;
    eprint_status(&format!("hint: {hint}"))
}

/// Returns `text` on one line, as a terminal may have it. For lines that are not printed but drawn.
pub(crate) fn terminal_line(text: &str) -> String {
    for_terminal(&one_line(text))
}

fn for_terminal(text: &str) -> String {
    paint(&escape_lines(&mask(text)))
}

fn one_line(text: &str) -> String {
    text.replace('\n', "\\n")
}

#[expect(clippy::disallowed_methods, reason = "it is the writer of results")]
fn write_result(text: &str) -> anyhow::Result<()> {
    check_written(writeln!(anstream::stdout(), "{text}"))
}

#[expect(clippy::disallowed_methods, reason = "it is the writer of status")]
fn write_status(text: &str) -> anyhow::Result<()> {
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

/// Returns whether standard error is a terminal.
#[expect(clippy::disallowed_methods, reason = "nothing is written to it")]
pub(crate) fn is_status_terminal() -> bool {
    std::io::stderr().is_terminal()
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

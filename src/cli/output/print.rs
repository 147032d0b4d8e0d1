//! Writes to the terminal: results to standard output, status to standard error, colours only to a
//! terminal. No other module writes to either. A closed pipe (`| head`) is not an error. Another failure, such as a full
//! disk, does not end the command, which may have sent posts: [`output_error`] returns it at the end.
//!
//! All text is partly untrusted. Characters that a terminal or a CI service would interpret are
//! escaped, and known secrets are masked. [`print_result`] and [`eprint_status`] write one line and
//! escape line breaks too. A text of several lines consists of values that were passed through
//! [`escape_value`](crate::terminal::escape_value), and is written by [`print_lines`],
//! [`print_card`] or [`eprint_lines`].

use std::io::{Error, ErrorKind, IsTerminal as _, Write as _};
use std::sync::OnceLock;

use serde::Serialize;
use syndicate_api::mask;

use super::json::{safe_json_line, to_json_line};
use crate::preview::{is_ascii_terminal, to_ascii};
use crate::terminal::{escape_lines, is_plain, paint};

/// The least number of bytes that are written at once if there are many lines.
const WRITTEN_BYTES: usize = 32 * 1024;

/// The first failure to write a result.
static OUTPUT_ERROR: OnceLock<Error> = OnceLock::new();

/// Returns why a part of the results is missing on standard output.
pub(crate) fn output_error() -> Option<&'static Error> {
    OUTPUT_ERROR.get()
}

/// Prints a result on one line.
pub(crate) fn print_result(text: &str) -> anyhow::Result<()> {
    print_lines(&one_line(text))
}

/// Prints a result of several lines, whose values must be escaped already.
pub(crate) fn print_lines(text: &str) -> anyhow::Result<()> {
    let masked = mask(text);
    if is_plain(&masked) {
        write_plain(masked.into_owned());
    } else {
        write_result(&for_terminal(text));
    }
    Ok(())
}

/// Prints a command for the runner of a CI service. Its values must be escaped already.
pub(crate) fn print_workflow_command(command: &str) -> anyhow::Result<()> {
    write_result(&mask(command));
    Ok(())
}

/// Prints a JSON value on one line.
pub(crate) fn print_json(value: &impl Serialize) -> anyhow::Result<()> {
    write_plain(to_json_line(value)?);
    Ok(())
}

/// Prints the texts of JSON values, one on a line.
pub(crate) fn print_json_lines(texts: impl IntoIterator<Item = String>) -> anyhow::Result<()> {
    let mut lines = String::new();
    for text in texts {
        if lines.len() > WRITTEN_BYTES {
            write_plain(std::mem::take(&mut lines));
        }
        if !lines.is_empty() {
            lines.push('\n');
        }
        lines.push_str(&safe_json_line(text)?);
    }
    if !lines.is_empty() {
        write_plain(lines);
    }
    Ok(())
}

/// Prints a card, in ASCII if the terminal does not support box-drawing characters.
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

/// Prints a remark of several lines on standard error, whose values must be escaped already.
pub(crate) fn eprint_lines(text: &str) -> anyhow::Result<()> {
    write_status(&for_terminal(text));
    Ok(())
}

/// Prints a warning and its hint on standard error.
pub(crate) fn eprint_warning(message: &str, hint: &str) -> anyhow::Result<()> {
    eprint_status(&format!("warning: {message}"))?;
    eprint_status(&format!("hint: {hint}"))
}

/// Returns `text` on one line, escaped and masked, for a progress bar.
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
fn write_result(text: &str) {
    remember_failure(writeln!(anstream::stdout(), "{text}"));
}

/// Writes a text without sequences for a terminal at once, so that the terminal's abilities do not matter.
#[expect(clippy::disallowed_methods, reason = "it is the writer of results")]
fn write_plain(mut text: String) {
    text.push('\n');
    remember_failure(std::io::stdout().lock().write_all(text.as_bytes()));
}

fn remember_failure(written: std::io::Result<()>) {
    if let Err(error) = written
        && error.kind() != ErrorKind::BrokenPipe
    {
        drop(OUTPUT_ERROR.set(error));
    }
}

/// Writes a remark. A failure is ignored: no stream is left to report it on.
#[expect(clippy::disallowed_methods, reason = "it is the writer of status")]
fn write_status(text: &str) {
    drop(writeln!(anstream::stderr(), "{text}"));
}

/// Returns `true` if standard error is a terminal.
#[expect(clippy::disallowed_methods, reason = "nothing is written to it")]
pub(crate) fn is_status_terminal() -> bool {
    std::io::stderr().is_terminal()
}

/// Returns the width of the terminal in columns. `COLUMNS` overrides the detected width; the
/// default is 80.
pub(crate) fn terminal_width() -> usize {
    let set = std::env::var("COLUMNS").ok();
    let set = set.and_then(|columns| columns.parse().ok());
    let detected = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    set.or_else(detected).unwrap_or(80)
}

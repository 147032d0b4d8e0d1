//! Detects front matter whose lines end with a carriage return alone, as on old Macs.
//!
//! The generators disagree about such a file: most of them see one long line and publish the front matter as text.
//! It is reported as invalid, because its `draft: true` would have no effect.

use memchr::memchr_iter;
use syndicate_api::{Diagnostic, FileSpan};

use super::fence::FrontMatterFormat;
use super::split::{FrontMatterSyntax, Split, split};
use crate::value::invalid;

/// Splits the text of a file that has no byte order mark.
///
/// # Errors
/// Returns the diagnostics of [`split`], and one if the text has other front matter once each carriage return ends a
/// line.
pub(super) fn split_strictly(
    text: &str,
    syntax: FrontMatterSyntax,
) -> Result<Split<'_>, Diagnostic> {
    let found = split(text, syntax);
    if !has_lone_return(text) {
        return found;
    }
    let converted = with_line_feeds(text);
    match (&found, split(&converted, syntax)) {
        (Err(_), Err(_)) => found,
        (Ok(read), Ok(wanted)) if is_same(read, &wanted) => found,
        (Err(_), Ok(wanted)) if wanted.format.is_none() => found,
        _ => Err(
            invalid("the lines of the front matter end with a carriage return alone")
                .at(FileSpan::of_line(1))
                .with_hint("save the file with the line ends LF or CRLF"),
        ),
    }
}

/// Returns `true` if a text and its conversion have the same front matter.
fn is_same(read: &Split<'_>, converted: &Split<'_>) -> bool {
    // The lines of a header are separated by line feeds alone, those of the other formats by both.
    let is_readable =
        read.format != Some(FrontMatterFormat::Header) || !has_lone_return(read.source);
    is_readable && read.format == converted.format && read.source.len() == converted.source.len()
}

/// Returns `true` if a carriage return in `text` is not part of the line end CRLF.
fn has_lone_return(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut returns = memchr_iter(b'\r', bytes);
    returns.any(|at| bytes.get(at + 1) != Some(&b'\n'))
}

/// Returns `text` with a line feed instead of each carriage return that is not part of CRLF. The length is the same.
fn with_line_feeds(text: &str) -> String {
    let parts: Vec<String> = text
        .split("\r\n")
        .map(|part| part.replace('\r', "\n"))
        .collect();
    parts.join("\r\n")
}

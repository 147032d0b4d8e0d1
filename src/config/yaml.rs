//! Parses the text of pipeline.yaml, and explains YAML errors with position and remedy.

use serde_saphyr::UserMessageFormatter;
use syndicate_api::{Code, Diagnostic, FileSpan, mask_likely_secrets};

use super::fault::invalid;
use super::tree::{ConfigNode, span_of};

/// Hints for errors whose message contains these words; the first match counts.
const HINTS: [(&str, &str); 17] = [
    ("tab", "indent with spaces"),
    ("unclosed quote", "close the quotation mark, or remove it"),
    (
        "multiline quoted scalar",
        "close the quotation mark in the line above",
    ),
    ("unclosed bracket", "close the bracket"),
    (
        "flow mapping",
        "separate the entries with commas, close the brace, and quote values with `: ` in them",
    ),
    (
        "flow sequence",
        "separate the values with commas, and close the bracket",
    ),
    ("duplicate mapping key", "remove one of them"),
    (
        "simple key expected",
        "write `key: value`, with a space after the colon",
    ),
    (
        "mapping values are not allowed",
        "quote a value with `: ` in it, or check the indentation",
    ),
    ("unexpected character", "put the value in quotation marks"),
    (
        "unknown value",
        "put a value that starts with `*` in quotation marks",
    ),
    (
        "recursive reference",
        "an anchor cannot be used within its own value",
    ),
    ("block mapping", "indent all keys of a mapping equally"),
    ("block collection", "indent all keys of a mapping equally"),
    (
        "block sequence",
        "indent all values of a list equally, each after `- `",
    ),
    ("multiple found", "remove the `---` between the documents"),
    ("string scalar", "write a key as text"),
];

/// Parses `text`.
///
/// # Errors
/// The first YAML error.
pub(super) fn parse(text: &str) -> Result<ConfigNode, Diagnostic> {
    serde_saphyr::from_str(text).map_err(|error| {
        let message = error
            .without_snippet()
            .render_with_formatter(&UserMessageFormatter);
        // The excerpt already shows the position.
        let message = message
            .rsplit_once(" at line ")
            .map_or(&*message, |(message, _)| message);
        let message = quoted(message);
        let span = error.location().map(|location| span_of(&location));
        let lower = message.to_lowercase();
        let span = match lower.contains("tab") {
            true => tab_after(text, span).or(span),
            false => span,
        };
        let hint = HINTS.iter().find(|(words, _)| lower.contains(words));
        let message = mask_likely_secrets(&message);
        let fault = match span {
            Some(span) => invalid(span, message),
            None => Diagnostic::new(Code::InvalidConfig, message),
        };
        fault.with_optional_hint(hint.map(|(_, hint)| (*hint).to_owned()))
    })
}

/// Puts backticks around quoted parts of `message`. The parser writes `'x'`, or a backtick and `'`.
fn quoted(message: &str) -> String {
    let marks = message.matches(['`', '\'']).count();
    match marks % 2 {
        0 => message.replace('\'', "`"),
        _ => message.to_owned(),
    }
}

/// Returns the position of the first tab in an indentation after `span`, the position that the parser
/// reports: it is the value before the tab.
fn tab_after(text: &str, span: Option<FileSpan>) -> Option<FileSpan> {
    let first = span.map_or(1, |span| span.line);
    let lines = text.lines().enumerate().skip(first.saturating_sub(1));
    let mut tabs = lines.filter_map(|(index, line)| {
        let blank = line.len() - line.trim_start().len();
        let tab = line[..blank].find('\t')?;
        Some(FileSpan::at(index + 1, tab + 1))
    });
    tabs.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> (usize, String) {
        let fault = parse(text).unwrap_err();
        (fault.line().unwrap_or(0), fault.hint.unwrap_or_default())
    }

    #[test]
    fn tab_is_found_in_its_line() {
        for (text, line) in [
            ("sources:\n\tblog: {}\n", 2),
            ("sources:\n  blog:\n    type: site\n\tpath: .\n", 4),
            ("sources:\n  blog:\n  \ttype: site\n", 3),
            ("a: 1\n\n\nsinks:\n\tx: 1\n", 5),
            ("sources:\n  blog: {type: site,\n\tpath: .}\n", 3),
        ] {
            assert_eq!(
                fault(text),
                (line, "indent with spaces".to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn hint_fits_fault() {
        for (text, part) in [
            ("a: \"x\nb: 1\n", "quotation mark"),
            ("a: [x\n", "close the bracket"),
            ("a: {b: c: d}\n", "quote values"),
            ("a: 1\na: 2\n", "remove one"),
            ("a: 1\nb\n", "space after the colon"),
            ("a: b: c\n", "quote a value with `: `"),
            ("a: @b\n", "in quotation marks"),
            ("a: `b`\n", "in quotation marks"),
            ("a: *b\n", "starts with `*`"),
            ("a: 1\n---\nb: 2\n", "`---`"),
            ("? [a]\n: b\n", "key as text"),
        ] {
            let (line, hint) = fault(text);
            assert!(hint.contains(part) && line > 0, "{text}: {line}, {hint}");
        }
    }
}

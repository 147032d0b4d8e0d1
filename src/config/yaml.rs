//! Parses the text of pipeline.yaml, and explains YAML errors with position and remedy.

use serde_saphyr::{Error, UserMessageFormatter};
use syndicate_api::{Code, Diagnostic, FileSpan, mask_likely_secrets, yaml_hint};

use super::fault::{invalid, known};
use super::tree::{ConfigNode, span_of};

/// Parses `text`.
///
/// # Errors
/// The first YAML error.
pub(super) fn parse(text: &str) -> Result<ConfigNode, Diagnostic> {
    serde_saphyr::from_str(text).map_err(|error| {
        let error = error.without_snippet();
        if is_too_large(error) {
            let span = error.location().map(|location| span_of(&location));
            let fault = Diagnostic::new(Code::InvalidConfig, "too many values or aliases");
            return fault
                .at(span.and_then(known))
                .with_hint("write values out instead of using aliases");
        }
        let message = error.render_with_formatter(&UserMessageFormatter);
        // The excerpt already shows the position.
        let message = message
            .rsplit_once(" at line ")
            .map_or(&*message, |(message, _)| message);
        let message = quoted(message);
        let span = error.location().map(|location| span_of(&location));
        let span = match message.to_lowercase().contains("tab") {
            true => tab_after(text, span).or(span),
            false => span,
        };
        let hint = yaml_hint(&message);
        let message = mask_likely_secrets(&message);
        let fault = match span {
            Some(span) => invalid(span, message),
            None => Diagnostic::new(Code::InvalidConfig, message),
        };
        fault.with_hint(hint)
    })
}

/// Returns `true` if the parser stopped because of its limits, as for an alias bomb. Its message is the debug output of
/// the limit.
fn is_too_large(error: &Error) -> bool {
    match error {
        Error::AliasError { error, .. } => is_too_large(error),
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => true,
        _ => false,
    }
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
    fn alias_bomb_is_explained() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..9 {
            let alias = format!("*a{}, ", level - 1).repeat(10);
            bomb.push_str(&format!("a{level}: &a{level} [{alias}]\n"));
        }
        let fault = parse(&bomb).unwrap_err();
        assert_eq!(fault.message, "too many values or aliases");
        assert!(fault.line().is_some() && fault.hint.is_some(), "{fault:?}");
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
            ("a: &\n", "near this line"),
        ] {
            let (line, hint) = fault(text);
            assert!(hint.contains(part) && line > 0, "{text}: {line}, {hint}");
        }
    }
}

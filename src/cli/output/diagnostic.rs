//! Formats diagnostics: `error:`, then `caused by:` and `hint:`. If the location in a file is
//! known, the line is shown below the error, like in a compiler's output, without values that may
//! be secrets.

use std::path::Path;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde_json::{Value, json};
use syndicate_api::{CodeKind, Diagnostic, FileSpan};

use crate::config::excerpt;
use crate::terminal::{Style, escape_value};

const ERROR: Style = Style::Error;

/// Formats diagnostics, each on one or more lines. Their file names are relative to `base`.
#[must_use]
pub(crate) fn format_diagnostics(diagnostics: &[Diagnostic], base: &Path) -> String {
    let texts = diagnostics.iter().map(|one| format_diagnostic(one, base));
    texts.collect::<Vec<_>>().join("\n\n")
}

/// Returns the diagnostics as JSON: `{"v":1,"error":…,"code":…,"hint":…,"diagnostics":[…]}`.
/// `error` is the text of all of them; `code` and `hint` are those of the first.
#[must_use]
pub(crate) fn diagnostics_json(diagnostics: &[Diagnostic]) -> Value {
    let errors = diagnostics.iter().map(|diagnostic| {
        let causes = diagnostic.causes().map(|cause| format!(": {cause}"));
        diagnostic.to_string() + &causes.collect::<String>()
    });
    let first = diagnostics.first();
    json!({
        "v": 1,
        "error": errors.collect::<Vec<_>>().join("\n"),
        "code": first.map(|first| first.code),
        "hint": first.and_then(|first| first.hint.as_deref()),
        "diagnostics": diagnostics,
    })
}

/// Formats one diagnostic. Reads its file, relative to `base`, to show the line; parsers therefore
/// need not keep the text.
#[must_use]
pub(crate) fn format_diagnostic(diagnostic: &Diagnostic, base: &Path) -> String {
    if let (Some(path), Some(span)) = (diagnostic.path.as_deref(), diagnostic.span())
        && let Ok(text) = std::fs::read_to_string(base.join(path))
    {
        return draw(diagnostic, path, span, &text);
    }
    list(diagnostic)
}

fn draw(diagnostic: &Diagnostic, path: &str, span: FileSpan, text: &str) -> String {
    let title = title(diagnostic, &diagnostic.message);
    let line = excerpt(path, text, span.line);
    let shown = FileSpan { line: 1, ..span };
    let snippet = Snippet::source(line.as_str())
        .line_start(span.line)
        .path(escape_value(path))
        .annotation(AnnotationKind::Primary.span(shown.byte_range(&line)));
    let mut group = Level::ERROR.primary_title(title.as_str()).element(snippet);
    for cause in diagnostic.causes() {
        group = group.element(
            Level::NOTE
                .with_name("caused by")
                .message(escape_value(cause)),
        );
    }
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.with_name("hint").message(escape_value(hint)));
    }
    Renderer::plain().render(&[group])
}

fn list(diagnostic: &Diagnostic) -> String {
    let title = title(diagnostic, &diagnostic.to_string());
    let mut lines = format!("{ERROR}error:{ERROR:#} {title}");
    for cause in diagnostic.causes() {
        lines.push_str(&format!("\ncaused by: {}", escape_value(cause)));
    }
    if let Some(hint) = &diagnostic.hint {
        lines.push_str(&format!("\nhint: {}", escape_value(hint)));
    }
    lines
}

/// Appends the code if the documentation explains it. Other codes add nothing to the message.
fn title(diagnostic: &Diagnostic, message: &str) -> String {
    let message = escape_value(message);
    match diagnostic.code.kind() {
        CodeKind::Error => message.into_owned(),
        _ => format!("{message} [{}]", diagnostic.code),
    }
}

#[cfg(test)]
mod tests {
    use syndicate_api::Code;

    use super::*;

    fn mistake() -> Diagnostic {
        Diagnostic::new(Code::InvalidFrontMatter, "invalid date `soon`")
            .in_file("a.md")
            .at(FileSpan::at(2, 7).with_length(4))
            .with_hint("write it as `2026-11-22`")
    }

    #[test]
    fn known_line_is_drawn() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.md"), "---\ndate: soon\n---\n").unwrap();
        let drawn = format_diagnostic(&mistake(), folder.path());
        let expected = "\
error: invalid date `soon`
 --> a.md:2:7
  |
2 | date: soon
  |       ^^^^
  |
  = hint: write it as `2026-11-22`";
        assert_eq!(drawn, expected);
    }

    #[test]
    fn unreadable_file_is_named_only() {
        let folder = tempfile::tempdir().unwrap();
        let cause = std::io::Error::other("the disk is gone");
        let text = format_diagnostic(&mistake().caused_by(cause), folder.path());
        let text = crate::terminal::plain(&text);
        let expected = "\
error: a.md:2:7: invalid date `soon`
caused by: the disk is gone
hint: write it as `2026-11-22`";
        assert_eq!(text, expected);
    }

    #[test]
    fn code_follows_unless_general() {
        let ledger = Diagnostic::new(Code::LedgerLocked, "another run holds it");
        let text = format_diagnostic(&ledger, Path::new(""));
        assert!(
            text.contains("another run holds it [ledger_locked]"),
            "{text}"
        );
    }
}

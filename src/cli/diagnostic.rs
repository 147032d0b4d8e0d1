//! The one form in which the program says what is wrong: `error:`, then `caused by:` and `hint:`. Where
//! the place in a file is known, the line itself is drawn below the error, as a compiler draws it.

use std::path::Path;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use anstyle::{AnsiColor, Style};
use syndicate_api::{CodeKind, Diagnostic, FileSpan};

const ERROR: Style = AnsiColor::Red.on_default().bold();

/// Returns the diagnostics as text, each on as many lines as it needs. Their files are looked for from
/// `base`.
#[must_use]
pub(super) fn format_all(diagnostics: &[Diagnostic], base: &Path) -> String {
    let texts = diagnostics.iter().map(|one| format(one, base));
    texts.collect::<Vec<_>>().join("\n\n")
}

/// Returns one diagnostic as text. The file is read again for the drawing: it is enough that it can be
/// read now, and parsers need not carry its text.
#[must_use]
pub(super) fn format(diagnostic: &Diagnostic, base: &Path) -> String {
    if let (Some(path), Some(span)) = (diagnostic.path.as_deref(), diagnostic.span())
        && let Ok(text) = std::fs::read_to_string(base.join(path))
    {
        return draw(diagnostic, path, span, &text);
    }
    list(diagnostic)
}

fn draw(diagnostic: &Diagnostic, path: &str, span: FileSpan, text: &str) -> String {
    let title = title(diagnostic, &diagnostic.message);
    let snippet = Snippet::source(text)
        .path(path)
        .annotation(AnnotationKind::Primary.span(span.byte_range(text)));
    let mut group = Level::ERROR.primary_title(title.as_str()).element(snippet);
    for cause in diagnostic.causes() {
        group = group.element(Level::NOTE.with_name("caused by").message(cause));
    }
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.with_name("hint").message(hint.as_str()));
    }
    Renderer::plain().render(&[group])
}

fn list(diagnostic: &Diagnostic) -> String {
    let title = title(diagnostic, &diagnostic.to_string());
    let mut lines = format!("{ERROR}error:{ERROR:#} {title}");
    for cause in diagnostic.causes() {
        lines.push_str(&format!("\ncaused by: {cause}"));
    }
    if let Some(hint) = &diagnostic.hint {
        lines.push_str(&format!("\nhint: {hint}"));
    }
    lines
}

/// Adds the code for those that the page of codes explains; the others say no more than the message.
fn title(diagnostic: &Diagnostic, message: &str) -> String {
    match diagnostic.code.kind() {
        CodeKind::Error => message.to_owned(),
        _ => format!("{message} [{}]", diagnostic.code),
    }
}

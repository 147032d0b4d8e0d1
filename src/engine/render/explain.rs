//! Explains why an item could not be rendered, in terms of its template and its file. Names of
//! handlebars and of internal helper calls do not appear.

use handlebars::{RenderError, RenderErrorReason};
use syndicate_api::{Code, Diagnostic, FileSpan, Item, Measure};

use super::compile::Template;
use super::fit::TooLong;

/// Builds the diagnostic for a rendering error, at the position in the template.
pub(super) fn not_rendered(template: &Template, item: &Item, error: &RenderError) -> Diagnostic {
    let (word, problem) = problem(item.label(), error.reason());
    let tag = error.line_no.zip(error.column_no);
    let span = tag.map(|tag| {
        let span = word.and_then(|word| template.span_of(tag, &word));
        span.unwrap_or(FileSpan::at(tag.0, tag.1))
    });
    problem.in_file(template.name()).at(span)
}

/// Returns the word of the template that caused the error, if known, and the problem in `file`.
fn problem(file: &str, reason: &RenderErrorReason) -> (Option<String>, Diagnostic) {
    match reason {
        RenderErrorReason::MissingVariable(Some(path)) => (
            Some(path.clone()),
            Diagnostic::new(Code::TemplateError, format!("`{file}` has no `{path}`")).with_hint(
                format!("write `{{{{optional {path}}}}}` if the key may be missing"),
            ),
        ),
        // The number of parameters was checked before, so the parameter exists and its value is missing.
        RenderErrorReason::ParamNotFoundForIndex(helper, _) => (
            Some((*helper).to_owned()),
            Diagnostic::new(
                Code::TemplateError,
                format!("`{file}` lacks a value that `{helper}` compares"),
            )
            .with_hint("write `(optional front.key)` for a key that may be missing"),
        ),
        RenderErrorReason::InvalidJsonIndex(key) => (
            Some(key.clone()),
            Diagnostic::new(
                Code::TemplateError,
                format!("`{key}` is not an index of a list in `{file}`"),
            )
            .with_hint("write `front.list.[0]` for an entry of a list"),
        ),
        RenderErrorReason::NestedError(error) => {
            let hint = error
                .downcast_ref()
                .and_then(|problem: &Diagnostic| problem.hint.clone());
            let problem = Diagnostic::new(Code::TemplateError, format!("{error} (in `{file}`)"));
            (None, problem.with_optional_hint(hint))
        }
        other => (
            None,
            Diagnostic::new(Code::TemplateError, format!("{other} (in `{file}`)")),
        ),
    }
}

/// Builds the diagnostic for a text that is too long even after shortening.
pub(super) fn too_long(name: &str, too_long: &TooLong) -> Diagnostic {
    let TooLong { measure, had_parts } = too_long;
    let (even, hint) = if *had_parts {
        (
            " even with every `fit` part at its minimum",
            "lower the `min=` of a `{{fit …}}`, or shorten the text",
        )
    } else {
        ("", "wrap a part in `{{fit …}}`, or shorten the text")
    };
    let (length, limit) = (length(measure), measure.limit);
    let message = format!("the text has a length of {length}{even}; the limit is {limit}");
    Diagnostic::new(Code::TextTooLong, message)
        .in_file(name)
        .with_hint(hint)
}

/// Returns the length with its unit, unless that is the usual one.
fn length(measure: &Measure) -> String {
    match measure.unit.as_ref() {
        "characters" => measure.used.to_string(),
        unit => format!("{} {unit}", measure.used),
    }
}

/// Builds the diagnostic for a commentary that is too long. A commentary of the author is never
/// shortened.
pub(super) fn author_too_long(name: &str, measure: &Measure) -> Diagnostic {
    let (length, limit) = (length(measure), measure.limit);
    let message = format!("the commentary has a length of {length}; the limit is {limit}");
    Diagnostic::new(Code::TextTooLong, message)
        .in_file(name)
        .with_hint("shorten the commentary")
}

/// Builds the diagnostic for a text without visible characters.
pub(super) fn empty(name: &str) -> Diagnostic {
    Diagnostic::new(Code::TextEmpty, "the text is empty").in_file(name)
}

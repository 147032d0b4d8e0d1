//! Why an item has no text, in words of its template and of its file. Whoever reads this sees neither
//! handlebars nor our calls into it.

use handlebars::{RenderError, RenderErrorReason};
use syndicate_api::{Code, Diagnostic, FileSpan, Item};

use super::compile::Template;
use super::fit::TooLong;

/// `item` lacks what the template needs, at the place of the template that needs it.
pub(super) fn not_rendered(template: &Template, item: &Item, error: &RenderError) -> Diagnostic {
    let (word, complaint) = complaint(item.label(), error.reason());
    let tag = error.line_no.zip(error.column_no);
    let span = tag.map(|tag| {
        let span = word.and_then(|word| template.span_of(tag, &word));
        span.unwrap_or(FileSpan::at(tag.0, tag.1))
    });
    complaint.in_file(template.name()).at(span)
}

/// The word of the template that is at fault, where there is one, and what is wrong in `file`.
fn complaint(file: &str, reason: &RenderErrorReason) -> (Option<String>, Diagnostic) {
    match reason {
        RenderErrorReason::MissingVariable(Some(path)) => (
            Some(path.clone()),
            Diagnostic::new(
                Code::TemplateError,
                format!("`{path}` is missing in `{file}`"),
            )
            .with_hint(format!(
                "write `{{{{optional {path}}}}}` where it may be missing"
            )),
        ),
        // The call was checked before, so what is not there is a value and not a parameter.
        RenderErrorReason::ParamNotFoundForIndex(helper, _) => (
            Some((*helper).to_owned()),
            Diagnostic::new(
                Code::TemplateError,
                format!("`{helper}` compares what is missing in `{file}`"),
            )
            .with_hint("write `(optional front.key)` where it may be missing"),
        ),
        RenderErrorReason::InvalidJsonIndex(key) => (
            Some(key.clone()),
            Diagnostic::new(
                Code::TemplateError,
                format!("`{key}` is asked of a list in `{file}`"),
            )
            .with_hint("an entry of a list is written `front.list.[0]`"),
        ),
        RenderErrorReason::NestedError(error) => {
            let hint = error
                .downcast_ref()
                .and_then(|complaint: &Diagnostic| complaint.hint.clone());
            let complaint = Diagnostic::new(Code::TemplateError, format!("{error} in `{file}`"));
            (None, complaint.with_optional_hint(hint))
        }
        other => (
            None,
            Diagnostic::new(Code::TemplateError, format!("{other} in `{file}`")),
        ),
    }
}

/// No way of shortening what may be shortened makes it fit.
pub(super) fn too_long(name: &str, too_long: TooLong, limit: usize) -> Diagnostic {
    let TooLong { length, had_parts } = too_long;
    let (even, hint) = if had_parts {
        (
            " even with every `fit` part at its minimum",
            "lower the `min=` of a `{{fit …}}`, or shorten the text",
        )
    } else {
        ("", "wrap a part in `{{fit …}}`, or shorten the text")
    };
    let message = format!("the text has a length of {length}{even}, and {limit} are allowed");
    Diagnostic::new(Code::TextTooLong, message)
        .in_file(name)
        .with_hint(hint)
}

/// What an author wrote word for word is never shortened.
pub(super) fn author_too_long(name: &str, length: usize, limit: usize) -> Diagnostic {
    let message = format!("the commentary has a length of {length}, and {limit} are allowed");
    Diagnostic::new(Code::TextTooLong, message)
        .in_file(name)
        .with_hint("shorten it")
}

/// There is nothing that a reader would see.
pub(super) fn empty(name: &str) -> Diagnostic {
    Diagnostic::new(Code::TextEmpty, "the text is empty").in_file(name)
}

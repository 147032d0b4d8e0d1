//! Explains syntax errors of a template in terms of its tags instead of the parser's grammar. Also
//! limits nesting, because the parser and the renderer are recursive.

use handlebars::TemplateError;
use syndicate_api::{Code, Diagnostic, FileSpan};

use super::markup::{Tag, TagKind, tags};

/// Maximum nesting of blocks and of parentheses. Low enough to prevent a stack overflow.
const MAX_DEPTH: usize = 32;

/// Checks the nesting and the balance of tags before the template is parsed.
pub(super) fn check_nesting(name: &str, source: &str) -> Result<(), Vec<Diagnostic>> {
    // One entry per block: the parser nests each `else if` of a block inside it.
    let mut levels: Vec<usize> = Vec::new();
    for tag in tags(source) {
        match tag.kind {
            TagKind::Open => levels.push(1),
            TagKind::Else => levels.last_mut().into_iter().for_each(|level| *level += 1),
            TagKind::Close => drop(levels.pop()),
            _ => {}
        }
        if levels.iter().sum::<usize>().max(tag.depth()) > MAX_DEPTH {
            let message = format!("more than {MAX_DEPTH} levels of nesting");
            let fault = Diagnostic::new(Code::TemplateError, message)
                .in_file(name)
                .at(FileSpan::at_offset(source, tag.start))
                .with_hint("reduce the nesting");
            return Err(vec![fault]);
        }
    }
    Ok(())
}

/// Builds the diagnostic for a parse error in `source`.
pub(super) fn explain(name: &str, source: &str, error: &TemplateError) -> Diagnostic {
    let tags = tags(source);
    if let Some(fault) = unbalanced(name, source, &tags) {
        return fault;
    }
    let hint =
        "write `{{name}}`, `{{helper name}}` or `{{#if name}}…{{/if}}`; `\\{{` for a literal brace";
    let (line, column) = error.pos().unwrap_or((1, 1));
    Diagnostic::new(Code::TemplateError, "invalid template syntax")
        .in_file(name)
        .at(FileSpan::at(line, column))
        .with_hint(hint)
}

/// Returns the first unbalanced brace or block, if any.
fn unbalanced(name: &str, source: &str, tags: &[Tag<'_>]) -> Option<Diagnostic> {
    let fault = |tag: &Tag<'_>, problem: Diagnostic| {
        let span = FileSpan::at_offset(source, tag.start);
        problem.in_file(name).at(span)
    };
    let mut open: Vec<&Tag<'_>> = Vec::new();
    for tag in tags {
        let problem = match tag.kind {
            TagKind::Unclosed => Some(template_error("`{{` without `}}`", "add `}}`")),
            TagKind::Expression if tag.inner.is_empty() => Some(template_error(
                "empty `{{}}`",
                "write the value to print, such as `{{title}}`",
            )),
            TagKind::Else if open.is_empty() => Some(template_error(
                "`{{else}}` outside any block",
                "put it between `{{#if …}}` and `{{/if}}`",
            )),
            TagKind::Open => {
                open.push(tag);
                None
            }
            TagKind::Close => wrong_close(source, tag.name(), open.pop()),
            _ => None,
        };
        if let Some(problem) = problem {
            return Some(fault(tag, problem));
        }
    }
    let tag = open.last()?;
    let name = tag.name();
    let message = format!("`{{{{#{name}}}}}` is not closed");
    Some(fault(
        tag,
        template_error(message, format!("add `{{{{/{name}}}}}`")),
    ))
}

/// Returns the problem with `{{/name}}` if it does not close `opened`.
fn wrong_close(source: &str, name: &str, opened: Option<&Tag<'_>>) -> Option<Diagnostic> {
    match opened {
        Some(opened) if opened.name() == name => None,
        Some(opened) => {
            let FileSpan { line, .. } = FileSpan::at_offset(source, opened.start);
            let opened = opened.name();
            Some(template_error(
                format!("`{{{{/{name}}}}}` does not match `{{{{#{opened}}}}}` on line {line}"),
                format!("write `{{{{/{opened}}}}}`"),
            ))
        }
        None => Some(template_error(
            format!("`{{{{/{name}}}}}` has no opening tag"),
            format!("remove it, or add `{{{{#{name} …}}}}` before it"),
        )),
    }
}

fn template_error(message: impl Into<String>, hint: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::TemplateError, message).with_hint(hint)
}

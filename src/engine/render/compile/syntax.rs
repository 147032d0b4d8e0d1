//! What is wrong with a template that the parser refuses, in words of the template and not of its
//! grammar. Nesting is bounded here too, since the parser and the renderer are recursive.

use handlebars::TemplateError;
use syndicate_api::{Code, Diagnostic, FileSpan};

use super::markup::{Tag, TagKind, tags};

/// Blocks in blocks, and parentheses in parentheses. Nobody writes so many; a stack holds them.
const MAX_DEPTH: usize = 32;

/// Faults that make parsing pointless or dangerous.
pub(super) fn check_nesting(name: &str, source: &str) -> Result<(), Vec<Diagnostic>> {
    // One entry a block: each `else if` of a block is parsed as a block inside it.
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
                .with_hint("write it flatter");
            return Err(vec![fault]);
        }
    }
    Ok(())
}

/// Explains why `source` could not be parsed.
pub(super) fn explain(name: &str, source: &str, error: &TemplateError) -> Diagnostic {
    let tags = tags(source);
    if let Some(fault) = unbalanced(name, source, &tags) {
        return fault;
    }
    let hint = "write `{{name}}`, `{{helper name}}` or `{{#if name}}…{{/if}}`; `\\{{` is a brace";
    let (line, column) = error.pos().unwrap_or((1, 1));
    Diagnostic::new(Code::TemplateError, "this cannot be read as a template")
        .in_file(name)
        .at(FileSpan::at(line, column))
        .with_hint(hint)
}

/// The first brace or block that has no partner.
fn unbalanced(name: &str, source: &str, tags: &[Tag<'_>]) -> Option<Diagnostic> {
    let fault = |tag: &Tag<'_>, complaint: Diagnostic| {
        let span = FileSpan::at_offset(source, tag.start);
        complaint.in_file(name).at(span)
    };
    let mut open: Vec<&Tag<'_>> = Vec::new();
    for tag in tags {
        let complaint = match tag.kind {
            TagKind::Unclosed => Some(complain("`{{` without `}}`", "add `}}`")),
            TagKind::Expression if tag.inner.is_empty() => Some(complain(
                "nothing stands between `{{` and `}}`",
                "name what to print, such as `{{title}}`",
            )),
            TagKind::Else if open.is_empty() => Some(complain(
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
        if let Some(complaint) = complaint {
            return Some(fault(tag, complaint));
        }
    }
    let tag = open.last()?;
    let name = tag.name();
    let message = format!("`{{{{#{name}}}}}` is never closed");
    Some(fault(
        tag,
        complain(message, format!("add `{{{{/{name}}}}}`")),
    ))
}

/// What is wrong with `{{/name}}`, if the block that it closes is `opened`.
fn wrong_close(source: &str, name: &str, opened: Option<&Tag<'_>>) -> Option<Diagnostic> {
    match opened {
        Some(opened) if opened.name() == name => None,
        Some(opened) => {
            let FileSpan { line, .. } = FileSpan::at_offset(source, opened.start);
            let opened = opened.name();
            Some(complain(
                format!("`{{{{/{name}}}}}` closes `{{{{#{opened}}}}}` of line {line}"),
                format!("write `{{{{/{opened}}}}}`"),
            ))
        }
        None => Some(complain(
            format!("`{{{{/{name}}}}}` closes nothing"),
            format!("remove it, or open `{{{{#{name} …}}}}` before"),
        )),
    }
}

fn complain(message: impl Into<String>, hint: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::TemplateError, message).with_hint(hint)
}

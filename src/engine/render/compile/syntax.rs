//! What is wrong with a template that the parser refuses, in words of the template and not of its
//! grammar. Nesting is bounded here too, since the parser and the renderer are recursive.

use handlebars::TemplateError;

use super::markup::{Tag, TagKind, line_column, tags};
use crate::engine::render::fault::TemplateFault;

/// Blocks in blocks, and parentheses in parentheses. Nobody writes so many; a stack holds them.
const MAX_DEPTH: usize = 32;

/// Faults that make parsing pointless or dangerous.
pub(super) fn check_nesting(name: &str, source: &str) -> Result<(), Vec<TemplateFault>> {
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
            let fault =
                TemplateFault::new(name, format!("more than {MAX_DEPTH} levels of nesting"))
                    .at(line_column(source, tag.start))
                    .hinted("write it flatter".to_owned());
            return Err(vec![fault]);
        }
    }
    Ok(())
}

/// Explains why `source` could not be parsed.
pub(super) fn explain(name: &str, source: &str, error: &TemplateError) -> TemplateFault {
    let tags = tags(source);
    if let Some(fault) = unbalanced(name, source, &tags) {
        return fault;
    }
    let place = error.pos().unwrap_or((1, 1));
    TemplateFault::new(name, "this cannot be read as a template")
        .at(place)
        .hinted(
            "write `{{name}}`, `{{helper name}}` or `{{#if name}}…{{/if}}`; `\\{{` is a brace"
                .to_owned(),
        )
}

/// The first brace or block that has no partner.
fn unbalanced(name: &str, source: &str, tags: &[Tag<'_>]) -> Option<TemplateFault> {
    let fault = |tag: &Tag<'_>, message: String, hint: String| {
        TemplateFault::new(name, message)
            .at(line_column(source, tag.start))
            .hinted(hint)
    };
    let mut open: Vec<&Tag<'_>> = Vec::new();
    for tag in tags {
        match tag.kind {
            TagKind::Unclosed => {
                return Some(fault(tag, "`{{` without `}}`".into(), "add `}}`".into()));
            }
            TagKind::Expression if tag.inner.is_empty() => {
                let hint = "name what to print, such as `{{title}}`".into();
                return Some(fault(
                    tag,
                    "nothing stands between `{{` and `}}`".into(),
                    hint,
                ));
            }
            TagKind::Open => open.push(tag),
            TagKind::Else if open.is_empty() => {
                let hint = "put it between `{{#if …}}` and `{{/if}}`".into();
                return Some(fault(tag, "`{{else}}` outside any block".into(), hint));
            }
            TagKind::Close => match open.pop() {
                Some(opened) if opened.name() == tag.name() => {}
                Some(opened) => {
                    let (line, _) = line_column(source, opened.start);
                    let message = format!(
                        "`{{{{/{}}}}}` closes `{{{{#{}}}}}` of line {line}",
                        tag.name(),
                        opened.name()
                    );
                    let hint = format!("write `{{{{/{}}}}}`", opened.name());
                    return Some(fault(tag, message, hint));
                }
                None => {
                    let message = format!("`{{{{/{}}}}}` closes nothing", tag.name());
                    let hint = format!("remove it, or open `{{{{#{} …}}}}` before", tag.name());
                    return Some(fault(tag, message, hint));
                }
            },
            _ => {}
        }
    }
    let tag = open.last()?;
    let message = format!("`{{{{#{}}}}}` is never closed", tag.name());
    Some(fault(
        tag,
        message,
        format!("add `{{{{/{}}}}}`", tag.name()),
    ))
}

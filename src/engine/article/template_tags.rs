//! Finds template tags of generators in a text: Hugo's `{{< … >}}` and `{{% … %}}`, Liquid's and Nunjucks's
//! `{% … %}` and `{{ … }}`. Tags in code are examples.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::markdown::parse;

/// The longest quotation of a tag, in characters.
const MAX_QUOTE: usize = 60;

/// Returns the template tags outside of code, each once.
pub(super) fn in_markdown(markdown: &str) -> Vec<String> {
    if !markdown.contains("{{") && !markdown.contains("{%") {
        return Vec::new();
    }
    let mut tags: Vec<String> = Vec::new();
    let mut at = 0;
    for code in code_ranges(markdown) {
        collect(&markdown[at..code.start.max(at)], &mut tags);
        at = at.max(code.end);
    }
    collect(&markdown[at..], &mut tags);
    tags
}

/// Returns a warning that names the first of `tags`; `None` if there is none.
pub(super) fn warning(tags: &[String]) -> Option<String> {
    let (first, more) = tags.split_first()?;
    let quote: String = first.chars().take(MAX_QUOTE).collect();
    let more = match more.len() {
        0 => String::new(),
        1 => " and 1 more".to_owned(),
        more => format!(" and {more} more"),
    };
    Some(format!(
        "the article shows template tags of the site's generator as text: `{quote}`{more}"
    ))
}

fn code_ranges(markdown: &str) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    for (event, range) in parse(markdown) {
        let is_code = matches!(
            event,
            Event::Code(_) | Event::End(TagEnd::CodeBlock) | Event::Start(Tag::CodeBlock(_))
        );
        if is_code {
            ranges.push(range);
        }
    }
    ranges
}

fn collect(text: &str, tags: &mut Vec<String>) {
    let mut rest = text;
    while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        let tag = &rest[start..];
        let closing = if tag.starts_with("{{") { "}}" } else { "%}" };
        let Some(end) = tag.find(closing) else {
            rest = &tag[2..];
            continue;
        };
        let tag = &tag[..end + closing.len()];
        let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
        if !tags.contains(&tag) {
            tags.push(tag);
        }
        rest = &rest[start + end + closing.len()..];
    }
}

//! Evaluates the Liquid and kramdown syntax in a post's text that affects the text and pictures of a card.
//! Only outputs of literals and known variables are replaced. All else is left to the Markdown parser,
//! which drops it.

use std::borrow::Cow;

use serde_json::Value;

use super::super::outputs;
use crate::document::FrontMatter;
use crate::value::scalar;

/// Filters of paths that are resolved against the site's URL later.
const URL_FILTERS: &[&str] = &["absolute_url", "relative_url"];

/// Replaces the outputs (`{{ … }}`) whose value is known; `site` returns the values of `site.…`.
pub(super) fn fill<'a>(
    text: &'a str,
    front: &FrontMatter,
    site: &dyn Fn(&str) -> Option<String>,
) -> Cow<'a, str> {
    outputs::fill(text, ("{{", "}}"), &|output| value(output, front, site))
}

/// Returns the value of an output that consists of a known variable or a literal, and known filters.
fn value(
    output: &str,
    front: &FrontMatter,
    site: &dyn Fn(&str) -> Option<String>,
) -> Option<String> {
    let mut parts = output.split('|').map(str::trim);
    let text = variable(parts.next()?, front, site)?;
    parts.try_fold(text, |text, filter| {
        if URL_FILTERS.contains(&filter) || prepends_url(filter) {
            return Some(text);
        }
        outputs::apply_filter(&text, filter)
    })
}

/// Returns `true` for `prepend: site.baseurl` and `prepend: site.url`.
fn prepends_url(filter: &str) -> bool {
    filter.split_once(':').is_some_and(|(name, argument)| {
        name.trim() == "prepend" && matches!(argument.trim(), "site.baseurl" | "site.url")
    })
}

fn variable(
    expression: &str,
    front: &FrontMatter,
    site: &dyn Fn(&str) -> Option<String>,
) -> Option<String> {
    if let Some(literal) = outputs::unquote(expression) {
        return Some(literal.to_owned());
    }
    if let Some(name) = expression.strip_prefix("page.") {
        return front.get(name).and_then(scalar_or_flag);
    }
    site(expression.strip_prefix("site.")?)
}

fn scalar_or_flag(value: &Value) -> Option<String> {
    scalar(value).or_else(|| Some(value.as_bool()?.to_string()))
}

/// Removes the lines that kramdown replaces by a table of contents or reads as abbreviations.
pub(super) fn without_kramdown_blocks(text: Cow<'_, str>) -> Cow<'_, str> {
    if !text.contains("{:toc") && !text.contains("*[") {
        return text;
    }
    let mut kept: Vec<&str> = Vec::new();
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        if trimmed.starts_with("{:toc") {
            kept.pop();
        } else if !(trimmed.starts_with("*[") && trimmed.contains("]:")) {
            kept.push(line);
        }
    }
    Cow::Owned(kept.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, FrontMatterSyntax};

    fn front(yaml: &str) -> FrontMatter {
        let text = format!("---\n{yaml}\n---\n");
        let document = Document::parse(text.as_bytes(), FrontMatterSyntax::default());
        document.unwrap().front
    }

    #[test]
    fn known_outputs_are_replaced() {
        let front = front("title: T\nheader: {image: /x.png}");
        let site = |name: &str| (name == "title").then(|| "S".to_owned());
        for (text, filled) in [
            ("a {{ page.title }} b", "a T b"),
            ("{{page.header.image | relative_url}}", "/x.png"),
            ("{{ '/a.png' | prepend: site.baseurl }}", "/a.png"),
            ("{{- site.title -}}!", "S!"),
            ("{{ page.header.image | upcase | strip }}", "/X.PNG"),
            (
                "{{ page.date | date: '%Y' }}",
                "{{ page.date | date: '%Y' }}",
            ),
            ("{{ unknown }} {{ open", "{{ unknown }} {{ open"),
        ] {
            assert_eq!(fill(text, &front, &site), filled, "{text}");
        }
    }

    #[test]
    fn kramdown_toc_and_abbreviations_are_removed() {
        let text = "* TOC\n{:toc}\n\n*[HTML]: Markup\nwords\n";
        assert_eq!(without_kramdown_blocks(Cow::Borrowed(text)), "\nwords\n");
    }
}

//! Evaluates the Liquid and kramdown syntax in a post's text that affects the text and pictures of a card.
//! Only outputs of literals and known variables are replaced. All else is left to the Markdown parser,
//! which drops it.

use std::borrow::Cow;

use serde_json::Value;

use crate::document::FrontMatter;

use crate::value::scalar;

/// Filters that do not change a path or text in a way that matters here.
const HARMLESS_FILTERS: &[&str] = &[
    "absolute_url",
    "escape",
    "relative_url",
    "strip",
    "xml_escape",
];

/// Replaces the outputs (`{{ … }}`) whose value is known; `site` returns the values of `site.…`.
pub(super) fn fill<'a>(
    text: &'a str,
    front: &FrontMatter,
    site: &dyn Fn(&str) -> Option<String>,
) -> Cow<'a, str> {
    if !text.contains("{{") {
        return Cow::Borrowed(text);
    }
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((output, tail)) = after.split_once("}}") else {
            break;
        };
        filled.push_str(before);
        match value(output.trim_matches(['-', ' ']), front, site) {
            Some(value) => filled.push_str(&value),
            None => {
                filled.push_str("{{");
                filled.push_str(output);
                filled.push_str("}}");
            }
        }
        rest = tail;
    }
    filled.push_str(rest);
    Cow::Owned(filled)
}

/// Returns the value of an output that consists of known variables and [`HARMLESS_FILTERS`].
fn value(
    output: &str,
    front: &FrontMatter,
    site: &dyn Fn(&str) -> Option<String>,
) -> Option<String> {
    let mut parts = output.split('|').map(str::trim);
    let expression = parts.next()?;
    let prepends = |filter: &str| {
        let (name, argument) = filter.split_once(':')?;
        let argument = argument.trim();
        // Paths are resolved against the site's URL later.
        let own = matches!(argument, "site.baseurl" | "site.url");
        (name.trim() == "prepend" && own).then_some(())
    };
    if !parts.all(|filter| HARMLESS_FILTERS.contains(&filter) || prepends(filter).is_some()) {
        return None;
    }
    let literal = ['"', '\''].iter().find_map(|quote| {
        expression
            .strip_prefix(*quote)?
            .strip_suffix(*quote)
            .filter(|text| !text.contains(*quote))
    });
    if let Some(literal) = literal {
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

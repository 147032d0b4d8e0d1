//! Extracts the visible text of an element: no scripts, no hidden parts and no heading anchors,
//! with collapsed white space.

use scraper::{ElementRef, Node};

use crate::tree::{self, attribute, has_word, name};

/// Maximum size of a visible text in bytes. Titles and paragraphs of a card are shorter.
const MAX_TEXT_LEN: usize = 8192;

/// Elements whose text is not part of the visible text.
const OMITTED_ELEMENTS: &[&str] = &[
    "annotation",
    "annotation-xml",
    "audio",
    "button",
    "canvas",
    "foreign",
    "iframe",
    "noscript",
    "object",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
];

/// Elements within a line of text, including formulas. All other elements separate words.
const INLINE_ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "big",
    "cite",
    "code",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "ins",
    "kbd",
    "mark",
    "math",
    "mfrac",
    "mi",
    "mn",
    "mo",
    "mrow",
    "msub",
    "msup",
    "q",
    "s",
    "samp",
    "semantics",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "var",
    "wbr",
];

/// Classes of heading anchors and of text for screen readers only.
const MARKER_CLASSES: &[&str] = &[
    "anchor",
    "anchorjs-link",
    "direct-link",
    "footnote-ref",
    "hash-link",
    "header-anchor",
    "headerlink",
    "heading-anchor",
    "screen-reader-text",
    "sr-only",
    "visually-hidden",
];

/// Returns the visible text of an element.
pub(crate) fn visible_text(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in tree::descendants(*element, is_omitted) {
        match node.value() {
            Node::Text(part) => text.push_str(part),
            Node::Element(_) if !ElementRef::wrap(node).is_some_and(is_inline) => text.push(' '),
            _ => {}
        }
        if text.len() > MAX_TEXT_LEN {
            break;
        }
    }
    collapse_whitespace(&text)
}

/// Returns the size of an element's visible text in bytes.
pub(crate) fn text_len(element: ElementRef<'_>) -> usize {
    tree::descendants(*element, is_omitted)
        .filter_map(|node| node.value().as_text().map(|text| text.trim().len()))
        .sum()
}

/// Returns `true` if `element` is not part of the visible text around it.
pub(crate) fn is_omitted(element: ElementRef<'_>) -> bool {
    OMITTED_ELEMENTS.contains(&name(element)) || is_hidden(element) || is_marker(element)
}

/// Returns `true` if `element` does not separate words.
pub(crate) fn is_inline(element: ElementRef<'_>) -> bool {
    INLINE_ELEMENTS.contains(&name(element))
}

/// Returns `true` if `element` is marked as hidden.
pub(crate) fn is_hidden(element: ElementRef<'_>) -> bool {
    element.value().attrs().any(|(key, value)| match key {
        "hidden" => true,
        "aria-hidden" => value.eq_ignore_ascii_case("true"),
        "style" => {
            let style = value.replace(' ', "").to_ascii_lowercase();
            style.contains("display:none")
        }
        _ => false,
    })
}

fn is_marker(element: ElementRef<'_>) -> bool {
    match name(element) {
        "a" | "span" => MARKER_CLASSES
            .iter()
            .any(|mark| has_word(element, "class", mark)),
        // Footnote references of kramdown and goldmark: `<sup id="fnref:1">`.
        "sup" => attribute(element, "id").is_some_and(|id| id.starts_with("fnref")),
        _ => false,
    }
}

/// Replaces each run of white space with one space and trims the text.
pub(crate) fn collapse_whitespace(text: &str) -> String {
    if is_collapsed(text) {
        return text.to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns `true` if a text has no white space but single spaces between words.
fn is_collapsed(text: &str) -> bool {
    let mut before = ' ';
    for c in text.chars() {
        if c.is_whitespace() && (c != ' ' || before == ' ') {
            return false;
        }
        before = c;
    }
    before != ' ' || text.is_empty()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn collapsed_text_has_single_spaces(text in "[a \u{a0}\n é]{0,8}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            let collapsed = collapse_whitespace(&text);
            prop_assert_eq!(is_collapsed(&text), collapsed == text);
            prop_assert_eq!(collapsed, words.join(" "));
        }
    }
}

//! What a reader sees of an element: its text without scripts, hidden parts and the small marks
//! that themes put beside headings, with white space as one space.

use scraper::{ElementRef, Node};

use crate::tree::{self, attribute, has_word, name};

/// No title or paragraph of a card is longer, in bytes.
const ENOUGH: usize = 8192;

/// Elements whose text is not for reading.
const SILENT: &[&str] = &[
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

/// Elements within a line of text, formulas included. All others part words.
const INLINE: &[&str] = &[
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

/// Classes of links that point at the heading they stand in, and of text for screen readers alone.
const MARKS: &[&str] = &[
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

/// Returns the text of an element.
pub(crate) fn visible(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in tree::walk(*element, is_silent) {
        match node.value() {
            Node::Text(part) => text.push_str(part),
            Node::Element(_) if !ElementRef::wrap(node).is_some_and(is_inline) => text.push(' '),
            _ => {}
        }
        if text.len() > ENOUGH {
            break;
        }
    }
    collapse(&text)
}

/// Returns the size of the text that an element shows, in bytes.
pub(crate) fn weight(element: ElementRef<'_>) -> usize {
    tree::walk(*element, is_silent)
        .filter_map(|node| node.value().as_text().map(|text| text.trim().len()))
        .sum()
}

/// Returns whether readers do not see `element`, or not as part of the text around it.
pub(crate) fn is_silent(element: ElementRef<'_>) -> bool {
    SILENT.contains(&name(element)) || is_hidden(element) || is_mark(element)
}

/// Returns whether the text before and in `element` may be one word.
pub(crate) fn is_inline(element: ElementRef<'_>) -> bool {
    INLINE.contains(&name(element))
}

/// Returns whether `element` is marked as hidden.
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

fn is_mark(element: ElementRef<'_>) -> bool {
    match name(element) {
        "a" | "span" => MARKS.iter().any(|mark| has_word(element, "class", mark)),
        // Footnotes of kramdown and goldmark: `<sup id="fnref:1">`.
        "sup" => attribute(element, "id").is_some_and(|id| id.starts_with("fnref")),
        _ => false,
    }
}

/// Returns `text` with each run of white space as one space and none at its ends.
pub(crate) fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

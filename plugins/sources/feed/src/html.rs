//! Reads the visible text and the pictures from an entry's HTML.

use html_meta::is_decoration;
use syndicate_api::text::collapse_whitespace;
use syndicate_api::text::html::{HtmlToken, attribute, decode, is_silent, tokens};

/// The number of bytes of an HTML text that are read. A card never shows more than the beginning.
const MAX_HTML_BYTES: usize = 64 * 1024;

/// Inline elements; all others separate words.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
    "wbr",
];

/// The visible content of an HTML text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct VisibleContent {
    /// The text without markup, in one paragraph.
    pub(crate) text: String,
    /// The pictures, without icons, badges and tracking pixels.
    pub(crate) pictures: Vec<HtmlPicture>,
}

/// An `img` element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HtmlPicture {
    /// The value of `src`.
    pub(crate) source: String,
    /// The alternative text.
    pub(crate) alt: Option<String>,
}

/// A `link` element of a page's head.
pub(crate) struct LinkElement {
    pub(crate) relation: Option<String>,
    pub(crate) media_type: Option<String>,
    pub(crate) target: Option<String>,
}

/// Returns the `link` elements at the beginning of a page.
pub(crate) fn link_elements(page: &str) -> impl Iterator<Item = LinkElement> {
    tokens(beginning(page)).filter_map(|token| match token {
        HtmlToken::Open(name, attributes) if is_one_of(name, &["link"]) => Some(LinkElement {
            relation: attribute(attributes, "rel"),
            media_type: attribute(attributes, "type"),
            target: attribute(attributes, "href"),
        }),
        _ => None,
    })
}

/// Reads the visible content at the beginning of an HTML text.
pub(crate) fn read_visible(html: &str) -> VisibleContent {
    let mut visible = VisibleContent::default();
    let mut silent: Option<(&str, usize)> = None;
    for token in tokens(beginning(html)) {
        match (token, &mut silent) {
            (HtmlToken::Text(text), None) => visible.text.push_str(&decode(text)),
            (HtmlToken::Open(name, attributes), None) => {
                if is_one_of(name, &["img"]) {
                    visible.pictures.extend(read_picture(attributes));
                }
                if is_silent(name) && !attributes.ends_with('/') {
                    silent = Some((name, 1));
                }
                push_separator(name, &mut visible.text);
            }
            (HtmlToken::Close(name), None) => push_separator(name, &mut visible.text),
            (HtmlToken::Open(name, _), Some((outer, depth)))
                if name.eq_ignore_ascii_case(outer) =>
            {
                *depth += 1;
            }
            (HtmlToken::Close(name), Some((outer, depth))) if name.eq_ignore_ascii_case(outer) => {
                *depth -= 1;
                if *depth == 0 {
                    silent = None;
                }
            }
            (HtmlToken::Open(name, attributes), Some(_)) if is_one_of(name, &["img"]) => {
                visible.pictures.extend(read_picture(attributes));
            }
            _ => {}
        }
    }
    visible.text = collapse(&visible.text);
    visible
}

/// Returns the plain text of a line that may contain inline elements and character references.
/// Only known element names are tags: `Vec<T>` stays text.
pub(crate) fn plain_line(text: &str) -> String {
    let mut plain = String::new();
    for token in tokens(beginning(text)) {
        match token {
            HtmlToken::Text(text) => plain.push_str(&decode(text)),
            HtmlToken::Open(name, _) | HtmlToken::Close(name) if is_one_of(name, INLINE) => {}
            HtmlToken::Open(name, _) | HtmlToken::Close(name)
                if is_one_of(name, &["br", "img", "p"]) =>
            {
                plain.push(' ');
            }
            HtmlToken::Open(name, attributes) => plain.push_str(&format!("<{name}{attributes}>")),
            HtmlToken::Close(name) => plain.push_str(&format!("</{name}>")),
            HtmlToken::Comment(_) => {}
        }
    }
    collapse(&plain)
}

/// Collapses runs of white space to one space, trims the ends, and removes soft hyphens and
/// zero-width spaces.
pub(crate) fn collapse(text: &str) -> String {
    collapse_whitespace(&text.replace(['\u{ad}', '\u{200b}'], ""))
}

fn beginning(text: &str) -> &str {
    let mut end = text.len().min(MAX_HTML_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn push_separator(name: &str, text: &mut String) {
    if !is_one_of(name, INLINE) {
        text.push(' ');
    }
}

fn read_picture(attributes: &str) -> Option<HtmlPicture> {
    let source = attribute(attributes, "src")?;
    let source = source.trim();
    if source.is_empty() || is_decoration(source, |name| attribute(attributes, name)) {
        return None;
    }
    let alt = attribute(attributes, "alt").map(|alt| collapse(&alt));
    Some(HtmlPicture {
        source: source.to_owned(),
        alt: alt.filter(|alt| !alt.is_empty()),
    })
}

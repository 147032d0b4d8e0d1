//! Splits HTML into tags, comments and text. The tokenizer corrects nothing, never fails and runs in linear
//! time; anything that is not a tag is text. It is for fragments of feeds and Markdown files; pages are parsed
//! by an HTML5 parser.

mod attributes;

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::escape::resolve_html5_entity;

pub use self::attributes::{attribute, attribute_ranges};

/// Elements whose content is not text for readers.
const SILENT: &[&str] = &[
    "audio",
    "button",
    "canvas",
    "figcaption",
    "iframe",
    "noscript",
    "object",
    "pre",
    "script",
    "select",
    "style",
    "svg",
    "table",
    "template",
    "textarea",
    "title",
    "video",
];

/// A piece of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HtmlToken<'a> {
    /// Text, with its character references as they are written.
    Text(&'a str),
    /// The name of a start tag, as it is written, and its attributes.
    Open(&'a str, &'a str),
    /// The name of an end tag, as it is written.
    Close(&'a str),
    /// The text of a comment; empty for a declaration.
    Comment(&'a str),
}

/// Returns the pieces of `html`.
pub fn tokens(html: &str) -> impl Iterator<Item = HtmlToken<'_>> {
    token_ranges(html).map(|(token, _)| token)
}

/// Returns the pieces of `html`, each with its range of bytes.
pub fn token_ranges(html: &str) -> impl Iterator<Item = (HtmlToken<'_>, Range<usize>)> {
    let mut rest = html;
    // The last `>`. Tags that open after it never end, so their ends are not searched.
    let last_end = html.rfind('>').unwrap_or(0);
    std::iter::from_fn(move || {
        let start = html.len() - rest.len();
        let (token, after) = next(rest, start < last_end)?;
        rest = after;
        Some((token, start..html.len() - rest.len()))
    })
}

/// Returns the first piece of `text` and the rest; `may_end` says whether a tag can end in it.
fn next(text: &str, may_end: bool) -> Option<(HtmlToken<'_>, &str)> {
    if text.is_empty() {
        return None;
    }
    if let Some(inside) = text.strip_prefix("<!--") {
        let (comment, after) = inside.split_once("-->").unwrap_or((inside, ""));
        return Some((HtmlToken::Comment(comment), after));
    }
    if may_end && let Some(found) = tag(text) {
        return Some(found);
    }
    let next = text.char_indices().skip(1).find(|(_, c)| *c == '<');
    let (text, after) = text.split_at(next.map_or(text.len(), |(at, _)| at));
    Some((HtmlToken::Text(text), after))
}

/// Returns the tag or declaration that `text` begins with, and the rest.
fn tag(text: &str) -> Option<(HtmlToken<'_>, &str)> {
    let inside = text.strip_prefix('<')?;
    let first = inside.chars().next()?;
    if matches!(first, '!' | '?') {
        let (_, after) = inside.split_once('>')?;
        return Some((HtmlToken::Comment(""), after));
    }
    let (closing, inside) = match inside.strip_prefix('/') {
        Some(inside) => (true, inside),
        None => (false, inside),
    };
    if !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name_end = inside
        .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | ':'))
        .unwrap_or(inside.len());
    let (name, more) = inside.split_at(name_end);
    let end = tag_end(more)?;
    let token = if closing {
        HtmlToken::Close(name)
    } else {
        HtmlToken::Open(name, &more[..end])
    };
    Some((token, &more[end + 1..]))
}

#[cfg(test)]
thread_local! {
    /// The number of bytes in which this thread has sought the ends of tags.
    static WORK: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Returns the offset of the first `>` outside quotes, or of the first of all if quotes do not
/// match.
fn tag_end(text: &str) -> Option<usize> {
    let Some(first) = text.find('>') else {
        #[cfg(test)]
        WORK.set(WORK.get() + text.len());
        return None;
    };
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        #[cfg(test)]
        WORK.set(WORK.get() + 1);
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    Some(first)
}

/// Returns `true` if the content of an element is not part of the text around it.
#[must_use]
pub fn is_silent(name: &str) -> bool {
    SILENT.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Replaces the character references in `text`.
#[must_use]
pub fn decode(text: &str) -> Cow<'_, str> {
    /// The longest name of HTML, `CounterClockwiseContourIntegral`, and some.
    const MAX_NAME: usize = 40;
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        let end = after.bytes().take(MAX_NAME).position(|byte| byte == b';');
        let known = end.and_then(|end| Some((character(&after[..end])?, &after[end + 1..])));
        match known {
            Some((characters, tail)) => {
                decoded.push_str(&characters);
                rest = tail;
            }
            None => {
                decoded.push('&');
                rest = after;
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

fn character(name: &str) -> Option<Cow<'static, str>> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(Cow::Borrowed);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    let character = code.ok().and_then(char::from_u32)?;
    Some(Cow::Owned(character.to_string()))
}

#[cfg(test)]
mod tests {
    use super::{HtmlToken, WORK, attribute, decode, token_ranges, tokens};

    #[test]
    fn tokens_cover_malformed_html() {
        let html = "a<!-- b --><!DOCTYPE c><Em x='>'>d</em><1 <e f=\"g>h";
        let expected = [
            HtmlToken::Text("a"),
            HtmlToken::Comment(" b "),
            HtmlToken::Comment(""),
            HtmlToken::Open("Em", " x='>'"),
            HtmlToken::Text("d"),
            HtmlToken::Close("em"),
            HtmlToken::Text("<1 "),
            HtmlToken::Open("e", " f=\"g"),
            HtmlToken::Text("h"),
        ];
        assert_eq!(tokens(html).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn token_ranges_cover_text() {
        let html = "a<!-- b --><em x='>'>d</em><1 <e f=\"g>h";
        let pieces = token_ranges(html).map(|(_, range)| &html[range]);
        let expected = [
            "a",
            "<!-- b -->",
            "<em x='>'>",
            "d",
            "</em>",
            "<1 ",
            "<e f=\"g>",
            "h",
        ];
        assert_eq!(pieces.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn unclosed_tags_take_linear_time() {
        for unit in ["<a ", "<a '", "<a href=\"", "<!- ", "<? ", "</b ", "<a><b "] {
            let html = unit.repeat(2_000);
            WORK.take();
            assert!(tokens(&html).count() > 0);
            let work = WORK.take();
            assert!(work <= 4 * html.len(), "{unit}: {work} of {}", html.len());
        }
    }

    #[test]
    fn attribute_takes_any_quotes() {
        let attributes = " hidden SRC = 'a b' alt=\"&eacute;\" = width=3/";
        for (name, value) in [("src", Some("a b")), ("ALT", Some("é")), ("hidden", None)] {
            assert_eq!(attribute(attributes, name).as_deref(), value, "{name}");
        }
    }

    #[test]
    fn decode_leaves_unknown_references() {
        assert_eq!(decode("&lt;&#x41;&#66;&bogus; & &amp"), "<AB&bogus; & &amp");
    }
}

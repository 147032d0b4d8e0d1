//! Just enough of HTML to know what a reader sees of an entry: its words and its first picture. It
//! corrects nothing, never fails and takes time in proportion to the text; what is no tag is text.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

/// No card shows more than the beginning of a text; the rest is not looked at.
const ENOUGH: usize = 64 * 1024;

/// Elements whose text is not for reading.
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

/// Elements that stand inside a line; all others separate words.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
    "wbr",
];

/// What a reader sees of a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Its words, in one paragraph.
    pub(crate) text: String,
    /// Its pictures, but for those of a pixel.
    pub(crate) pictures: Vec<Picture>,
}

/// A picture as HTML names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    /// Its address, as it is written.
    pub(crate) source: String,
    /// What it shows.
    pub(crate) alt: Option<String>,
}

/// A `link` element of a page's head.
pub(crate) struct Link {
    pub(crate) relation: Option<String>,
    pub(crate) media_type: Option<String>,
    pub(crate) target: Option<String>,
}

/// The `link` elements at the beginning of a page.
pub(crate) fn links(page: &str) -> impl Iterator<Item = Link> {
    tokens(beginning(page)).filter_map(|token| match token {
        Token::Open(name, attributes) if is(name, &["link"]) => Some(Link {
            relation: attribute(attributes, "rel"),
            media_type: attribute(attributes, "type"),
            target: attribute(attributes, "href"),
        }),
        _ => None,
    })
}

/// Reads the beginning of a text.
pub(crate) fn read(html: &str) -> Seen {
    let mut seen = Seen::default();
    let mut silent: Option<(&str, usize)> = None;
    for token in tokens(beginning(html)) {
        match (token, &mut silent) {
            (Token::Text(text), None) => seen.text.push_str(&decode(text)),
            (Token::Open(name, attributes), None) => {
                if is(name, &["img"]) {
                    seen.pictures.extend(picture(attributes));
                }
                if is(name, SILENT) && !attributes.ends_with('/') {
                    silent = Some((name, 1));
                }
                separate(name, &mut seen.text);
            }
            (Token::Close(name), None) => separate(name, &mut seen.text),
            (Token::Open(name, _), Some((outer, depth))) if name.eq_ignore_ascii_case(outer) => {
                *depth += 1;
            }
            (Token::Close(name), Some((outer, depth))) if name.eq_ignore_ascii_case(outer) => {
                *depth -= 1;
                if *depth == 0 {
                    silent = None;
                }
            }
            (Token::Open(name, attributes), Some(_)) if is(name, &["img"]) => {
                seen.pictures.extend(picture(attributes));
            }
            _ => {}
        }
    }
    seen.text = collapse(&seen.text);
    seen
}

/// A line of text that may hold inline elements and character references. Only names of HTML make a
/// tag: `Vec<T>` is text.
pub(crate) fn line(text: &str) -> String {
    let mut plain = String::new();
    for token in tokens(beginning(text)) {
        match token {
            Token::Text(text) => plain.push_str(&decode(text)),
            Token::Open(name, _) | Token::Close(name) if is(name, INLINE) => {}
            Token::Open(name, _) | Token::Close(name) if is(name, &["br", "img", "p"]) => {
                plain.push(' ');
            }
            Token::Open(name, attributes) => plain.push_str(&format!("<{name}{attributes}>")),
            Token::Close(name) => plain.push_str(&format!("</{name}>")),
        }
    }
    collapse(&plain)
}

/// The text with every run of white space as one space and none at its ends.
pub(crate) fn collapse(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c == '\u{ad}' || c == '\u{200b}') {
        if !word.is_empty() {
            if !collapsed.is_empty() {
                collapsed.push(' ');
            }
            collapsed.push_str(word);
        }
    }
    collapsed
}

fn beginning(text: &str) -> &str {
    let mut end = text.len().min(ENOUGH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

fn is(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn separate(name: &str, text: &mut String) {
    if !is(name, INLINE) {
        text.push(' ');
    }
}

fn picture(attributes: &str) -> Option<Picture> {
    let source = attribute(attributes, "src")?;
    let source = source.trim();
    let size = |name| attribute(attributes, name)?.trim().parse::<u32>().ok();
    let tiny = |name| size(name).is_some_and(|pixels| pixels <= 2);
    if source.is_empty() || tiny("width") || tiny("height") {
        return None;
    }
    let alt = attribute(attributes, "alt").map(|alt| collapse(&alt));
    Some(Picture {
        source: source.to_owned(),
        alt: alt.filter(|alt| !alt.is_empty()),
    })
}

/// A piece of HTML.
enum Token<'a> {
    Text(&'a str),
    /// A tag's name and what follows it.
    Open(&'a str, &'a str),
    Close(&'a str),
}

fn tokens(html: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            if let Some(inside) = rest.strip_prefix("<!--") {
                rest = inside.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            if let Some((token, after)) = tag(rest) {
                rest = after;
                match token {
                    Some(token) => return Some(token),
                    None => continue,
                }
            }
            let next = rest.char_indices().skip(1).find(|(_, c)| *c == '<');
            let end = next.map_or(rest.len(), |(at, _)| at);
            let (text, after) = rest.split_at(end);
            rest = after;
            return Some(Token::Text(text));
        }
    })
}

/// The tag that `text` begins with, and the rest; no token where it is a declaration.
fn tag(text: &str) -> Option<(Option<Token<'_>>, &str)> {
    let inside = text.strip_prefix('<')?;
    let first = inside.chars().next()?;
    if matches!(first, '!' | '?') {
        let (_, after) = inside.split_once('>')?;
        return Some((None, after));
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
        Token::Close(name)
    } else {
        Token::Open(name, &more[..end])
    };
    Some((Some(token), &more[end + 1..]))
}

/// Where the `>` stands that is in no quotes, or the first of all where quotes do not match.
fn tag_end(text: &str) -> Option<usize> {
    let first = text.find('>')?;
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    Some(first)
}

/// The value of the attribute `name`, with its character references replaced.
fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/'))?;
        let (key, after) = rest.split_at(end.max(1).min(rest.len()));
        rest = after.trim_start();
        let Some(value) = rest.strip_prefix('=').map(str::trim_start) else {
            continue;
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(decode(value).into_owned());
        }
        rest = after;
    }
}

/// Replaces character references.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
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

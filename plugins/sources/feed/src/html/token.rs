//! HTML in pieces: tags with their attributes, and the text between them, comments left out.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

/// A piece of HTML.
pub(super) enum Token<'a> {
    Text(&'a str),
    /// A tag's name and what follows it.
    Open(&'a str, &'a str),
    Close(&'a str),
}

/// The pieces of `html`.
pub(super) fn tokens(html: &str) -> impl Iterator<Item = Token<'_>> {
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
pub(super) fn attribute(attributes: &str, name: &str) -> Option<String> {
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
pub(super) fn decode(text: &str) -> Cow<'_, str> {
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

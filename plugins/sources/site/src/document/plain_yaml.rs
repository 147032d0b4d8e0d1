//! Reads the plain subset of YAML that almost all front matter consists of: one line for each key, with a scalar or a
//! list of scalars, or a block list below it. It is an order of magnitude faster than the complete parser, which reads
//! everything else: nested maps, anchors, tags, block scalars, comments after values, escapes, and all that could be
//! an error or another type than it seems.

use memchr::{memchr_iter, memchr2};
use serde_json::{Map, Value};

/// The maximum size of a source in bytes. It keeps the number of values below the limit of the complete parser.
const MAX_BYTES: usize = 8 * 1024;

/// The maximum length of a key in bytes.
const MAX_KEY: usize = 128;

/// Words that are, or look like, booleans, nulls or numbers in some version of YAML.
const AMBIGUOUS: &[&str] = &[
    "false", "inf", "infinity", "n", "nan", "no", "null", "off", "on", "true", "y", "yes",
];

/// The bit in [`SIGNS`] of control characters that are not line breaks.
const CONTROL: u8 = 1;

/// The bit in [`SIGNS`] of bytes that may begin a character for which [`is_special`] is true.
const MAY_BE_SPECIAL: u8 = 2;

/// The properties of each byte.
static SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0;
    while byte < signs.len() {
        signs[byte] = match byte {
            0x0a => 0,
            0..0x20 | 0x7f => CONTROL,
            0xc2 | 0xe2 | 0xef => MAY_BE_SPECIAL,
            _ => 0,
        };
        byte += 1;
    }
    signs
};

/// Returns the map in `source`; `None` if it may contain anything that this reader does not know.
pub(super) fn read(source: &str) -> Option<Value> {
    if source.len() > MAX_BYTES {
        return None;
    }
    let signs = source
        .bytes()
        .fold(0, |signs, byte| signs | SIGNS[usize::from(byte)]);
    if signs & MAY_BE_SPECIAL != 0 && source.contains(is_special) {
        return None;
    }
    // Most posts have fewer keys.
    let mut map = Map::with_capacity(12);
    let mut open: Option<OpenKey<'_>> = None;
    let mut start = 0;
    for end in memchr_iter(b'\n', source.as_bytes()).chain([source.len()]) {
        let line = &source[std::mem::replace(&mut start, end + 1)..end];
        let line = line.strip_suffix('\r').unwrap_or(line);
        let line = line.trim_end_matches(' ');
        if signs & CONTROL != 0 && line.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
            return None;
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let entry = line.trim_start_matches(' ');
        let indent = line.len() - entry.len();
        if let Some(item) = entry.strip_prefix("- ") {
            open.as_mut()?.push(indent, item.trim_start_matches(' '))?;
            continue;
        }
        if indent > 0 {
            return None;
        }
        if let Some(open) = open.take() {
            open.close(&mut map)?;
        }
        let (key, value) = split_key(line)?;
        match value.trim_start_matches(' ') {
            "" => open = Some(OpenKey { key, list: None }),
            value => add(&mut map, key, line_value(value)?)?,
        }
    }
    if let Some(open) = open {
        open.close(&mut map)?;
    }
    (!map.is_empty()).then_some(Value::Object(map))
}

/// A key without a value on its line.
struct OpenKey<'s> {
    key: &'s str,
    /// The block list below the key, with its indentation.
    list: Option<(usize, Vec<Value>)>,
}

impl OpenKey<'_> {
    fn push(&mut self, indent: usize, item: &str) -> Option<()> {
        let (of_list, values) = self.list.get_or_insert((indent, Vec::new()));
        if *of_list != indent {
            return None;
        }
        values.push(scalar(item)?);
        Some(())
    }

    fn close(self, map: &mut Map<String, Value>) -> Option<()> {
        let list = self.list.map(|(_, values)| Value::Array(values));
        add(map, self.key, list.unwrap_or(Value::Null))
    }
}

/// Adds a member to `map`; returns `None` if it has one with the same key.
fn add(map: &mut Map<String, Value>, key: &str, value: Value) -> Option<()> {
    map.insert(key.to_owned(), value).is_none().then_some(())
}

/// Returns `true` if `c` is a control character, a line break of Unicode or a byte order mark.
fn is_special(c: char) -> bool {
    matches!(
        c,
        '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
    )
}

/// Splits a line into its key and the text after the colon.
fn split_key(line: &str) -> Option<(&str, &str)> {
    let colon = line.bytes().position(|byte| byte == b':')?;
    let (key, value) = (&line[..colon], &line[colon + 1..]);
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.len() <= MAX_KEY
        && key.bytes().all(is_word)
        && !is_ambiguous(key);
    (is_key && (value.is_empty() || value.starts_with(' '))).then_some((key, value))
}

/// Reads the value after a key.
fn line_value(text: &str) -> Option<Value> {
    match text.strip_prefix('[') {
        Some(list) => flow_list(list),
        None => scalar(text),
    }
}

/// Reads a scalar that ends with its line.
fn scalar(text: &str) -> Option<Value> {
    match quoted(text) {
        Some(quoted) => {
            let (value, rest) = quoted?;
            rest.is_empty().then_some(Value::String(value))
        }
        None => plain(text),
    }
}

/// Reads the quoted string at the start of `text` and returns the text after it. Returns `None` if `text` is not
/// quoted, and `Some(None)` if this reader does not know the string.
#[expect(clippy::option_option, reason = "not quoted, or quoted and unknown")]
fn quoted(text: &str) -> Option<Option<(String, &str)>> {
    let first = *text.as_bytes().first()?;
    let quote = matches!(first, b'"' | b'\'').then_some(first)?;
    let mut value = String::new();
    let mut rest = &text[1..];
    loop {
        let Some(at) = memchr2(quote, b'\\', rest.as_bytes()) else {
            return Some(None);
        };
        value.push_str(&rest[..at]);
        let mark = &rest[at..];
        if let Some(after) = mark.strip_prefix('\\') {
            let escaped = after.chars().next();
            match (quote, escaped) {
                (b'\'', _) => {
                    value.push('\\');
                    rest = after;
                }
                (_, Some(escaped @ ('"' | '\\'))) => {
                    value.push(escaped);
                    rest = &after[1..];
                }
                _ => return Some(None),
            }
        } else if quote == b'\'' && mark.starts_with("''") {
            value.push('\'');
            rest = &mark[2..];
        } else {
            return Some(Some((value, &mark[1..])));
        }
    }
}

/// Reads the list of scalars whose opening bracket is before `text`, up to the end of the line.
fn flow_list(text: &str) -> Option<Value> {
    let mut values = Vec::new();
    let mut rest = text.trim_start_matches(' ');
    if rest == "]" {
        return Some(Value::Array(values));
    }
    loop {
        let value = match quoted(rest) {
            Some(quoted) => {
                let (value, after) = quoted?;
                rest = after.trim_start_matches(' ');
                Value::String(value)
            }
            None => {
                let (value, after) = rest.split_at(memchr2(b',', b']', rest.as_bytes())?);
                rest = after;
                let value = value.trim_end_matches(' ');
                let has_sign =
                    value.contains(['[', '{', '}', '"', '\'', ':', '&', '*', '!', '|', '>']);
                plain(value).filter(|_| !has_sign)?
            }
        };
        values.push(value);
        if rest == "]" {
            return Some(Value::Array(values));
        }
        rest = rest.strip_prefix(',')?.trim_start_matches(' ');
    }
}

/// Reads a scalar without quotes.
fn plain(text: &str) -> Option<Value> {
    let mut pairs = text.as_bytes().windows(2);
    if pairs.any(|pair| matches!(pair, b": " | b" #")) || text.ends_with(':') {
        return None;
    }
    let first = *text.as_bytes().first()?;
    let is_text = match first {
        b'0'..=b'9' => {
            if let Some(number) = number(text) {
                return Some(number);
            }
            is_date(text) || text.contains(' ') && text.contains(|c: char| c.is_ascii_alphabetic())
        }
        b'/' | b'_' => true,
        b'.' => text.starts_with("./") || text.starts_with("../"),
        first if first.is_ascii_alphabetic() || !first.is_ascii() => match text {
            "true" => return Some(Value::Bool(true)),
            "false" => return Some(Value::Bool(false)),
            text => !is_ambiguous(text),
        },
        _ => false,
    };
    is_text.then(|| Value::String(text.to_owned()))
}

/// Parses a number without a sign, a leading zero or a fraction.
fn number(text: &str) -> Option<Value> {
    let is_plain = text.len() <= 15 && text.bytes().all(|byte| byte.is_ascii_digit());
    let has_leading_zero = text.len() > 1 && text.starts_with('0');
    (is_plain && !has_leading_zero).then(|| text.parse::<u64>().ok().map(Value::from))?
}

/// Returns `true` if a text begins with a date in the form `2026-01-02` and contains nothing but a time after it.
fn is_date(text: &str) -> bool {
    let Some((date, time)) = text.as_bytes().split_at_checked(10) else {
        return false;
    };
    let is_date = date.iter().enumerate().all(|(at, byte)| match at {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let in_time = |byte: &u8| byte.is_ascii_digit() || b":.+-Z ".contains(byte);
    is_date
        && time
            .first()
            .is_none_or(|first| matches!(first, b'T' | b' '))
        && time.iter().skip(1).all(in_time)
}

fn is_ambiguous(word: &str) -> bool {
    word.len() <= 8
        && AMBIGUOUS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ORDINARY: &str = "\
title: \"Post 6: a \\\"new\\\" world\"
date: 2016-01-07T06:06:00Z
# A comment.
description: It’s a post about C++, and more.
tags: [C++, C#, 'Open, Source', \"a\", 2024]
categories:
  - Rust
  - 'it''s'

image: /img/6.jpg
cover: ./a.png
draft: false
weight: 12
empty:
list:
- a
- http://example.org/a#b
";

    #[test]
    fn ordinary_front_matter_is_read_fast() {
        let expected = json!({
            "title": "Post 6: a \"new\" world",
            "date": "2016-01-07T06:06:00Z",
            "description": "It’s a post about C++, and more.",
            "tags": ["C++", "C#", "Open, Source", "a", 2024],
            "categories": ["Rust", "it's"],
            "image": "/img/6.jpg",
            "cover": "./a.png",
            "draft": false,
            "weight": 12,
            "empty": null,
            "list": ["a", "http://example.org/a#b"],
        });
        assert_eq!(read(ORDINARY), Some(expected.clone()));
        assert_eq!(
            read(&ORDINARY.replace('\n', "\r\n")),
            Some(expected.clone())
        );
    }

    #[test]
    fn other_yaml_is_left_to_parser() {
        for source in [
            "",
            "\n",
            "a",
            "- a",
            "a: b\n c",
            "a: b\n\n c",
            "a:\n  b: c",
            "a: {b: c}",
            "a: &b c",
            "a: *b",
            "a: !!str b",
            "a: |\n  b",
            "a: >-\n  b",
            "a: b # c",
            "a: #b",
            "a: \"b\\n\"",
            "a: \"b",
            "a: 'b' c",
            "a: b\na: c",
            "a:\tb",
            "a: b\tc",
            "a: yes",
            "a: No",
            "a: ~",
            "a: null",
            "a: True",
            "a: -1",
            "a: 1.5",
            "a: 01",
            "a: 1e5",
            "a: 0x1f",
            "a: 12:30",
            "a: 1_000",
            "a: .5",
            "a: .nan",
            "a: b: c",
            "a: b:",
            "a: [b, [c]]",
            "a: [b,, c]",
            "a: [b,]",
            "a: [b: c]",
            "a: [b",
            "a:\n  - b\n - c",
            "a:\n  - b: c",
            "a:\n  -\n",
            "a:\n  - - b",
            "1: a",
            "\"a\": b",
            "on: a",
            "? a",
            "a: ? b",
            "a: @b",
            "a: `b`",
            "a: %b",
            "a: =",
            "<<: a",
            "---\na: b",
            "a: b\n...",
            "a: b\u{85}c",
            "a: b\u{2028}c",
            "\u{feff}a: b",
            "a: 99999999999999999999",
        ] {
            assert_eq!(read(source), None, "{source:?}");
        }
    }
}

//! Parses LinkedIn's little text format as the feed displays it. The feed stops at the first reserved
//! character that is neither escaped nor part of an element: LinkedIn answers 201 to such a text,
//! shows only the part before that character, and reports nothing ("Little Text Format").
//!
//! The module does not write little text. The LinkedIn sink has its own writer, and the two share no
//! code, so that each can reveal an error in the other.

#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Serialize, Serializer};

use crate::members::is_id;

/// The reserved characters, which must be escaped with a backslash in plain text.
const RESERVED: &str = r"|{}@[]()<>#\*_~";

/// A part of a displayed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TextSpan {
    /// Plain text.
    Text(String),
    /// A hashtag, without its `#`.
    Hashtag(String),
    /// The displayed name of a mentioned member or organization.
    Mention(String),
}

/// The position at which LinkedIn cuts a text off.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TextCut {
    /// The reserved character that is not escaped.
    pub character: char,
    /// Position of the character in the commentary as sent, in characters, counted from 1.
    pub position: usize,
}

/// A text as the feed displays it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RenderedText {
    /// The displayed parts, in order.
    pub(crate) spans: Vec<TextSpan>,
    /// The position from which the rest is lost, or `None` if the text is displayed completely.
    pub(crate) cut: Option<TextCut>,
}

impl RenderedText {
    /// Returns the displayed text as one string.
    pub(crate) fn plain(&self) -> String {
        let mut plain = String::new();
        for span in &self.spans {
            match span {
                TextSpan::Text(text) | TextSpan::Mention(text) => plain.push_str(text),
                TextSpan::Hashtag(word) => {
                    plain.push('#');
                    plain.push_str(word);
                }
            }
        }
        plain
    }

    fn push_char(&mut self, character: char) {
        if let Some(TextSpan::Text(text)) = self.spans.last_mut() {
            text.push(character);
        } else {
            self.spans.push(TextSpan::Text(character.to_string()));
        }
    }
}

impl fmt::Display for TextCut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "unescaped `{}` at character {}",
            self.character, self.position
        )
    }
}

/// Serializes the position only, because consumers of the JSON feed compare numbers.
impl Serialize for TextCut {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.position as u64)
    }
}

/// Parses little text.
pub(crate) fn parse(source: &str) -> RenderedText {
    let mut rendered = RenderedText::default();
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        if let Some((span, after)) = element(rest) {
            rendered.spans.push(span);
            rest = after;
        } else if let Some((character, after)) = character(rest) {
            rendered.push_char(character);
            rest = after;
        } else {
            let shown = &source[..source.len() - rest.len()];
            rendered.cut = Some(TextCut {
                character: next,
                position: shown.chars().count() + 1,
            });
            break;
        }
    }
    rendered
}

/// Parses a text of the older API: no character is reserved, and hashtags are recognized.
pub(crate) fn parse_plain(source: &str) -> RenderedText {
    let mut rendered = RenderedText::default();
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        if let Some((span, after)) = hashtag(rest) {
            rendered.spans.push(span);
            rest = after;
        } else {
            rendered.push_char(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    rendered
}

fn element(text: &str) -> Option<(TextSpan, &str)> {
    hashtag(text)
        .or_else(|| hashtag_template(text))
        .or_else(|| mention(text))
}

/// Parses `#word`, also with the full-width `＃`.
fn hashtag(text: &str) -> Option<(TextSpan, &str)> {
    let after_sign = text.strip_prefix(['#', '＃'])?;
    let end = after_sign
        .find(|character: char| !character.is_alphanumeric())
        .unwrap_or(after_sign.len());
    let (word, after) = after_sign.split_at(end);
    (!word.is_empty()).then(|| (TextSpan::Hashtag(word.to_owned()), after))
}

/// Parses `{hashtag|\#|word}`; the backslash is optional, as in the documentation's sample.
fn hashtag_template(text: &str) -> Option<(TextSpan, &str)> {
    let sign = text.strip_prefix("{hashtag|")?;
    let after_sign = sign
        .strip_prefix('\\')
        .unwrap_or(sign)
        .strip_prefix(['#', '＃'])?;
    let (word, after) = literal(after_sign.strip_prefix('|')?)?;
    Some((TextSpan::Hashtag(word), after.strip_prefix('}')?))
}

/// Parses `@[Name](urn:li:organization:1)` or the same with the URN of a person.
fn mention(text: &str) -> Option<(TextSpan, &str)> {
    let (name, after_name) = literal(text.strip_prefix("@[")?)?;
    let (urn, after) = after_name.strip_prefix("](")?.split_once(')')?;
    let id = urn
        .strip_prefix("urn:li:person:")
        .or_else(|| urn.strip_prefix("urn:li:organization:"))?;
    is_id(id).then_some((TextSpan::Mention(name), after))
}

/// Parses one or more literal characters. Returns them and the rest.
fn literal(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut rest = text;
    while let Some((character, after)) = character(rest) {
        value.push(character);
        rest = after;
    }
    (!value.is_empty()).then_some((value, rest))
}

/// Parses a literal character: an unreserved one, or a reserved one after a backslash.
fn character(text: &str) -> Option<(char, &str)> {
    let mut chars = text.chars();
    match chars.next()? {
        '\\' => chars.next().filter(|escaped| RESERVED.contains(*escaped)),
        plain => (!RESERVED.contains(plain)).then_some(plain),
    }
    .map(|character| (character, chars.as_str()))
}

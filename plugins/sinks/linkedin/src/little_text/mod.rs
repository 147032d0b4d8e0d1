//! Encodes commentary as little text ("little text format" of LinkedIn's documentation).
//!
//! Fifteen characters are reserved for elements. LinkedIn cuts a post off at a reserved character
//! that is neither escaped nor part of an element, without an error. Therefore the text is encoded
//! span by span, and encoded text is never searched again. Titles, descriptions and alternative
//! texts of cards are *not* little text.

use syndicate_api::{RichText, TextSpan};

use crate::urn;
use syndicate_api::text::{sanitize, utf16_len};

/// The characters that must be escaped outside of elements.
const RESERVED: &str = "|{}@[]()<>#\\*_~";

/// Encodes `text` without its invisible characters.
pub(crate) fn encode(text: &RichText) -> String {
    let elements: Vec<Element<'_>> = text.0.iter().filter_map(element).collect();
    let mut little = String::new();
    for (index, element) in elements.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| elements.get(index));
        let after = elements.get(index + 1);
        match element {
            Element::Text(text) => escape(text, &mut little),
            Element::Hashtag(word) if is_plain_word(word) && is_separated(before, after) => {
                little.push('#');
                little.push_str(word);
            }
            Element::Hashtag(word) => {
                little.push_str("{hashtag|\\#|");
                escape(word, &mut little);
                little.push('}');
            }
            Element::Mention { name, urn } => {
                little.push_str("@[");
                escape(name, &mut little);
                little.push_str("](");
                little.push_str(urn);
                little.push(')');
            }
        }
    }
    little
}

/// Returns the length of `text` as LinkedIn counts it. Users report that escapes count.
pub(crate) fn measure(text: &RichText) -> usize {
    utf16_len(&encode(text))
}

/// A span that little text can represent, sanitized and not empty.
enum Element<'a> {
    Text(String),
    Hashtag(String),
    Mention { name: String, urn: &'a str },
}

impl Element<'_> {
    /// Returns the first and the last visible character.
    fn ends(&self) -> (Option<char>, Option<char>) {
        match self {
            Self::Text(text) => (text.chars().next(), text.chars().next_back()),
            Self::Hashtag(word) => (Some('#'), word.chars().next_back()),
            Self::Mention { name, .. } => (name.chars().next(), name.chars().next_back()),
        }
    }
}

fn element(span: &TextSpan) -> Option<Element<'_>> {
    let element = match span {
        TextSpan::Text(text) | TextSpan::Link(text) => Element::Text(sanitize(text)),
        TextSpan::Hashtag(word) => {
            let word = sanitize(word);
            // A hashtag cannot contain several words. The visible text is kept.
            if word.is_empty() || word.contains(char::is_whitespace) {
                Element::Text(format!("#{word}"))
            } else {
                Element::Hashtag(word)
            }
        }
        TextSpan::Mention { name, target } => {
            let name = sanitize(name);
            // LinkedIn shows the plain name for an unknown account, so an invalid target is encoded
            // as the plain name too.
            if name.trim().is_empty() || !urn::is_author(target) {
                Element::Text(name)
            } else {
                Element::Mention { name, urn: target }
            }
        }
        // The enum is non-exhaustive. The text of a new kind of span is kept.
        other => Element::Text(sanitize(&RichText(vec![other.clone()]).plain())),
    };
    let empty = matches!(&element, Element::Text(text) if text.is_empty());
    (!empty).then_some(element)
}

/// Returns `true` if all characters of `#word` belong to the word under every definition of a word.
fn is_plain_word(word: &str) -> bool {
    word.chars().all(char::is_alphanumeric) && word.chars().any(char::is_alphabetic)
}

/// Returns `true` if a `#word` between these elements is recognized and does not include the next
/// one.
fn is_separated(before: Option<&Element<'_>>, after: Option<&Element<'_>>) -> bool {
    let before = before.and_then(|element| element.ends().1);
    let after = after.and_then(|element| element.ends().0);
    [before, after].into_iter().flatten().all(ends_word)
}

/// Returns `true` if the character certainly ends a word. Combining characters and joined emoji may
/// belong to a word; the longer hashtag template is then used, which is always correct.
fn ends_word(c: char) -> bool {
    c.is_whitespace() || (c.is_ascii_punctuation() && !matches!(c, '_' | '#' | '&'))
}

fn escape(text: &str, little: &mut String) {
    for c in text.chars() {
        if RESERVED.contains(c) {
            little.push('\\');
        }
        little.push(c);
    }
}

#[cfg(test)]
mod tests;

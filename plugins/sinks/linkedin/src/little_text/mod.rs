//! Little text: how LinkedIn wants commentary written ("little text format" of its documentation).
//! Fifteen characters are reserved for elements; one of them standing bare where no element is cuts
//! the post off at that place, without an error. So everything passes here once, span by span, and
//! nothing is ever looked for in text that is written already. Titles, descriptions and alternative
//! texts of cards are *not* little text.

use syndicate_api::{RichText, TextSpan};

use crate::sanitize::{sanitize, utf16_len};
use crate::urn;

/// The characters that have to be escaped even where they form no element.
const RESERVED: &str = "|{}@[]()<>#\\*_~";

/// Writes `text`, without the characters that no reader sees.
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

/// The length of `text` as LinkedIn counts it: with its escapes, as far as users could find out.
pub(crate) fn measure(text: &RichText) -> usize {
    utf16_len(&encode(text))
}

/// A span that little text has a way of writing, free of invisible characters and never empty.
enum Element<'a> {
    Text(String),
    Hashtag(String),
    Mention { name: String, urn: &'a str },
}

impl Element<'_> {
    /// The characters at its ends, as a reader sees them.
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
            // Several words are a hashtag nowhere; what readers were meant to see is kept.
            if word.is_empty() || word.contains(char::is_whitespace) {
                Element::Text(format!("#{word}"))
            } else {
                Element::Hashtag(word)
            }
        }
        TextSpan::Mention { name, target } => {
            let name = sanitize(name);
            // LinkedIn shows the bare name where it does not know whom it means; so does this where
            // the target can name nobody.
            if name.trim().is_empty() || !urn::is_author(target) {
                Element::Text(name)
            } else {
                Element::Mention { name, urn: target }
            }
        }
        // A kind of span that is younger than this sink shows what readers are meant to see.
        other => Element::Text(sanitize(&RichText(vec![other.clone()]).plain())),
    };
    let empty = matches!(&element, Element::Text(text) if text.is_empty());
    (!empty).then_some(element)
}

/// Whether `#word` can be read in one way only, whatever LinkedIn takes for the end of a word.
fn is_plain_word(word: &str) -> bool {
    word.chars().all(char::is_alphanumeric) && word.chars().any(char::is_alphabetic)
}

/// Whether a `#word` between these would neither be missed nor swallow what follows.
fn is_separated(before: Option<&Element<'_>>, after: Option<&Element<'_>>) -> bool {
    let before = before.and_then(|element| element.ends().1);
    let after = after.and_then(|element| element.ends().0);
    [before, after].into_iter().flatten().all(ends_word)
}

/// Conservative: what is not known to end a word may belong to one, as letters with marks and
/// joined emoji do. The template that is written then is right everywhere, only longer.
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

//! The elements and attributes in the visible part of a page that may change its metadata.

use std::sync::LazyLock;

use aho_corasick::packed::Searcher;
use memchr::memchr_iter;

use super::tag::{Attributes, Undecodable};
use crate::head::has_word;

/// Classes of microformats, which may be on any element.
const ENTRY_CLASSES: &[&str] = &["h-entry", "h-feed", "hentry"];

/// The attribute of an item of microdata.
const ITEM_ATTRIBUTE: &str = "itemscope";

/// Searches for an item in text of which the tags are not known. Processors without vector instructions have no such
/// search.
static SEARCHER: LazyLock<Option<Searcher>> =
    LazyLock::new(|| Searcher::new(ENTRY_CLASSES.iter().chain([&ITEM_ATTRIBUTE])));

/// The meaning of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Anchor,
    Article,
    Base,
    Date,
    Heading,
    Image,
    Input,
    Link,
    Meta,
    Root,
    Script,
    Title,
}

impl Sign {
    /// Returns the meaning of the element with this name; `None` if it has none.
    pub(super) fn of(name: &[u8]) -> Option<Self> {
        let mut lower = [0; 8];
        let kept = lower.get_mut(..name.len())?;
        kept.copy_from_slice(name);
        kept.make_ascii_lowercase();
        Some(match &*kept {
            b"a" => Self::Anchor,
            b"article" => Self::Article,
            b"base" => Self::Base,
            b"abbr" | b"time" => Self::Date,
            b"h1" | b"h2" => Self::Heading,
            b"image" | b"img" => Self::Image,
            b"input" => Self::Input,
            b"link" => Self::Link,
            b"meta" => Self::Meta,
            b"body" | b"frameset" | b"html" => Self::Root,
            b"script" => Self::Script,
            b"title" => Self::Title,
            _ => return None,
        })
    }
}

/// Returns `true` if a tag begins an item of microdata or microformats, or if that is not certain.
pub(super) fn is_item(tag: &Attributes<'_>) -> bool {
    let has_entry = |class: &str| ENTRY_CLASSES.iter().any(|entry| has_word(class, entry));
    let is_entry = match tag.get("class") {
        Ok(class) => class.as_deref().is_some_and(has_entry),
        Err(Undecodable) => true,
    };
    is_entry || tag.has(ITEM_ATTRIBUTE)
}

/// Returns `true` if a text may contain a tag that begins an item.
pub(super) fn may_have_item(bytes: &[u8]) -> bool {
    let Some(searcher) = &*SEARCHER else {
        return true;
    };
    let is_reference = |at: usize| {
        let code = bytes[at + 1..].strip_prefix(b"#");
        code.is_some_and(is_word_reference)
    };
    memchr_iter(b'&', bytes).any(is_reference) || searcher.find(folded(bytes)).is_some()
}

/// Returns `bytes` with small letters in place of capital ones. Some other characters change too, but none becomes a
/// letter.
fn folded(bytes: &[u8]) -> Vec<u8> {
    const CASE: u8 = 0x20;
    let mut folded = bytes.to_vec();
    // Releases are compiled without automatic vectorization.
    let (words, rest) = folded.as_chunks_mut::<8>();
    for word in words {
        *word = (u64::from_ne_bytes(*word) | u64::from_ne_bytes([CASE; 8])).to_ne_bytes();
    }
    for byte in rest {
        *byte |= CASE;
    }
    folded
}

/// Returns `true` if a numeric reference may stand for a part of a word, such as a class. `code` begins after
/// `&#`.
fn is_word_reference(code: &[u8]) -> bool {
    let (digits, radix) = match code {
        [b'x' | b'X', digits @ ..] => (digits, 16),
        code => (code, 10),
    };
    let digits: String = digits
        .iter()
        .take(8)
        .map(|digit| char::from(*digit))
        .take_while(|digit| digit.is_digit(radix))
        .collect();
    let code = u32::from_str_radix(&digits, radix).unwrap_or(u32::MAX);
    let character = char::from_u32(code).filter(char::is_ascii);
    character.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/'))
}

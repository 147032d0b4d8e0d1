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

/// The size in bytes of the parts of a text that are searched, which stay in the processor's first cache.
const PART: usize = 4096;

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
    memchr_iter(b'&', bytes).any(is_reference)
        || any_folded(bytes, |part| searcher.find(part).is_some())
}

/// Returns `true` if `is_found` does for a part of `bytes` with small letters in place of capital ones. Some other
/// characters change too, but none becomes a letter. The parts overlap by the length of the longest sign.
fn any_folded(bytes: &[u8], is_found: impl Fn(&[u8]) -> bool) -> bool {
    const CASE: u8 = 0x20;
    let mut part = [0; PART];
    let mut rest = bytes;
    loop {
        let len = rest.len().min(PART);
        // Releases are compiled without automatic vectorization.
        let (from, from_rest) = rest[..len].as_chunks::<8>();
        let (to, to_rest) = part[..len].as_chunks_mut::<8>();
        for (to, from) in to.iter_mut().zip(from) {
            *to = (u64::from_ne_bytes(*from) | u64::from_ne_bytes([CASE; 8])).to_ne_bytes();
        }
        for (to, from) in to_rest.iter_mut().zip(from_rest) {
            *to = *from | CASE;
        }
        if is_found(&part[..len]) {
            return true;
        }
        if len == rest.len() {
            return false;
        }
        rest = &rest[PART - ITEM_ATTRIBUTE.len()..];
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_found_at_any_place() {
        for sign in ["h-entry", "H-Feed", "hentry", "itemSCOPE"] {
            for at in [
                0,
                1,
                7,
                PART - 12,
                PART - 9,
                PART - 8,
                PART - 7,
                PART - 1,
                PART,
                2 * PART - 20,
            ] {
                for after in [0, 1, 9, 10, PART] {
                    let text = [&"x".repeat(at), sign, &"x".repeat(after)].concat();
                    assert!(may_have_item(text.as_bytes()), "{sign} at {at}");
                    let other = text.replace(['e', 'E'], "y");
                    assert_eq!(may_have_item(other.as_bytes()), SEARCHER.is_none());
                }
            }
        }
    }
}

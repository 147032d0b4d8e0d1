//! Text as plugins read it: HTML fragments, white space, lengths, languages.

mod hashtags;
pub mod html;
mod plural;
mod sanitize;
mod sentences;
mod shorten;

use std::collections::HashSet;

pub use hashtags::{hashtag, hashtag_length, hashtags, is_hashtag, is_word_character};
pub use plural::plural;
pub use sanitize::{sanitize, utf16_len};
pub use shorten::{MAX_SHORTENED, shorten, shorten_beginning};

use crate::mask;

/// Returns `text` with each run of white space as one space and none at its ends.
#[must_use]
pub fn collapse_whitespace(text: &str) -> String {
    let text = text.trim();
    let bytes = text.as_bytes();
    let mut collapsed = String::with_capacity(text.len());
    let mut copied = 0;
    let mut at = 0;
    loop {
        at += single_spaced(&bytes[at..]);
        if at == bytes.len() {
            break;
        }
        let rest = &text[at..];
        let spaces = rest.len() - rest.trim_start().len();
        if spaces > 0 {
            collapsed.push_str(&text[copied..at]);
            collapsed.push(' ');
            copied = at + spaces;
        }
        at += spaces.max(1);
    }
    collapsed.push_str(&text[copied..]);
    collapsed
}

/// Returns the number of bytes before white space that may not be a single space.
fn single_spaced(bytes: &[u8]) -> usize {
    const BLOCK: usize = 16;
    let kind = |at: usize| bytes.get(at).map_or(0, |byte| SPACES[usize::from(*byte)]);
    let mut at = 0;
    // Conditions for each byte would take longer, because no processor foresees the ends of words.
    while let Some(block) = bytes.get(at..=at + BLOCK) {
        let mut kinds = block.iter().map(|byte| SPACES[usize::from(*byte)]);
        let first = kinds.next().unwrap_or(0);
        let (runs, _) = kinds.fold((0, first), |(runs, kind), next| {
            (runs | kind & (next | OTHER), next)
        });
        if runs != 0 {
            break;
        }
        at += BLOCK;
    }
    while at < bytes.len() && kind(at) & (kind(at + 1) | OTHER) == 0 {
        at += 1;
    }
    at
}

/// The bit in [`SPACES`] of bytes that may begin white space other than the space.
const OTHER: u8 = 2;

/// For each byte, 0 unless it may be the first of a white space character in UTF-8; 1 for the space, and 1 and [`OTHER`]
/// for others.
static SPACES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < table.len() {
        table[byte] = match byte {
            0x20 => 1,
            0x09..=0x0d | 0xc2 | 0xe1..=0xe3 => 1 | OTHER,
            _ => 0,
        };
        byte += 1;
    }
    table
};

/// Returns the first `max` characters of `text` on one line, for a message that quotes another program:
/// known secrets are masked before the cut, control characters become spaces, and `…` marks the cut.
#[must_use]
pub fn excerpt(text: &str, max: usize) -> String {
    let line = text.replace(char::is_control, " ");
    let line = mask(&collapse_whitespace(&line)).into_owned();
    match line.char_indices().nth(max) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// The number of texts up to which comparing each with all others is faster than a set.
const FEW: usize = 8;

/// Returns `texts` in their order, each once regardless of case, without empty ones.
#[must_use]
pub fn distinct(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    let mut known = HashSet::new();
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        if distinct.len() == FEW && known.is_empty() {
            known.extend(distinct.iter().map(|text| text.to_lowercase()));
        }
        let is_new = match distinct.len() {
            0..FEW => !distinct.iter().any(|other| is_same(other, &text)),
            _ => known.insert(text.to_lowercase()),
        };
        if is_new {
            distinct.push(text);
        }
    }
    distinct
}

/// Returns `true` if two texts are the same regardless of case.
fn is_same(one: &str, other: &str) -> bool {
    match one.is_ascii() && other.is_ascii() {
        true => one.eq_ignore_ascii_case(other),
        false => one.to_lowercase() == other.to_lowercase(),
    }
}

/// Returns a language as a BCP 47 tag: many sites write `zh_CN`.
#[must_use]
pub fn language_tag(text: &str) -> String {
    text.trim().replace('_', "-")
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::{collapse_whitespace, distinct};
    use crate::testkit::trials;

    #[test]
    fn collapse_whitespace_trims_ends() {
        assert_eq!(collapse_whitespace(" a\u{a0}\n b "), "a b");
        assert_eq!(collapse_whitespace(" \t"), "");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(trials(256)))]

        #[test]
        fn collapse_whitespace_agrees_with_words(text in "(a{0,20}[ a\t\n\u{85}\u{a0}\u{1680}\u{2003}\u{2028}\u{202f}\u{205f}\u{3000}\u{1c}é“東\u{200b}]|[a ]{0,3}){0,40}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(collapse_whitespace(&text), words.join(" "));
        }

        #[test]
        fn distinct_agrees_with_set(texts in prop::collection::vec("[abAßÉé]{0,2}", 0..30)) {
            let mut known = HashSet::new();
            let mut expected = texts.clone();
            expected.retain(|text| !text.is_empty() && known.insert(text.to_lowercase()));
            prop_assert_eq!(distinct(texts), expected);
        }
    }

    #[test]
    fn distinct_ignores_case() {
        let texts = ["Rust", "", "rust", "Web", "RUST"].map(str::to_owned);
        assert_eq!(distinct(texts), ["Rust", "Web"]);
    }
}

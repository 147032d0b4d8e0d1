//! Text as plugins read it: HTML fragments, white space, lengths, languages.

pub mod html;
mod sanitize;
mod shorten;

use std::collections::HashSet;

pub use sanitize::{sanitize, utf16_len};
pub use shorten::{MAX_SHORTENED, shorten};

use crate::mask;

/// Returns `text` with each run of white space as one space and none at its ends.
#[must_use]
pub fn collapse_whitespace(text: &str) -> String {
    let mut collapsed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    collapsed
}

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

/// Returns `texts` in their order, each once regardless of case, without empty ones.
#[must_use]
pub fn distinct(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut known = HashSet::new();
    let is_new = |text: &String| !text.is_empty() && known.insert(text.to_lowercase());
    texts.into_iter().filter(is_new).collect()
}

/// Returns a language as a BCP 47 tag: many sites write `zh_CN`.
#[must_use]
pub fn language_tag(text: &str) -> String {
    text.trim().replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::{collapse_whitespace, distinct};

    #[test]
    fn collapse_whitespace_trims_ends() {
        assert_eq!(collapse_whitespace(" a\u{a0}\n b "), "a b");
        assert_eq!(collapse_whitespace(" \t"), "");
    }

    #[test]
    fn distinct_ignores_case() {
        let texts = ["Rust", "", "rust", "Web", "RUST"].map(str::to_owned);
        assert_eq!(distinct(texts), ["Rust", "Web"]);
    }
}

//! Text as plugins read it: HTML fragments, white space, lengths, languages.

pub mod html;
mod shorten;

pub use shorten::shorten;

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

/// Returns a language as a BCP 47 tag: many sites write `zh_CN`.
#[must_use]
pub fn language_tag(text: &str) -> String {
    text.trim().replace('_', "-")
}

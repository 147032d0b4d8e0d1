//! Encodes commentary as plain text for the older dialects. A hashtag is its word with a `#`, a
//! mention is the plain name. The APIs have annotations for mentions, but LinkedIn no longer
//! documents them. The escapes of little text would be visible to readers.

use syndicate_api::{RichText, TextSpan};

use syndicate_api::text::{sanitize, utf16_len};

/// Encodes `text` without its invisible characters.
pub(crate) fn encode(text: &RichText) -> String {
    sanitize(&text.plain())
}

/// Returns the length of the encoded text.
pub(crate) fn measure(text: &RichText) -> usize {
    utf16_len(&encode(text))
}

/// Parses plain text as LinkedIn displays it: a word after a `#` is a hashtag, unless it is part of
/// another word or of a URL.
pub(crate) fn decode(text: &str) -> RichText {
    let mut spans = Vec::new();
    for piece in text.split_inclusive(char::is_whitespace) {
        match piece.contains("://") {
            true => spans.push(TextSpan::Text(piece.to_owned())),
            false => decode_words(piece, &mut spans),
        }
    }
    RichText(spans)
}

/// Parses text that contains no URL. White space occurs only at its end.
fn decode_words(mut text: &str, spans: &mut Vec<TextSpan>) {
    let mut searched = 0;
    while let Some(start) = text[searched..].find('#').map(|at| at + searched) {
        let (before, rest) = (&text[..start], &text[start + 1..]);
        let end = rest.find(|c: char| !is_of_word(c)).unwrap_or(rest.len());
        let word = &rest[..end];
        let is_separated = !before.ends_with(|c: char| is_of_word(c) || matches!(c, '#' | '&'));
        if is_separated && word.contains(char::is_alphabetic) {
            if !before.is_empty() {
                spans.push(TextSpan::Text(before.to_owned()));
            }
            spans.push(TextSpan::Hashtag(word.to_owned()));
            text = &rest[end..];
            searched = 0;
        } else {
            searched = start + 1;
        }
    }
    if !text.is_empty() {
        spans.push(TextSpan::Text(text.to_owned()));
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decode_finds_only_hashtags() {
        for (text, hashtags) in [
            ("New #rust and (#web_dev)", &["rust", "web_dev"][..]),
            ("#a\n#b", &["a", "b"]),
            ("C# x#y ## #1 a&#b", &[]),
            ("https://example.org/#top #top", &["top"]),
            ("#über!", &["über"]),
        ] {
            let spans = decode(text).0;
            let found: Vec<&str> = spans
                .iter()
                .filter_map(|span| match span {
                    TextSpan::Hashtag(word) => Some(word.as_str()),
                    _ => None,
                })
                .collect();
            assert_eq!(found, hashtags, "{text}");
        }
    }

    proptest! {
        #[test]
        fn decode_keeps_every_character(text in "[#a-z_ \n:/é]{0,40}") {
            prop_assert_eq!(decode(&text).plain(), text);
        }
    }
}

//! Placeholders that separate values from the template's own text.
//!
//! Handlebars writes one flat string, but `#` typed in a template starts a hashtag and `#` in a title
//! does not. Each value is therefore enclosed in Unicode noncharacters, which are reserved for internal
//! use and are removed from all input (see [`super::clean`]).

const VALUE: char = '\u{fdd0}';
const HASHTAG: char = '\u{fdd1}';
const END: char = '\u{fdd2}';
const PART: char = '\u{fdd3}';
const PART_MIN_END: char = '\u{fdd4}';
const PART_END: char = '\u{fdd5}';
const NAME: char = '\u{fdd6}';

/// The origin of a span of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextOrigin {
    /// Written by the author of the template or of the commentary.
    Written,
    /// Printed by `{{…}}`.
    Value,
    /// A value that is a URL of the item.
    Link,
    /// The word of a hashtag, printed by a helper.
    Hashtag,
    /// The key of an account under `mentions`, not resolved yet.
    Name,
    /// The display name of the account with this index in the [`MentionTable`](super::MentionTable), which
    /// the sink can mention.
    Mention(usize),
}

/// A span of text with one origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextPiece {
    pub(super) origin: TextOrigin,
    pub(super) text: String,
    /// The minimum number of characters of a `{{fit …}}` part; `None` outside of one.
    pub(super) min: Option<usize>,
}

/// Returns `text` enclosed as a value.
pub(super) fn value(text: &str) -> String {
    format!("{VALUE}{text}{END}")
}

/// Returns `word` enclosed as a hashtag.
pub(super) fn hashtag(word: &str) -> String {
    format!("{HASHTAG}{word}{END}")
}

/// Returns `key` enclosed as the key of a mention.
pub(super) fn name(key: &str) -> String {
    format!("{NAME}{key}{END}")
}

/// Returns `marked` enclosed as a part that may be shortened to `min` characters.
pub(super) fn part(min: usize, marked: &str) -> String {
    format!("{PART}{min}{PART_MIN_END}{marked}{PART_END}")
}

/// Splits a text with placeholders into pieces. Values equal to one of `addresses` are links.
pub(super) fn decode(marked: &str, addresses: &[String]) -> Vec<TextPiece> {
    let mut decoder = Decoder::default();
    for c in marked.chars() {
        match c {
            VALUE => decoder.switch(TextOrigin::Value, addresses),
            HASHTAG => decoder.switch(TextOrigin::Hashtag, addresses),
            NAME => decoder.switch(TextOrigin::Name, addresses),
            END => decoder.switch(TextOrigin::Written, addresses),
            PART => decoder.switch(TextOrigin::Written, addresses),
            PART_MIN_END => {
                decoder.min = std::mem::take(&mut decoder.text).parse().ok();
            }
            PART_END => {
                decoder.switch(TextOrigin::Written, addresses);
                decoder.min = None;
            }
            _ => decoder.text.push(c),
        }
    }
    decoder.switch(TextOrigin::Written, addresses);
    decoder.pieces
}

struct Decoder {
    pieces: Vec<TextPiece>,
    origin: TextOrigin,
    text: String,
    min: Option<usize>,
}

impl Default for Decoder {
    fn default() -> Self {
        Self {
            pieces: Vec::new(),
            origin: TextOrigin::Written,
            text: String::new(),
            min: None,
        }
    }
}

impl Decoder {
    /// Ends the current piece and starts one with `origin`.
    fn switch(&mut self, origin: TextOrigin, addresses: &[String]) {
        let text = std::mem::take(&mut self.text);
        let ended = std::mem::replace(&mut self.origin, origin);
        if text.is_empty() {
            return;
        }
        let is_address = ended == TextOrigin::Value && addresses.contains(&text);
        self.pieces.push(TextPiece {
            origin: if is_address { TextOrigin::Link } else { ended },
            // A shortened URL would be broken.
            min: self.min.filter(|_| !is_address),
            text,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{TextOrigin, decode, hashtag, part, value};

    #[test]
    fn decode_restores_pieces_in_order() {
        let marked = format!(
            "New: {}{} at {} {}!",
            part(40, &value("A #1 bug")),
            part(7, "written"),
            value("https://example.org/a"),
            hashtag("Rust"),
        );
        let pieces: Vec<_> = decode(&marked, &["https://example.org/a".to_owned()])
            .into_iter()
            .map(|piece| (piece.origin, piece.text, piece.min))
            .collect();
        let expected = [
            (TextOrigin::Written, "New: ", None),
            (TextOrigin::Value, "A #1 bug", Some(40)),
            (TextOrigin::Written, "written", Some(7)),
            (TextOrigin::Written, " at ", None),
            (TextOrigin::Link, "https://example.org/a", None),
            (TextOrigin::Written, " ", None),
            (TextOrigin::Hashtag, "Rust", None),
            (TextOrigin::Written, "!", None),
        ]
        .map(|(origin, text, min)| (origin, text.to_owned(), min));
        assert_eq!(pieces, expected);
    }
}

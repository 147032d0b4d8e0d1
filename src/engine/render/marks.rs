//! Marks that keep values apart from the template's own text. Handlebars writes one flat string, yet
//! a `#` that the template's author typed means a hashtag and a `#` in a title does not. So each
//! value is wrapped in characters that no text may hold: Unicode noncharacters, reserved for a
//! program's private use and taken out of everything that comes in (see [`super::clean`]).

const VALUE: char = '\u{fdd0}';
const HASHTAG: char = '\u{fdd1}';
const END: char = '\u{fdd2}';
const PART: char = '\u{fdd3}';
const PART_MIN_END: char = '\u{fdd4}';
const PART_END: char = '\u{fdd5}';
const NAME: char = '\u{fdd6}';

/// Where a stretch of text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextOrigin {
    /// Typed by the author of the template or of the commentary.
    Written,
    /// Printed by `{{…}}`.
    Value,
    /// A value that is the item's own address.
    Link,
    /// The word of a hashtag that a helper made.
    Hashtag,
    /// What the mention book knows somebody by.
    Name,
    /// The shown name of the one with this index in the book, whom the sink can mention.
    Mention(usize),
}

/// A stretch of text of one origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TextPiece {
    pub(super) origin: TextOrigin,
    pub(super) text: String,
    /// For what stands in `{{fit …}}`: how many characters have to stay.
    pub(super) min: Option<usize>,
}

/// `text` marked as a value.
pub(super) fn value(text: &str) -> String {
    format!("{VALUE}{text}{END}")
}

/// `word` marked as a hashtag.
pub(super) fn hashtag(word: &str) -> String {
    format!("{HASHTAG}{word}{END}")
}

/// `key` marked as somebody of the mention book.
pub(super) fn name(key: &str) -> String {
    format!("{NAME}{key}{END}")
}

/// `marked` marked as a part of which all but `min` characters may go.
pub(super) fn part(min: usize, marked: &str) -> String {
    format!("{PART}{min}{PART_MIN_END}{marked}{PART_END}")
}

/// Takes the marks off. Values equal to one of `addresses` are links.
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
    /// Ends the present piece and goes on with `origin`.
    fn switch(&mut self, origin: TextOrigin, addresses: &[String]) {
        let text = std::mem::take(&mut self.text);
        let ended = std::mem::replace(&mut self.origin, origin);
        if text.is_empty() {
            return;
        }
        let is_address = ended == TextOrigin::Value && addresses.contains(&text);
        self.pieces.push(TextPiece {
            origin: if is_address { TextOrigin::Link } else { ended },
            // Shortening would break an address.
            min: self.min.filter(|_| !is_address),
            text,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{TextOrigin, decode, hashtag, part, value};

    #[test]
    fn marks_come_off_in_the_order_they_went_on() {
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

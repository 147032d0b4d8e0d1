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
pub(super) enum Origin {
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
pub(super) struct Piece {
    pub(super) origin: Origin,
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
pub(super) fn decode(marked: &str, addresses: &[String]) -> Vec<Piece> {
    let mut decoder = Decoder::default();
    for c in marked.chars() {
        match c {
            VALUE => decoder.switch(Origin::Value, addresses),
            HASHTAG => decoder.switch(Origin::Hashtag, addresses),
            NAME => decoder.switch(Origin::Name, addresses),
            END => decoder.switch(Origin::Written, addresses),
            PART => decoder.switch(Origin::Written, addresses),
            PART_MIN_END => {
                decoder.min = std::mem::take(&mut decoder.text).parse().ok();
            }
            PART_END => {
                decoder.switch(Origin::Written, addresses);
                decoder.min = None;
            }
            _ => decoder.text.push(c),
        }
    }
    decoder.switch(Origin::Written, addresses);
    decoder.pieces
}

struct Decoder {
    pieces: Vec<Piece>,
    origin: Origin,
    text: String,
    min: Option<usize>,
}

impl Default for Decoder {
    fn default() -> Self {
        Self {
            pieces: Vec::new(),
            origin: Origin::Written,
            text: String::new(),
            min: None,
        }
    }
}

impl Decoder {
    /// Ends the present piece and goes on with `origin`.
    fn switch(&mut self, origin: Origin, addresses: &[String]) {
        let text = std::mem::take(&mut self.text);
        let ended = std::mem::replace(&mut self.origin, origin);
        if text.is_empty() {
            return;
        }
        let is_address = ended == Origin::Value && addresses.contains(&text);
        self.pieces.push(Piece {
            origin: if is_address { Origin::Link } else { ended },
            // Shortening would break an address.
            min: self.min.filter(|_| !is_address),
            text,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{Origin, decode, hashtag, part, value};

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
            (Origin::Written, "New: ", None),
            (Origin::Value, "A #1 bug", Some(40)),
            (Origin::Written, "written", Some(7)),
            (Origin::Written, " at ", None),
            (Origin::Link, "https://example.org/a", None),
            (Origin::Written, " ", None),
            (Origin::Hashtag, "Rust", None),
            (Origin::Written, "!", None),
        ]
        .map(|(origin, text, min)| (origin, text.to_owned(), min));
        assert_eq!(pieces, expected);
    }
}

//! The direction of a text.

use unicode_bidi::{BidiClass, bidi_class};

/// Returns `true` if `text` is read from right to left: if its first letter is (rules P2 and P3 of UAX 9).
pub(crate) fn is_rtl(text: &str) -> bool {
    let mut strong = text
        .chars()
        .filter_map(|character| match bidi_class(character) {
            BidiClass::L => Some(false),
            BidiClass::R | BidiClass::AL => Some(true),
            _ => None,
        });
    strong.next().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_letter_decides() {
        for (text, expected) in [
            ("Rust", false),
            ("مرحبا Rust", true),
            ("Rust مرحبا", false),
            ("«12» שלום", true),
            ("123", false),
            ("", false),
        ] {
            assert_eq!(is_rtl(text), expected, "{text}");
        }
    }
}

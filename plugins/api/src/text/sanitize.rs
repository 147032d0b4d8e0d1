//! Removes invisible characters, such as escape sequences, and measures text. Sinks sanitize a text before they measure
//! it, so that the measured text equals the sent text.

/// Removes control characters except line breaks and tabs. A carriage return becomes a line break.
#[must_use]
pub fn sanitize(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

/// Returns the length in UTF-16 code units. They give the highest count of the common units, so a text within a limit
/// fits in any of them.
#[must_use]
pub fn utf16_len(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_removed() {
        for (text, expected) in [
            ("a\tb\nc", "a\tb\nc"),
            ("a\r\nb\rc", "a\nb\nc"),
            ("\0a\u{1b}[31m\u{7f}\u{85}", "a[31m"),
            ("é👩\u{200d}👧 \u{2028}", "é👩\u{200d}👧 \u{2028}"),
        ] {
            assert_eq!(sanitize(text), expected, "{text:?}");
        }
    }

    #[test]
    fn emoji_counts_as_two_units() {
        assert_eq!(utf16_len("aé👩"), 4);
    }
}

//! Which characters reach a reader, and how long a text is. Characters that nobody can see, such as
//! a stray escape, are left out before anything else is decided, so that the text that is measured
//! is the text that is sent.

/// `text` without control characters other than line breaks and tabs. A carriage return becomes the
/// line break that it was meant as.
pub(crate) fn sanitize(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

/// The length in UTF-16 code units. LinkedIn documents no unit; of those in use it is the largest,
/// so that whatever fits by it fits by any.
pub(crate) fn utf16_len(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_reader_sees_is_left() {
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
    fn an_emoji_counts_twice() {
        assert_eq!(utf16_len("aé👩"), 4);
    }
}

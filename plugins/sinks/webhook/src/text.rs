//! Removes invisible characters, such as escape sequences, and measures text. Text is sanitized before it is
//! measured, so that the measured text equals the sent text.

/// Removes control characters except line breaks and tabs. A carriage return becomes a line break.
pub(crate) fn sanitize(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}

/// Returns `text` sanitized, on one line.
pub(crate) fn one_line(text: &str) -> String {
    syndicate_api::text::collapse_whitespace(&sanitize(text))
}

/// Returns the length in UTF-16 code units.
pub(crate) fn utf16_len(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Returns `url` as a web URL with all invalid characters percent-encoded; `None` if it is not one.
pub(crate) fn web_url(url: &str) -> Option<String> {
    let url = url::Url::parse(url.trim()).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.into())
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
        ] {
            assert_eq!(sanitize(text), expected, "{text:?}");
        }
        assert_eq!(one_line(" a\r\n\u{1b}b "), "a b");
    }

    #[test]
    fn web_url_is_absolute() {
        let url = web_url(" https://example.org/a b|<c>").unwrap();
        assert_eq!(url, "https://example.org/a%20b|%3Cc%3E");
        for text in ["", "/a", "javascript:alert(1)", "mailto:a@b.c"] {
            assert_eq!(web_url(text), None, "{text}");
        }
    }
}

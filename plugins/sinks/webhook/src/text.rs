//! Text on one line, and URLs.

pub(crate) use syndicate_api::text::{sanitize, utf16_len};

/// Returns `text` sanitized, on one line.
pub(crate) fn one_line(text: &str) -> String {
    syndicate_api::text::collapse_whitespace(&sanitize(text))
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
    fn line_has_no_invisible_characters() {
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

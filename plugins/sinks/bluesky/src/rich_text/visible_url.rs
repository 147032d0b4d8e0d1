//! The visible part of a link in a text.

use unicode_segmentation::UnicodeSegmentation as _;
use url::{Position, Url};

/// The longest path that is visible as a whole, and the part of a longer one, in grapheme clusters. Bluesky's own
/// program uses the same lengths.
const MAX_PATH: usize = 15;
const SHORT_PATH: usize = 13;

/// Returns the host, which is never shortened, and the beginning of the path.
pub(crate) fn visible_url(url: &Url) -> String {
    let host = &url[Position::BeforeHost..Position::AfterPort];
    let path = &url[Position::BeforePath..];
    if path == "/" {
        return host.to_owned();
    }
    if path.graphemes(true).count() <= MAX_PATH {
        return format!("{host}{path}");
    }
    let short: String = path.graphemes(true).take(SHORT_PATH).collect();
    format!("{host}{short}…")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn long_paths_are_shortened() {
        for (url, expected) in [
            ("https://example.org", "example.org"),
            ("https://example.org/", "example.org"),
            ("https://example.org/a/", "example.org/a/"),
            (
                "http://example.org:8080/a?b=c#d",
                "example.org:8080/a?b=c#d",
            ),
            (
                "https://example.org/123456789012345",
                "example.org/123456789012…",
            ),
            ("https://user:secret@example.org/", "example.org"),
        ] {
            assert_eq!(visible_url(&Url::parse(url).unwrap()), expected);
        }
    }

    proptest! {
        #[test]
        fn host_is_whole_and_text_is_prefix(
            host in "[a-z]{1,30}\\.[a-z]{2,6}",
            path in "[a-z0-9/%ü👩🏽?=#_-]{0,60}",
        ) {
            let url = Url::parse(&format!("https://{host}/{path}")).unwrap();
            let visible = visible_url(&url);
            prop_assert!(visible.starts_with(&host), "{visible}");
            let shown = visible.trim_end_matches('…');
            prop_assert!(url.as_str()["https://".len()..].starts_with(shown), "{visible}");
            prop_assert!(visible.graphemes(true).count() <= host.len() + MAX_PATH);
        }
    }
}

//! The length of a text as Mastodon counts it: grapheme clusters of content warning and text, where every URL has the
//! same length and a mention counts without its host.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::mention::mentions;
use super::url::find_urls;

/// The replacement of a character of a URL.
const PLACEHOLDER: &str = "x";

/// Returns the length of `text` below `content_warning`, with `url_length` characters for each URL.
pub(crate) fn length(text: &str, content_warning: &str, url_length: usize) -> usize {
    let urls = find_urls(text);
    let mut counted = content_warning.to_owned();
    let mut at = 0;
    for (range, replacement) in replacements(text, &urls, url_length) {
        counted.push_str(&text[at..range.start]);
        counted.push_str(&replacement);
        at = range.end;
    }
    counted.push_str(&text[at..]);
    counted.graphemes(true).count()
}

/// Returns the number of code points of text and content warning.
pub(crate) fn code_points(text: &str, content_warning: &str) -> usize {
    text.chars().count() + content_warning.chars().count()
}

/// Returns the parts of `text` that do not count as they are, and their replacements.
fn replacements(
    text: &str,
    urls: &[super::url::FoundUrl],
    url_length: usize,
) -> Vec<(Range<usize>, String)> {
    let mut parts: Vec<(Range<usize>, String)> = Vec::new();
    for url in urls {
        let own = text[url.range.clone()].chars().count();
        // Some servers make a link of a URL that Mastodon leaves as text, so the longer form counts.
        let length = if url.is_link {
            url_length
        } else {
            own.max(url_length)
        };
        parts.push((url.range.clone(), PLACEHOLDER.repeat(length)));
    }
    for mention in mentions(text) {
        let is_in_url = |url: &super::url::FoundUrl| {
            mention.range.start < url.range.end && url.range.start < mention.range.end
        };
        if !urls.iter().any(is_in_url) {
            let name = text[mention.range.start..mention.name_end].to_owned();
            parts.push((mention.range, name));
        }
    }
    parts.sort_by_key(|(range, _)| range.start);
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lengths_follow_documentation() {
        for (text, warning, expected) in [
            ("", "", 0),
            ("Hello", "", 5),
            ("Hello", "CW", 7),
            ("https://example.org/", "", 23),
            (
                "https://example.org/a/very/long/path?with=query#and",
                "",
                23,
            ),
            ("a https://a.org/b, https://c.org", "", 2 + 23 + 2 + 23),
            ("@jane@example.social", "", 5),
            ("@jane and @j@e.org!", "", 13),
            ("👩‍👩‍👧‍👦é", "🏳️‍🌈", 3),
            ("http://localhost/", "", 23),
            ("http://localhost/a/path/that/is/longer", "", 38),
        ] {
            assert_eq!(length(text, warning, 23), expected, "{text}");
        }
    }

    #[test]
    fn mention_in_url_counts_as_url() {
        assert_eq!(length("https://a.org/@jane@b.org", "", 23), 23);
        assert_eq!(code_points("é https://a.org", "cw"), 17);
    }

    proptest! {
        #[test]
        fn every_url_has_same_length(
            words in "[a-z]{0,8}( [a-z]{1,8}){0,5}",
            path in "[a-z0-9]{0,60}",
            reserved in 1_usize..60,
        ) {
            let text = format!("{words} https://example.org/{path}");
            prop_assert_eq!(length(&text, "", reserved), words.len() + 1 + reserved);
        }

        #[test]
        fn host_of_mention_is_free(words in "[a-z]{0,8}", name in "[a-z0-9_]{1,20}", host in "[a-z]{1,20}\\.org") {
            let text = format!("{words} @{name}@{host}");
            prop_assert_eq!(length(&text, "", 23), words.len() + 2 + name.len());
        }

        #[test]
        fn content_warning_counts_in(text in r"[a-z]\PC{0,40}", warning in "[a-z ]{0,20}") {
            prop_assert_eq!(length(&text, &warning, 23), length(&text, "", 23) + warning.len());
        }

        #[test]
        fn length_without_entities_is_graphemes(text in r"[^:@]{0,40}") {
            prop_assert_eq!(length(&text, "", 23), text.graphemes(true).count());
        }
    }
}

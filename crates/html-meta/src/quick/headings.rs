//! Checks whether a heading may be that of a "page not found" page.

use memchr::memmem;

use super::references::{self, Context};
use crate::signals::NOT_FOUND_WORDS;

/// The longest heading in bytes that is read, with its markup.
const MAX_LEN: usize = 1024;

/// Returns `true` if the heading at the start of `bytes` may be that of a "page not found" page. Longer texts
/// than the heading do no harm.
pub(super) fn may_be_not_found(bytes: &[u8]) -> bool {
    let within = &bytes[..bytes.len().min(MAX_LEN)];
    let Some(end) = memmem::find(within, b"</h").or_else(|| memmem::find(within, b"</H")) else {
        return true;
    };
    let Some(text) = references::decode(&without_tags(&within[..end]), Context::Title)
        .map(|text| text.to_lowercase())
    else {
        return true;
    };
    text.contains('\0') || NOT_FOUND_WORDS.iter().any(|word| text.contains(word))
}

/// Returns a text without its tags. It begins within one.
fn without_tags(html: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(html.len());
    let mut is_in_tag = true;
    for byte in html {
        match byte {
            b'<' => is_in_tag = true,
            b'>' if is_in_tag => is_in_tag = false,
            _ if is_in_tag => {}
            byte => text.push(*byte),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::may_be_not_found;

    #[test]
    fn error_headings_are_noticed() {
        for (heading, expected) in [
            (">Tides</h1>", false),
            (" class=x>How I f<b>o</b>und it</h1>", true),
            (">Page&nbsp;not found</H2>", true),
            (
                ">&#1053;&#1072;&#1081;&#1076;&#1077;&#1085;&#1072;</h2>",
                true,
            ),
            (">Tides", true),
        ] {
            assert_eq!(may_be_not_found(heading.as_bytes()), expected, "{heading}");
        }
    }
}

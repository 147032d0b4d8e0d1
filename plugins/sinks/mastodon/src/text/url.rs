//! Finds the URLs in a text by the rules of Mastodon, which uses those of `twitter-text`: a public host, no trailing
//! punctuation, and brackets only in pairs. Where the rules are not clear, the shorter URL counts, so that the text is
//! never longer on the server.

use std::ops::Range;

/// A URL in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoundUrl {
    pub(super) range: Range<usize>,
    /// `true` if Mastodon makes a link of it, so that it has a fixed length.
    pub(super) is_link: bool,
}

/// Characters that cannot end a path.
const NOT_LAST: &str = "()?!*\"'「」<>;:=,.$%[]~&|@";

/// Returns the `http` and `https` URLs in `text` that Mastodon makes links of.
pub(crate) fn urls(text: &str) -> impl Iterator<Item = &str> {
    let found = find_urls(text).into_iter();
    found.filter(|url| url.is_link).map(|url| &text[url.range])
}

/// Returns everything in `text` that looks like an `http` or `https` URL.
pub(super) fn find_urls(text: &str) -> Vec<FoundUrl> {
    let mut found: Vec<FoundUrl> = Vec::new();
    for (separator, _) in text.match_indices("://") {
        let Some(start) = scheme_start(text, separator) else {
            continue;
        };
        if found.last().is_some_and(|before| start < before.range.end) {
            continue;
        }
        let host_start = separator + "://".len();
        let host = &text[host_start..host_start + host_length(&text[host_start..])];
        let mut end = host_start + host.len();
        if host.is_empty() {
            continue;
        }
        end += port_length(&text[end..]);
        end += path_length(&text[end..]);
        end += query_length(&text[end..]);
        let before = text[..start].chars().next_back();
        found.push(FoundUrl {
            range: start..end,
            is_link: is_public_host(host) && !before.is_some_and(joins),
        });
    }
    found
}

/// Returns the start of `http` or `https` before `separator`.
fn scheme_start(text: &str, separator: usize) -> Option<usize> {
    ["https", "http"].into_iter().find_map(|scheme| {
        let start = separator.checked_sub(scheme.len())?;
        let found = text.get(start..separator)?;
        found.eq_ignore_ascii_case(scheme).then_some(start)
    })
}

/// Returns `true` if a URL directly after this character is not a link.
fn joins(before: char) -> bool {
    before.is_ascii_alphanumeric() || "@＠$#＃".contains(before)
}

fn host_length(text: &str) -> usize {
    let is_host = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    let host = &text[..text.find(|c| !is_host(c)).unwrap_or(text.len())];
    host.trim_end_matches(['.', '-', '_']).len()
}

/// Returns `true` if `host` has a domain and a top-level domain.
fn is_public_host(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let Some((top, rest)) = labels.split_last() else {
        return false;
    };
    let is_top =
        top.chars().count() > 1 && top.chars().all(char::is_alphabetic) || top.starts_with("xn--");
    is_top && !rest.is_empty() && labels.iter().all(|label| !label.is_empty())
}

fn port_length(text: &str) -> usize {
    let Some(port) = text.strip_prefix(':') else {
        return 0;
    };
    let digits = port.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 { 0 } else { 1 + digits }
}

fn path_length(text: &str) -> usize {
    if !text.starts_with('/') {
        return 0;
    }
    let mut end = 0;
    let mut last = 0;
    while let Some(c) = text[end..].chars().next() {
        if let Some(length) = brackets_length(&text[end..], 2) {
            end += length;
            last = end;
            continue;
        }
        if c.is_whitespace() || "<>()?".contains(c) {
            break;
        }
        end += c.len_utf8();
        if c == '/' || !NOT_LAST.contains(c) {
            last = end;
        }
    }
    last
}

/// Returns the length of a pair of brackets at the start of `text` and of its content, with at most `depth` levels.
fn brackets_length(text: &str, depth: usize) -> Option<usize> {
    let inside = text.strip_prefix('(').filter(|_| depth > 0)?;
    let mut end = 0;
    while let Some(c) = inside[end..].chars().next() {
        match c {
            ')' => return (end > 0).then_some(end + 2),
            '(' => end += brackets_length(&inside[end..], depth - 1)?,
            _ if c.is_whitespace() || "<>?".contains(c) => return None,
            _ => end += c.len_utf8(),
        }
    }
    None
}

fn query_length(text: &str) -> usize {
    if !text.starts_with('?') {
        return 0;
    }
    let is_query = |c: char| {
        c.is_ascii_alphanumeric() || "!?*'();:&=+$/%#[]-_.,~|@^".contains(c) || c >= '\u{a1}'
    };
    let is_last = |c: char| c.is_ascii_alphanumeric() || "_&=#/-".contains(c) || c >= '\u{a1}';
    let run = &text[1..];
    let run = &run[..run
        .find(|c: char| !is_query(c) || c.is_whitespace())
        .unwrap_or(run.len())];
    let run = run.trim_end_matches(|c| !is_last(c));
    if run.is_empty() { 0 } else { 1 + run.len() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn url_excludes_sentence_punctuation() {
        for (text, expected) in [
            ("see https://a.org/b_c?d=e#f.", "https://a.org/b_c?d=e#f"),
            ("(https://a.org/x/)", "https://a.org/x/"),
            (
                "https://a.org/wiki/Rust_(game).",
                "https://a.org/wiki/Rust_(game)",
            ),
            ("https://a.org/x_(y", "https://a.org/x_"),
            ("<HTTP://a.org:80/>", "HTTP://a.org:80/"),
            ("https://日本語.jp/é,", "https://日本語.jp/é"),
            ("\"https://a.org\", b", "https://a.org"),
            ("https://a.org/?x=1&y=2)", "https://a.org/?x=1&y=2"),
            ("https://a.org/a,b;c!", "https://a.org/a,b;c"),
        ] {
            assert_eq!(urls(text).collect::<Vec<_>>(), [expected], "{text}");
        }
    }

    #[test]
    fn private_host_makes_no_link() {
        for text in [
            "http://localhost:80/x",
            "http://127.0.0.1/x",
            "https://",
            "ftp://a.org/x",
            "xhttps://a.org",
            "@https://a.org",
        ] {
            assert_eq!(urls(text).count(), 0, "{text}");
        }
    }

    proptest! {
        #[test]
        fn url_between_words_is_found(
            before in "[a-z ,.!]{0,10}[ \n(]",
            path in "[a-z0-9_-]{1,10}(/[a-z0-9_-]{1,10}){0,4}/?",
            query in "(\\?[a-z]{1,5}=[a-z0-9]{1,8}(&[a-z]{1,5}=[a-z0-9]{1,8}){0,3})?",
            after in "([ \n]|\\) )[a-z ,.!]{0,10}",
        ) {
            let url = format!("https://example.org/{path}{query}");
            let text = format!("{before}{url}{after}");
            prop_assert_eq!(urls(&text).collect::<Vec<_>>(), [url.as_str()]);
        }

        #[test]
        fn any_text_has_ordered_urls(text in r"(\PC|[ :/?#.()]|https?://|[a-c.]){0,40}") {
            let found = find_urls(&text);
            prop_assert!(found.iter().all(|url| text.get(url.range.clone()).is_some()));
            prop_assert!(found.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start));
        }
    }
}

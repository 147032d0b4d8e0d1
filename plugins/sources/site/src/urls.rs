//! URLs of the site. A path is percent-encoded once, like JavaScript's `encodeURI` and the generators
//! written in JavaScript, except that `?` and `#` in a file name are encoded too: unencoded they would
//! end the path.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::{Host, Url};

/// The characters that `encodeURI` encodes (ECMA-262), plus `?` and `#`; `%` is handled separately.
const ENCODE_SET: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The URL that all URLs of the site begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    /// Scheme, host and base path, without a trailing slash.
    text: String,
    /// The length of scheme and host in `text`.
    origin: usize,
    host: Option<Host>,
}

impl BaseUrl {
    /// Parses a base URL; returns `None` unless it is an `http` or `https` URL.
    pub(crate) fn parse(url: &str) -> Option<Self> {
        let url = Url::parse(url.trim()).ok()?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return None;
        }
        let origin = url.origin().ascii_serialization();
        let text = format!("{origin}{}", url.path().trim_end_matches('/'));
        Some(Self {
            text,
            origin: origin.len(),
            host: url.host().map(|host| host.to_owned()),
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the base path without a trailing slash; empty for a site at the root of its host.
    pub(crate) fn path(&self) -> &str {
        &self.text[self.origin..]
    }

    /// Returns `true` if `url` is on the site's host.
    pub(crate) fn has_host_of(&self, url: &Url) -> bool {
        let is_own = |own: &Host| url.host().is_some_and(|host| host == *own);
        self.host.as_ref().map_or(url.host().is_none(), is_own)
    }

    /// Returns the path of `url` relative to the base; `None` if it is not below the base.
    pub(crate) fn relative_path<'a>(&self, url: &'a Url) -> Option<&'a str> {
        let path = self.has_host_of(url).then(|| url.path())?;
        match path.strip_prefix(self.path())? {
            "" => Some("/"),
            rest => rest.starts_with('/').then_some(rest),
        }
    }

    /// Returns the URL of `path`, which is relative to the base and not yet encoded.
    pub(crate) fn join(&self, path: &str) -> String {
        [&*self.text, &encode(&with_single_slashes(path))].concat()
    }

    /// Returns the URL of `path`, which may already begin with the base path.
    pub(crate) fn join_absolute(&self, path: &str) -> String {
        self.join(self.strip_base_path(path))
    }

    /// Returns the URL of a reference that begins with a slash and may have a query. It may already begin
    /// with the base path.
    pub(crate) fn join_with_query(&self, reference: &str) -> String {
        let (path, query) = split_query(reference);
        let mut joined = self.join_absolute(path);
        if !query.is_empty() {
            joined.push_str(&encode_query(query));
        }
        joined
    }

    /// Returns `path` without the base path.
    pub(crate) fn strip_base_path<'a>(&self, path: &'a str) -> &'a str {
        match path.strip_prefix(self.path()) {
            Some(rest) if rest.starts_with('/') => rest,
            _ => path,
        }
    }
}

/// Returns `path` with one leading slash and without double slashes.
fn with_single_slashes(path: &str) -> Cow<'_, str> {
    if path.starts_with('/') && !path.as_bytes().windows(2).any(|pair| pair == b"//") {
        return Cow::Borrowed(path);
    }
    let mut rooted = String::with_capacity(path.len() + 1);
    rooted.push('/');
    for c in path.chars() {
        if c != '/' || !rooted.ends_with('/') {
            rooted.push(c);
        }
    }
    Cow::Owned(rooted)
}

/// Percent-encodes a path; sequences that are already encoded are kept.
pub(crate) fn encode(path: &str) -> String {
    if path.bytes().all(is_kept) {
        return path.to_owned();
    }
    let mut encoded = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('%') {
        encoded.extend(utf8_percent_encode(before, ENCODE_SET));
        let is_code = after.len() >= 2 && after.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit);
        encoded.push_str(if is_code { "%" } else { "%25" });
        rest = after;
    }
    encoded.extend(utf8_percent_encode(rest, ENCODE_SET));
    encoded
}

/// Returns `true` for characters of almost all paths, which are not encoded.
fn is_kept(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'~')
}

/// Percent-encodes a URL; the delimiters of query and fragment are kept.
pub(crate) fn encode_url(url: &str) -> String {
    let (path, query) = split_query(url);
    format!("{}{}", encode(path), encode_query(query))
}

fn split_query(reference: &str) -> (&str, &str) {
    reference.split_at(reference.find(['?', '#']).unwrap_or(reference.len()))
}

fn encode_query(query: &str) -> String {
    const QUERY_SET: &AsciiSet = &ENCODE_SET.remove(b'#').remove(b'?');
    utf8_percent_encode(query, QUERY_SET).to_string()
}

/// Decodes a percent-encoded path; returns it unchanged if the result is not UTF-8.
pub(crate) fn decode(path: &str) -> String {
    if !path.contains('%') {
        return path.to_owned();
    }
    percent_encoding::percent_decode_str(path)
        .decode_utf8()
        .map_or_else(|_| path.to_owned(), std::borrow::Cow::into_owned)
}

/// Resolves `reference` against the URL `page`.
pub(crate) fn resolve(page: &str, reference: &str) -> Option<String> {
    let url = Url::parse(page).ok()?.join(reference).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

/// Returns `true` if `reference` contains a host.
pub(crate) fn is_remote(reference: &str) -> bool {
    let begins = |start: &str| {
        let own = reference.get(..start.len());
        own.is_some_and(|own| own.eq_ignore_ascii_case(start))
    };
    ["//", "http://", "https://"].into_iter().any(begins)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn url_paths_are_encoded_once() {
        let base = BaseUrl::parse("https://feng.lu/blog/").unwrap();
        for (path, expected) in [
            ("a/My Pic.png", "https://feng.lu/blog/a/My%20Pic.png"),
            ("/a//b/", "https://feng.lu/blog/a/b/"),
            ("a%20b", "https://feng.lu/blog/a%20b"),
            ("100%", "https://feng.lu/blog/100%25"),
            ("C#?", "https://feng.lu/blog/C%23%3F"),
            ("it's (a)", "https://feng.lu/blog/it's%20(a)"),
            ("世界", "https://feng.lu/blog/%E4%B8%96%E7%95%8C"),
        ] {
            assert_eq!(base.join(path), expected, "{path}");
        }
        assert_eq!(base.join_absolute("/blog/x"), "https://feng.lu/blog/x");
        assert_eq!(
            base.join_absolute("/blogs/x"),
            "https://feng.lu/blog/blogs/x"
        );
    }

    #[test]
    fn base_url_must_be_http() {
        for url in ["feng.lu", "ftp://feng.lu", "/a", "mailto:a@b.org", ""] {
            assert_eq!(BaseUrl::parse(url), None, "{url}");
        }
        let base = BaseUrl::parse("https://x.github.io:8080/").unwrap();
        assert_eq!(
            (base.as_str(), base.path()),
            ("https://x.github.io:8080", "")
        );
    }

    proptest! {
        #[test]
        fn every_path_gives_valid_url(path in "\\PC{0,40}") {
            let base = BaseUrl::parse("https://example.org/b").unwrap();
            let address = base.join(&path);
            let url = Url::parse(&address);
            prop_assert!(url.is_ok(), "{}", address);
            prop_assert!(address.is_ascii());
            prop_assert_eq!(encode(&address[21..]), &address[21..]);
        }
    }
}

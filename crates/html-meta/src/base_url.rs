//! Resolves the references on a page against its base URL. The host of the result may be wrong, for
//! example on a site that was built for `localhost`; the caller has to correct it.

use url::Url;

/// Placeholder for the URL of a page whose URL is unknown.
const UNKNOWN_BASE: &str = "https://unknown.invalid/";
const UNKNOWN_HOST: &str = "unknown.invalid";

/// Hosts of local builds of a site that is not published yet.
const LOOPBACK: &[&str] = &["0.0.0.0", "127.0.0.1", "[::1]", "localhost"];

/// The URL against which the references of a page are resolved.
#[derive(Debug)]
pub(crate) struct BaseUrl {
    url: Option<Url>,
    /// The page's own URL.
    page: Option<Url>,
}

impl BaseUrl {
    /// Builds the base URL of a page from its `<base href>`, which may be relative. Without one, the
    /// base is `page_url`, the URL that the page was fetched from, or else the first absolute URL in
    /// `own`, the URLs that the page declares as its own.
    pub(crate) fn new(href: Option<&str>, page_url: Option<&Url>, own: &[&str]) -> Self {
        let page = page_url.cloned().or_else(|| {
            let mut absolute = own.iter().filter_map(|own| Url::parse(own).ok());
            absolute.find(is_web)
        });
        let base = Self {
            url: page.clone(),
            page,
        };
        let url = href.and_then(|href| base.url(href));
        Self {
            url: url.or(base.url),
            page: base.page,
        }
    }

    /// Returns the path and query of the URL that `reference` resolves to. Returns `None` if that
    /// URL is on another site; a loopback host counts as the own site, because the site may have
    /// been built for it.
    pub(crate) fn same_site_path(&self, reference: &str) -> Option<String> {
        let url = match &self.url {
            Some(base) => base.join(reference.trim()).ok()?,
            None => Url::parse(UNKNOWN_BASE).ok()?.join(reference.trim()).ok()?,
        };
        let host = is_web(&url).then(|| host_of(&url))?;
        let page = self.page.as_ref().or(self.url.as_ref());
        let own = page.map_or(UNKNOWN_HOST, |page| host_of(page));
        let is_own = host == own || LOOPBACK.contains(&host);
        is_own.then(|| match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        })
    }

    /// Returns the absolute URL that `reference` resolves to. Returns `None` if the reference is
    /// empty, has a scheme other than `http` and `https`, or is relative and no base is known.
    pub(crate) fn resolve(&self, reference: &str) -> Option<String> {
        if is_normal(reference) {
            return Some(reference.to_owned());
        }
        self.url(reference).map(String::from)
    }

    fn url(&self, reference: &str) -> Option<Url> {
        let reference = reference.trim();
        if reference.is_empty() {
            return None;
        }
        let url = match &self.url {
            Some(base) => base.join(reference),
            None if reference.starts_with("//") => Url::parse(&format!("https:{reference}")),
            None => Url::parse(reference),
        };
        url.ok().filter(is_web)
    }
}

/// Returns `true` if a URL is absolute and certainly in its normal form, so that parsing would not change it. Only
/// letters, digits, hyphens and slashes are accepted, and single dots between letters.
pub(crate) fn is_normal(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or(url.strip_prefix("http://"));
    let Some(rest) = rest.map(str::as_bytes) else {
        return false;
    };
    let Some(slash) = rest.iter().position(|byte| *byte == b'/') else {
        return false;
    };
    let (host, path) = (&rest[..slash], &rest[slash + 1..]);
    let mut before = b'.';
    let mut in_host = |byte: &u8| {
        let follows_dot = std::mem::replace(&mut before, *byte) == b'.';
        byte.is_ascii_lowercase() || !follows_dot && matches!(byte, b'0'..=b'9' | b'-' | b'.')
    };
    // Names in Punycode may be invalid.
    let is_host = host.iter().all(&mut in_host)
        && before != b'.'
        && !host.windows(4).any(|part| part == b"xn--");
    let is_plain = |(at, byte): (usize, &u8)| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'/' => true,
        b'.' => at > 0 && path[at - 1].is_ascii_alphanumeric(),
        _ => false,
    };
    is_host && path.iter().enumerate().all(is_plain)
}

fn host_of(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    host.strip_prefix("www.").unwrap_or(host)
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::{BaseUrl, is_normal};

    fn base(href: Option<&str>, page_url: Option<&str>, own: &[&str]) -> BaseUrl {
        let page_url = page_url.map(|page_url| Url::parse(page_url).unwrap());
        BaseUrl::new(href, page_url.as_ref(), own)
    }

    #[test]
    fn references_resolve_as_in_browsers() {
        let page = base(None, Some("http://localhost:4000/a/b/"), &[]);
        for (reference, expected) in [
            ("c.png", Some("http://localhost:4000/a/b/c.png")),
            (
                " /My Pic.png?v=1 ",
                Some("http://localhost:4000/My%20Pic.png?v=1"),
            ),
            ("//cdn.org/x.png", Some("http://cdn.org/x.png")),
            (
                "https://x.org/%E4%B8%96.png",
                Some("https://x.org/%E4%B8%96.png"),
            ),
            ("data:image/png;base64,AA", None),
            ("javascript:;", None),
            ("", None),
        ] {
            assert_eq!(page.resolve(reference).as_deref(), expected, "{reference}");
        }
    }

    #[test]
    fn base_prefers_base_element() {
        for (base, expected) in [
            (
                base(Some("/sub/"), Some("https://a.org/x/y"), &[]),
                "https://a.org/sub/p",
            ),
            (base(Some("https://b.org/"), None, &[]), "https://b.org/p"),
            (
                base(Some("javascript:"), Some("https://a.org/x/"), &[]),
                "https://a.org/x/p",
            ),
            (
                base(None, None, &["/relative/", "https://c.org/x/"]),
                "https://c.org/x/p",
            ),
            (
                base(None, Some("https://a.org/"), &["https://c.org/"]),
                "https://a.org/p",
            ),
        ] {
            assert_eq!(base.resolve("p").as_deref(), Some(expected));
        }
    }

    proptest! {
        #[test]
        fn normal_url_is_not_changed(
            url in "https?://(a|B|1|xn--|-|\\.|localhost){1,4}(:80)?(/(a|Z|0|-|_|\\.|%20|é| |\\?|#|//|~){0,5})?",
        ) {
            let parsed = Url::parse(&url).map(String::from);
            prop_assert!(!is_normal(&url) || parsed.as_ref() == Ok(&url), "{} {:?}", url, parsed);
        }
    }

    #[test]
    fn usual_urls_are_normal() {
        assert!(is_normal("https://www.example.org/posts/a-b/x_1.html"));
        assert!(is_normal("http://localhost/"));
        assert!(!is_normal("https://example.org"));
    }

    #[test]
    fn unknown_base_keeps_absolute_references() {
        let none = base(None, None, &["/a"]);
        assert_eq!(none.resolve("/x.png"), None);
        assert_eq!(
            none.resolve("//x.org/y").as_deref(),
            Some("https://x.org/y")
        );
    }
}

//! The base of the addresses on a page. Its host may be a wrong one, as of a site that was built
//! for `localhost`; it is returned as it is, and the caller has to correct it.

use url::Url;

/// The address that a page's references are resolved against.
#[derive(Debug)]
pub(crate) struct Base(Option<Url>);

impl Base {
    /// Returns the base of a page: its `<base href>`, which may itself be relative, else the
    /// address that it is at, else one that it gives for itself.
    pub(crate) fn new(href: Option<&str>, address: Option<&Url>, own: &[&str]) -> Self {
        let page = address.cloned().or_else(|| {
            let mut absolute = own.iter().filter_map(|own| Url::parse(own).ok());
            absolute.find(is_web)
        });
        let page = Self(page);
        match href.and_then(|href| page.url(href)) {
            Some(base) => Self(Some(base)),
            None => page,
        }
    }

    /// Returns the absolute address that `reference` means; `None` for one that is empty, of
    /// another scheme than `http` and `https`, or relative without a known base.
    pub(crate) fn resolve(&self, reference: &str) -> Option<String> {
        self.url(reference).map(String::from)
    }

    fn url(&self, reference: &str) -> Option<Url> {
        let reference = reference.trim();
        if reference.is_empty() {
            return None;
        }
        let url = match &self.0 {
            Some(base) => base.join(reference),
            None if reference.starts_with("//") => Url::parse(&format!("https:{reference}")),
            None => Url::parse(reference),
        };
        url.ok().filter(is_web)
    }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

#[cfg(test)]
mod tests {
    use super::Base;
    use url::Url;

    fn base(href: Option<&str>, address: Option<&str>, own: &[&str]) -> Base {
        let address = address.map(|address| Url::parse(address).unwrap());
        Base::new(href, address.as_ref(), own)
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

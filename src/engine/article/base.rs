//! The URL that relative links of an item refer to.

use url::{ParseError, Url};

/// The base of relative links: the URL of the item.
pub(super) struct LinkBase(Option<Url>);

impl LinkBase {
    /// Returns the base of an item with this URL. Without a valid URL, no link is resolved.
    pub(super) fn new(url: &str) -> Self {
        Self(Url::parse(url).ok())
    }

    /// Returns the absolute URL of `destination`. Returns `None` if it is absolute already, leads to a place in the
    /// same text, or contains a template tag.
    pub(super) fn resolve(&self, destination: &str) -> Option<String> {
        let is_within = destination.is_empty() || destination.starts_with('#');
        let is_template = destination.contains("{{") || destination.contains("{%");
        if is_within || is_template {
            return None;
        }
        match Url::parse(destination) {
            Err(ParseError::RelativeUrlWithoutBase) => {
                let url = self.0.as_ref()?.join(destination).ok()?;
                Some(url.to_string())
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LinkBase;

    #[test]
    fn destination_is_resolved_against_page() {
        let base = LinkBase::new("https://example.org/blog/hello/");
        for (destination, expected) in [
            ("a.png", Some("https://example.org/blog/hello/a.png")),
            ("../b/?x=1#y", Some("https://example.org/blog/b/?x=1#y")),
            ("/c d.png", Some("https://example.org/c%20d.png")),
            ("//cdn.example/x.js", Some("https://cdn.example/x.js")),
            ("?p=2", Some("https://example.org/blog/hello/?p=2")),
            ("", None),
            ("#part", None),
            ("https://example.com/", None),
            ("mailto:a@example.org", None),
            ("{{site.baseurl}}/x", None),
        ] {
            assert_eq!(
                base.resolve(destination).as_deref(),
                expected,
                "{destination}"
            );
        }
        assert_eq!(LinkBase::new("").resolve("/a"), None);
    }
}

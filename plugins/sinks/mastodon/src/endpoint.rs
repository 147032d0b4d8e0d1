//! The URL of the server. The token is sent to this host only.

use syndicate_api::url_is_loopback;
use url::Url;

/// The URL of the server.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    base: String,
    url: Url,
}

impl Endpoint {
    /// Parses a URL such as `https://mastodon.social`.
    ///
    /// # Errors
    /// Returns the reason why `text` is refused, as a predicate whose subject is the URL.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let url = Url::parse(text).map_err(|_| "is not an absolute URL")?;
        match url.scheme() {
            "https" => {}
            "http" if url_is_loopback(url.as_str()) => {}
            "http" => return Err("would send the token unencrypted; use `https`"),
            _ => return Err("is not an `https` URL"),
        }
        let has_credentials = !url.username().is_empty() || url.password().is_some();
        let has_path = !matches!(url.path(), "" | "/");
        if has_credentials || has_path || url.query().is_some() || url.fragment().is_some() {
            return Err("has more than scheme, host and port");
        }
        let base = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { base, url })
    }

    /// Returns the URL without a trailing slash.
    pub(crate) fn as_str(&self) -> &str {
        &self.base
    }

    /// Returns the host, with the port if it is not the scheme's own.
    pub(crate) fn host(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        match self.url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// Returns `true` if `url` has the scheme, the host and the port of the server.
    pub(crate) fn has_origin_of(&self, url: &Url) -> bool {
        self.url.origin() == url.origin()
    }

    /// Returns `true` if the server is on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        url_is_loopback(&self.base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoint_is_server_root() {
        for (text, url) in [
            ("https://mastodon.social", "https://mastodon.social"),
            ("https://Mastodon.Social/", "https://mastodon.social"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ] {
            assert_eq!(Endpoint::parse(text).unwrap().as_str(), url);
        }
        for text in [
            "",
            "mastodon.social",
            "@me@mastodon.social",
            "http://mastodon.social",
            "https://mastodon.social/@me",
            "https://mastodon.social?x",
            "https://me@mastodon.social",
        ] {
            assert!(Endpoint::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn host_has_uncommon_port() {
        let host = |text| Endpoint::parse(text).unwrap().host();
        assert_eq!(host("https://example.social:443"), "example.social");
        assert_eq!(host("http://127.0.0.1:8080"), "127.0.0.1:8080");
    }
}

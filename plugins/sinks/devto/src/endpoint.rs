//! The base URL of a Forem site. It decides where the API key is sent.

use syndicate_api::url_is_loopback;
use url::Url;

/// The base URL of all requests.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint(Url);

impl Endpoint {
    /// Parses a URL such as `https://dev.to`.
    ///
    /// # Errors
    /// Returns the reason why `text` is refused, as a predicate whose subject is the URL.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let url = Url::parse(text).map_err(|_| "is not an absolute URL")?;
        match url.scheme() {
            "https" => {}
            "http" if url_is_loopback(url.as_str()) => {}
            "http" => return Err("would send the API key unencrypted; use `https`"),
            _ => return Err("is not an `https` URL"),
        }
        let credentials = !url.username().is_empty() || url.password().is_some();
        if credentials || url.query().is_some() || url.fragment().is_some() {
            return Err("has more than scheme, host, port and path");
        }
        Ok(Self(url))
    }

    /// Returns the base URL without a trailing slash.
    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Returns `true` if the endpoint is on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        url_is_loopback(self.0.as_str())
    }

    /// Returns the path of `address` on this site, without slashes at the ends; `None` if it is on another host.
    pub(crate) fn path_of(&self, address: &str) -> Option<String> {
        let url = Url::parse(address).ok()?;
        let is_web = matches!(url.scheme(), "http" | "https");
        let is_here = url.host_str().map(without_www) == self.0.host_str().map(without_www);
        (is_web && is_here).then(|| url.path().trim_matches('/').to_owned())
    }
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoint_needs_encryption() {
        for text in ["https://dev.to", "https://dev.to/", "http://127.0.0.1:3000"] {
            assert!(Endpoint::parse(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "dev.to",
            "http://dev.to",
            "ftp://localhost",
            "https://dev.to?x=1",
            "https://u@dev.to",
        ] {
            assert!(Endpoint::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn path_needs_same_host() {
        let endpoint = Endpoint::parse("https://dev.to/").unwrap();
        let path = |address| endpoint.path_of(address);
        assert_eq!(path("https://dev.to/jane/a/").as_deref(), Some("jane/a"));
        assert_eq!(
            path("https://www.dev.to/jane/a?x=1").as_deref(),
            Some("jane/a")
        );
        assert_eq!(path("https://dev.to.evil.example/jane/a"), None);
        assert_eq!(path("jane/a"), None);
    }
}

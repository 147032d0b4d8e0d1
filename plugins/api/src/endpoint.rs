//! The base URL of a platform's API. It is an option of every sink, so that a test, a gateway or a server of one's own
//! can replace the platform. Credentials are sent to this host, so its URL has to be encrypted.

use url::Url;

use crate::{url_is_loopback, url_is_public};

/// The hosts that may be reached over `http`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainHttp {
    /// This machine.
    Loopback,
    /// This machine and private networks, where automation servers often have no certificate.
    PrivateNetworks,
}

impl PlainHttp {
    /// Checks that credentials in a request to `url` are sent encrypted, or to one of these hosts.
    ///
    /// # Errors
    /// Returns the reason why `url` is refused, as a predicate whose subject is the URL.
    pub fn check(self, url: &Url) -> Result<(), &'static str> {
        let is_exempt = match self {
            Self::Loopback => url_is_loopback(url.as_str()),
            Self::PrivateNetworks => !url_is_public(url.as_str()),
        };
        match url.scheme() {
            "https" => Ok(()),
            "http" if is_exempt => Ok(()),
            "http" => Err("would send credentials unencrypted; use `https`"),
            _ => Err("is not an `https` URL"),
        }
    }
}

/// The base URL of all requests of a sink.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint(Url);

impl Endpoint {
    /// Parses a base URL such as `https://api.example.com/v1`.
    ///
    /// # Errors
    /// Returns the reason why `text` is refused, as a predicate whose subject is the URL.
    pub fn parse(text: &str, plain_http: PlainHttp) -> Result<Self, &'static str> {
        let url = Url::parse(text).map_err(|_| "is not an absolute URL")?;
        plain_http.check(&url)?;
        let has_credentials = !url.username().is_empty() || url.password().is_some();
        if has_credentials || url.query().is_some() || url.fragment().is_some() {
            return Err("has more than scheme, host, port and path");
        }
        Ok(Self(url))
    }

    /// Parses the URL of a server, which has no path.
    ///
    /// # Errors
    /// Returns the reason why `text` is refused, as a predicate whose subject is the URL.
    pub fn parse_root(text: &str, plain_http: PlainHttp) -> Result<Self, &'static str> {
        let endpoint = Self::parse(text, plain_http)?;
        match endpoint.0.path() {
            "" | "/" => Ok(endpoint),
            _ => Err("has more than scheme, host and port"),
        }
    }

    /// Returns the base URL without a trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str().trim_end_matches('/')
    }

    /// Returns the base URL.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.0
    }

    /// Returns the host, with the port if it is not the scheme's own.
    #[must_use]
    pub fn host(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// Returns `true` if `url` has the scheme, the host and the port of the endpoint.
    #[must_use]
    pub fn has_origin_of(&self, url: &Url) -> bool {
        self.0.origin() == url.origin()
    }

    /// Returns `true` if the endpoint is on this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        url_is_loopback(self.0.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoint_has_no_trailing_slash() {
        for (text, expected) in [
            ("https://Api.Example.com", "https://api.example.com"),
            ("https://api.example.com/", "https://api.example.com"),
            ("http://127.0.0.1:8080/v1/", "http://127.0.0.1:8080/v1"),
            ("http://localhost:1", "http://localhost:1"),
        ] {
            let endpoint = Endpoint::parse(text, PlainHttp::Loopback).unwrap();
            assert_eq!(endpoint.as_str(), expected);
        }
    }

    #[test]
    fn unsafe_endpoint_is_refused() {
        for text in [
            "",
            "api.example.com",
            "@me@example.social",
            "http://api.example.com",
            "http://10.0.0.7:5678",
            "ftp://localhost",
            "https://api.example.com?x=1",
            "https://api.example.com#x",
            "https://user@api.example.com",
        ] {
            assert!(
                Endpoint::parse(text, PlainHttp::Loopback).is_err(),
                "{text}"
            );
        }
        let private = |text| Endpoint::parse(text, PlainHttp::PrivateNetworks);
        assert!(private("http://10.0.0.7:5678").is_ok());
        assert!(private("http://api.example.com").is_err());
        let root = |text| Endpoint::parse_root(text, PlainHttp::Loopback);
        assert!(root("https://example.social/").is_ok());
        assert!(root("https://example.social/@me").is_err());
    }

    #[test]
    fn host_has_uncommon_port() {
        let host = |text| Endpoint::parse(text, PlainHttp::Loopback).unwrap().host();
        assert_eq!(host("https://example.social:443"), "example.social");
        assert_eq!(host("http://127.0.0.1:8080"), "127.0.0.1:8080");
    }
}

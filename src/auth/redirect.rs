//! The redirect URI of a login. Servers compare it byte for byte with the registered one and with
//! the one in the token request, so it is stored exactly as the user wrote it.

use syndicate_api::{Flow, url_is_loopback};
use url::Url;

/// The path of the default redirect URI.
const PATH: &str = "/callback";

/// A redirect URI.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RedirectUri {
    address: String,
    listens: Option<(u16, String)>,
}

impl RedirectUri {
    /// Returns the default redirect URI for `port` of this machine.
    #[must_use]
    pub(crate) fn local(port: u16) -> Self {
        Self {
            address: format!("http://localhost:{port}{PATH}"),
            listens: Some((port, PATH.to_owned())),
        }
    }

    /// Returns the redirect URI of a login whose last page shows the code.
    #[must_use]
    pub(crate) fn out_of_band() -> Self {
        Self {
            address: Flow::OUT_OF_BAND.to_owned(),
            listens: None,
        }
    }

    /// Parses a registered redirect URI. If it does not lead to this machine, the user has to paste
    /// the address from the browser.
    ///
    /// # Errors
    /// Returns a predicate such as `is not an absolute URL`, to be printed after the URI.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let url = Url::parse(text).map_err(|_| "is not an absolute URL")?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err("is neither an `http` nor an `https` address");
        }
        if url.fragment().is_some() {
            return Err("has a fragment (`#`), which is not allowed");
        }
        let here = url.scheme() == "http" && url_is_loopback(url.as_str());
        let listens = url.port_or_known_default().filter(|_| here);
        Ok(Self {
            address: text.to_owned(),
            listens: listens.map(|port| (port, url.path().to_owned())),
        })
    }

    /// Returns the URI, byte for byte.
    #[must_use]
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Returns the port and path to listen on, or `None` if the URI does not lead to this machine.
    #[must_use]
    pub(crate) fn listens(&self) -> Option<(u16, &str)> {
        let (port, path) = self.listens.as_ref()?;
        Some((*port, path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirect_uri_listens_only_on_loopback() {
        for (text, listens) in [
            ("http://localhost:8485/callback", Some((8485, "/callback"))),
            ("http://127.0.0.1:80", Some((80, "/"))),
            ("http://[::1]:1/x/y", Some((1, "/x/y"))),
            ("http://LOCALHOST/cb?app=1", Some((80, "/cb"))),
            ("https://localhost:8485/callback", None),
            ("https://example.org/callback", None),
            ("http://localhost.example.org/callback", None),
        ] {
            let redirect = RedirectUri::parse(text).unwrap();
            assert_eq!(redirect.address(), text);
            assert_eq!(redirect.listens(), listens, "{text}");
        }
        assert_eq!(
            RedirectUri::local(8485),
            RedirectUri::parse("http://localhost:8485/callback").unwrap()
        );
        for text in ["", "/callback", "ftp://localhost", "http://localhost/#x"] {
            assert!(RedirectUri::parse(text).is_err(), "{text}");
        }
    }
}

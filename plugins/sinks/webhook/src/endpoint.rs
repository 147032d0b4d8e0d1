//! The base URL that replaces scheme and host of a platform, for a proxy, a test or a server of one's own.

use syndicate_api::{url_is_loopback, url_is_public};
use url::Url;

/// A base URL without a trailing slash.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint(String);

impl Endpoint {
    /// Parses a URL such as `https://api.telegram.org`.
    ///
    /// # Errors
    /// Returns the reason why `text` is refused, as a predicate whose subject is the URL.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let url = Url::parse(text).map_err(|_| "is not an absolute URL")?;
        check_scheme(&url)?;
        let credentials = !url.username().is_empty() || url.password().is_some();
        if credentials || url.query().is_some() || url.fragment().is_some() {
            return Err("has more than scheme, host, port and path");
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }

    /// Returns the endpoint of an option that was validated, or else `default`.
    ///
    /// # Errors
    /// Returns an error if the option is invalid.
    pub(crate) fn of(option: Option<&String>, default: &str) -> syndicate_api::Result<Self> {
        let text = option.map_or(default, String::as_str);
        Self::parse(text)
            .map_err(|reason| syndicate_api::Error::msg(format!("`endpoint` {reason}")))
    }

    /// Returns the base URL.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns `true` if the endpoint is on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        url_is_loopback(&self.0)
    }
}

/// Checks that the secret in a request to `url` is sent encrypted. Private networks are exempt, because automation
/// servers often run there without a certificate.
///
/// # Errors
/// Returns the reason, as a predicate whose subject is the URL.
pub(crate) fn check_scheme(url: &Url) -> Result<(), &'static str> {
    match url.scheme() {
        "https" => Ok(()),
        "http" if !url_is_public(url.as_str()) => Ok(()),
        "http" => Err("would send a secret unencrypted; use `https`"),
        _ => Err("is not an `https` URL"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoint_is_base_url() {
        for (text, expected) in [
            ("https://api.telegram.org/", "https://api.telegram.org"),
            ("http://127.0.0.1:8081/tg/", "http://127.0.0.1:8081/tg"),
            ("http://10.0.0.7:5678", "http://10.0.0.7:5678"),
        ] {
            assert_eq!(Endpoint::parse(text).unwrap().as_str(), expected);
        }
        for text in [
            "",
            "slack.com",
            "http://slack.com",
            "ftp://localhost",
            "https://a.example?x",
            "https://u@a.example",
        ] {
            assert!(Endpoint::parse(text).is_err(), "{text}");
        }
    }
}

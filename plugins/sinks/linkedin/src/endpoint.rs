//! The base URL of LinkedIn's API. It is an option, so that a test, the sandbox or a gateway can
//! replace LinkedIn. This module decides which hosts may receive the token.

use syndicate_api::url_is_loopback;
use url::Url;

/// The base URL of all requests.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    base: String,
    url: Url,
}

impl Endpoint {
    /// Parses a URL such as `https://api.linkedin.com`.
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
        let credentials = !url.username().is_empty() || url.password().is_some();
        if credentials || url.query().is_some() || url.fragment().is_some() {
            return Err("has more than scheme, host, port and path");
        }
        let base = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { base, url })
    }

    /// Returns the URL of `path`, which must start with a slash.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Returns `true` if the endpoint is on this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        url_is_loopback(&self.base)
    }

    /// Returns the base URL without a trailing slash.
    pub(crate) fn as_str(&self) -> &str {
        &self.base
    }

    /// Returns `true` if bytes may be uploaded to this URL without the token. Any `https` host is
    /// allowed, except if the endpoint is the sandbox.
    pub(crate) fn allows_upload_to(&self, upload: &Url) -> bool {
        !self.is_loopback() && upload.scheme() == "https"
    }

    /// Returns `true` if the token may be sent to this upload URL. LinkedIn stores uploads on
    /// another host than its API, so all hosts of LinkedIn are allowed.
    pub(crate) fn allows_token_to(&self, upload: &Url) -> bool {
        if upload.origin() == self.url.origin() {
            return true;
        }
        if self.is_loopback() {
            return url_is_loopback(upload.as_str());
        }
        let linkedin = |host: &str| host == "linkedin.com" || host.ends_with(".linkedin.com");
        upload.scheme() == "https" && upload.host_str().is_some_and(linkedin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoint_joins_paths() {
        for (text, address) in [
            ("https://api.linkedin.com", "https://api.linkedin.com/rest"),
            ("https://api.linkedin.com/", "https://api.linkedin.com/rest"),
            ("http://127.0.0.1:8080/li", "http://127.0.0.1:8080/li/rest"),
            ("http://localhost:1", "http://localhost:1/rest"),
        ] {
            assert_eq!(Endpoint::parse(text).unwrap().url("/rest"), address);
        }
        for text in [
            "",
            "api.linkedin.com",
            "http://api.linkedin.com",
            "ftp://localhost",
            "https://api.linkedin.com?x=1",
            "https://user@api.linkedin.com",
        ] {
            assert!(Endpoint::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn token_is_sent_to_trusted_hosts_only() {
        const REAL: &str = "https://api.linkedin.com";
        const LOCAL: &str = "http://127.0.0.1:80";
        const GATEWAY: &str = "https://gateway.example/li";
        for (endpoint, upload, trusted) in [
            (REAL, "https://www.linkedin.com/dms-uploads/x?y=z", true),
            (REAL, "https://linkedin.com/x", true),
            (REAL, "https://api.linkedin.com/x", true),
            (REAL, "http://www.linkedin.com/x", false),
            (REAL, "https://linkedin.com.evil.example/x", false),
            (REAL, "https://evil-linkedin.com/x", false),
            (REAL, "https://www.linkedin.com@evil.example/x", false),
            (REAL, "http://127.0.0.1/x", false),
            (LOCAL, "http://127.0.0.1:81/x", true),
            (LOCAL, "http://localhost/x", true),
            (LOCAL, "https://www.linkedin.com/x", false),
            (GATEWAY, "https://gateway.example/x", true),
            (GATEWAY, "https://www.linkedin.com/x", true),
            (GATEWAY, "https://other.example/x", false),
        ] {
            let endpoint = Endpoint::parse(endpoint).unwrap();
            let upload = Url::parse(upload).unwrap();
            assert_eq!(
                endpoint.allows_token_to(&upload),
                trusted,
                "{endpoint:?} {upload}"
            );
        }
    }
}

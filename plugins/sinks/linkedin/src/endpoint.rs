//! Where LinkedIn is. The address is an option so that a test, the sandbox or a gateway can stand in
//! for it, and the token goes nowhere else: that rule is kept here.

use syndicate_api::url_is_loopback;
use url::Url;

/// The address that all calls start with.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint {
    base: String,
    url: Url,
}

impl Endpoint {
    /// Reads an address such as `https://api.linkedin.com`.
    ///
    /// # Errors
    /// What is wrong with it, to stand behind its name.
    pub(crate) fn parse(text: &str) -> Result<Self, &'static str> {
        let url = Url::parse(text).map_err(|_| "is no absolute address")?;
        match url.scheme() {
            "https" => {}
            "http" if url_is_loopback(url.as_str()) => {}
            "http" => return Err("would show the token to everybody on the way; use `https`"),
            _ => return Err("is no `https` address"),
        }
        let credentials = !url.username().is_empty() || url.password().is_some();
        if credentials || url.query().is_some() || url.fragment().is_some() {
            return Err("holds more than scheme, host, port and path");
        }
        let base = url.as_str().trim_end_matches('/').to_owned();
        Ok(Self { base, url })
    }

    /// The address of `path`, which starts with a slash.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Whether it is this very machine.
    pub(crate) fn is_loopback(&self) -> bool {
        url_is_loopback(&self.base)
    }

    /// The address itself, without a slash at its end.
    pub(crate) fn as_str(&self) -> &str {
        &self.base
    }

    /// Whether bytes without the token may go to `upload`: to any host that keeps them from others
    /// on the way, but from a rehearsal nowhere else.
    pub(crate) fn allows_upload_to(&self, upload: &Url) -> bool {
        !self.is_loopback() && upload.scheme() == "https"
    }

    /// Whether the token may go to `upload`, an address that LinkedIn named for a picture's bytes.
    /// Those lie on another host than the API, so the host is checked and not compared.
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
    fn paths_are_put_behind_it() {
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
    fn the_token_goes_to_nobody_else() {
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

//! The hosts of LinkedIn's API and uploads, and which of them may receive the token.

use syndicate_api::{Endpoint, url_is_loopback};
use url::Url;

/// Returns `true` if bytes may be uploaded to this URL without the token. Any `https` host is
/// allowed, except if the endpoint is the sandbox.
pub(crate) fn allows_upload_to(endpoint: &Endpoint, upload: &Url) -> bool {
    !endpoint.is_loopback() && upload.scheme() == "https"
}

/// Returns `true` if the token may be sent to this upload URL. LinkedIn stores uploads on
/// another host than its API, so all hosts of LinkedIn are allowed.
pub(crate) fn allows_token_to(endpoint: &Endpoint, upload: &Url) -> bool {
    if endpoint.has_origin_of(upload) {
        return true;
    }
    if endpoint.is_loopback() {
        return url_is_loopback(upload.as_str());
    }
    let linkedin = |host: &str| host == "linkedin.com" || host.ends_with(".linkedin.com");
    upload.scheme() == "https" && upload.host_str().is_some_and(linkedin)
}

#[cfg(test)]
mod tests {
    use syndicate_api::PlainHttp;

    use super::*;

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
            let endpoint = Endpoint::parse(endpoint, PlainHttp::Loopback).unwrap();
            let upload = Url::parse(upload).unwrap();
            assert_eq!(
                allows_token_to(&endpoint, &upload),
                trusted,
                "{endpoint:?} {upload}"
            );
        }
    }
}

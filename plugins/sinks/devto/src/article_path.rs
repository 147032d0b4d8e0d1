//! The path of an article on a Forem site.

use syndicate_api::Endpoint;
use url::Url;

/// Returns the path of `address` on the site of `endpoint`, without slashes at the ends; `None` if it is on another host.
pub(crate) fn path_on(endpoint: &Endpoint, address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https");
    let is_here = url.host_str().map(without_www) == endpoint.url().host_str().map(without_www);
    (is_web && is_here).then(|| url.path().trim_matches('/').to_owned())
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use syndicate_api::PlainHttp;

    use super::*;

    #[test]
    fn path_needs_same_host() {
        let endpoint = Endpoint::parse("https://dev.to/", PlainHttp::Loopback).unwrap();
        let path = |address| path_on(&endpoint, address);
        assert_eq!(path("https://dev.to/jane/a/").as_deref(), Some("jane/a"));
        assert_eq!(
            path("https://www.dev.to/jane/a?x=1").as_deref(),
            Some("jane/a")
        );
        assert_eq!(path("https://dev.to.evil.example/jane/a"), None);
        assert_eq!(path("jane/a"), None);
    }
}

//! The apps that sign members in. LinkedIn's portal for them is missing, so the prefix of the client
//! identifier selects what LinkedIn has granted the app: `unknown` does not exist, `vetted` can
//! request the scopes of pages, `partner` can too and gets refresh tokens, and any other is a
//! self-serve app.

use url::{Host, Url};

use crate::members::is_id;
use crate::state::scopes::{SELF_SERVE, Scopes};

/// The only client secret that is wrong for every app.
pub(crate) const WRONG_SECRET: &str = "wrong-secret";

/// Returns `true` if the app exists.
pub(crate) fn exists(client: &str) -> bool {
    is_id(client) && !client.starts_with("unknown")
}

/// Returns `true` if the app can request `scopes`.
pub(crate) fn may_ask(client: &str, scopes: &Scopes) -> bool {
    client.starts_with("vetted") || is_partner(client) || scopes.are_among(&SELF_SERVE)
}

/// Returns `true` if the app gets refresh tokens.
pub(crate) fn is_partner(client: &str) -> bool {
    client.starts_with("partner")
}

/// Returns `true` if `secret` is a valid client secret.
pub(crate) fn has_secret(secret: &str) -> bool {
    !secret.is_empty() && secret != WRONG_SECRET
}

/// Returns the redirect URL if it can be registered: absolute, without a fragment, and with
/// `https` unless its host is loopback.
pub(crate) fn redirect(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let local = match url.host()? {
        Host::Domain(name) => name == "localhost",
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    };
    let secure = url.scheme() == "https" || (url.scheme() == "http" && local);
    (secure && url.fragment().is_none()).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::{exists, redirect};

    #[test]
    fn redirect_is_absolute_and_secure() {
        for (address, good) in [
            ("http://localhost:8085/callback", true),
            ("http://127.0.0.1:8085/", true),
            ("http://[::1]:8085/", true),
            ("https://app.example/callback?a=b", true),
            ("http://app.example/callback", false),
            ("http://localhost:8085/#a", false),
            ("/callback", false),
            ("javascript:alert(1)", false),
            ("", false),
        ] {
            assert_eq!(redirect(address).is_some(), good, "{address}");
        }
    }

    #[test]
    fn client_id_has_simple_characters() {
        assert!(exists("86abc") && exists("partner-1"));
        assert!(!exists("") && !exists("a b") && !exists("unknown-1"));
    }
}

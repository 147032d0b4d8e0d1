//! The addresses of a post: its own, its canonical one and those that lead to it.

use syndicate_api::{Item, normalise_url};
use url::Url;

/// Words in the path of pages at which readers sign in.
const SIGN_IN: &[&str] = &[
    "auth",
    "login",
    "log-in",
    "oauth",
    "signin",
    "sign-in",
    "sso",
    "wp-login.php",
];

/// Returns whether `address` is one of `item`, regardless of scheme, of a trailing slash, of `www.` and
/// of `.html`, which hosts add or remove by a redirect.
pub(super) fn is_own(item: &Item, address: &str) -> bool {
    let Some(address) = plain(address) else {
        return false;
    };
    let given = [item.url.as_deref(), item.link.as_deref()];
    let given = given.into_iter().flatten();
    let mut own = given.chain(item.keys.iter().map(String::as_str));
    own.any(|own| plain(own).is_some_and(|own| own == address))
}

/// Returns whether an address is that of a page at which readers sign in.
pub(super) fn is_sign_in(address: &Url) -> bool {
    let mut parts = address.path_segments().into_iter().flatten();
    parts.any(|part| SIGN_IN.contains(&part.to_ascii_lowercase().as_str()))
}

/// Returns an address beside `address` at which surely no page is; it ends in the same way, as hosts have
/// rules for that.
pub(super) fn missing_neighbour(address: &Url) -> Url {
    const NAME: &str = "no-such-page-3f9c1e7a";
    let path = address.path();
    let folder = path.trim_end_matches('/');
    let (folder, last) = folder.rsplit_once('/').unwrap_or(("", folder));
    let end = if path.ends_with('/') {
        "/"
    } else if last.ends_with(".html") {
        ".html"
    } else {
        ""
    };
    let mut missing = address.clone();
    missing.set_path(&format!("{folder}/{NAME}{end}"));
    missing.set_query(None);
    missing.set_fragment(None);
    missing
}

/// Returns an address in the form in which addresses are compared.
fn plain(address: &str) -> Option<String> {
    let key = normalise_url(address)?;
    let key = key.strip_suffix(".html").unwrap_or(&key);
    Some(key.replacen("https://www.", "https://", 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_addresses_are_compared_loosely() {
        let item = Item {
            url: Some("https://a.org/x.html".to_owned()),
            link: Some("https://a.org/x.html?utm_source=b".to_owned()),
            keys: vec![
                "https://a.org/x.html".to_owned(),
                "https://medium.com/p/1".to_owned(),
                "https://a.org/former".to_owned(),
                "blog:x.md".to_owned(),
            ],
            ..Item::default()
        };
        for (address, expected) in [
            ("http://a.org/x.html", true),
            ("https://www.a.org/x/", true),
            ("https://a.org/x?utm_campaign=c#top", true),
            ("https://medium.com/p/1/", true),
            ("https://a.org/former/index.html", true),
            ("https://a.org/", false),
            ("https://a.org/x/y/", false),
            ("https://b.org/x.html", false),
            ("blog:x.md", false),
        ] {
            assert_eq!(is_own(&item, address), expected, "{address}");
        }
    }

    #[test]
    fn missing_neighbour_has_same_folder_and_end() {
        for (address, expected) in [
            (
                "https://a.org/b/x/?p=1#t",
                "https://a.org/b/no-such-page-3f9c1e7a/",
            ),
            (
                "https://a.org/b/x.html",
                "https://a.org/b/no-such-page-3f9c1e7a.html",
            ),
            ("https://a.org/x", "https://a.org/no-such-page-3f9c1e7a"),
            ("https://a.org/", "https://a.org/no-such-page-3f9c1e7a/"),
        ] {
            let found = missing_neighbour(&Url::parse(address).unwrap());
            assert_eq!(found.as_str(), expected);
        }
    }

    #[test]
    fn sign_in_is_known_by_path() {
        for (address, expected) in [
            ("https://a.org/login?next=/x/", true),
            ("https://a.org/accounts/SignIn/", true),
            ("https://a.org/login-forms-compared/", false),
        ] {
            assert_eq!(
                is_sign_in(&Url::parse(address).unwrap()),
                expected,
                "{address}"
            );
        }
    }
}

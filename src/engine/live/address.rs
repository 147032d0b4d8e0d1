//! Compares URLs with those of a post: its own, its canonical one and its aliases.

use syndicate_api::{Item, normalise_url};
use url::Url;

/// Path segments of sign-in pages.
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

/// Returns `true` if `address` is a URL of `item`. The scheme, a trailing slash, `www.` and `.html` are
/// ignored, because hosts add or remove them by a redirect.
pub(super) fn is_own(item: &Item, address: &str) -> bool {
    let Some(address) = comparable(address) else {
        return false;
    };
    let given = [item.url.as_deref(), item.link.as_deref()];
    let given = given.into_iter().flatten();
    let mut own = given.chain(item.keys.iter().map(String::as_str));
    own.any(|own| comparable(own).is_some_and(|own| own == address))
}

/// Returns `true` if the path of `address` is that of a sign-in page.
pub(super) fn is_sign_in(address: &Url) -> bool {
    let mut parts = address.path_segments().into_iter().flatten();
    parts.any(|part| SIGN_IN.contains(&part.to_ascii_lowercase().as_str()))
}

/// Returns a URL in the same folder as `address` that does not exist. The ending (`/`, `.html` or none) is
/// kept, because hosts route by it.
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

/// Returns `address` in the normal form for comparisons.
fn comparable(address: &str) -> Option<String> {
    let key = normalise_url(address)?;
    let key = key.strip_suffix(".html").unwrap_or(&key);
    Some(key.replacen("https://www.", "https://", 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_url_ignores_scheme_and_suffix() {
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
    fn missing_neighbour_keeps_folder_and_ending() {
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
    fn sign_in_page_recognised_by_path() {
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

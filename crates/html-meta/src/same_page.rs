//! Compares the URLs of two pages.

use percent_encoding::percent_decode_str;
use url::Url;

use crate::base_url::is_normal;

/// File names that a server delivers for the URL of a folder.
const INDEX_PAGES: &[&str] = &["index.html", "index.htm", "index.php"];

/// Returns `true` if both URLs lead to the same page. Scheme, fragment, `utm_` parameters, a
/// trailing slash and the name of an index page are ignored.
pub(crate) fn is_same_page(one: &str, other: &str) -> bool {
    if one == other {
        return is_normal(one) || Url::parse(one).is_ok();
    }
    match (Url::parse(one), Url::parse(other)) {
        (Ok(one), Ok(other)) => identity(&one) == identity(&other),
        _ => false,
    }
}

type Identity = (String, Option<u16>, Vec<u8>, Vec<(String, String)>);

/// Returns the parts of a URL that identify the page.
fn identity(url: &Url) -> Identity {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    let port = url.port().filter(|port| !matches!(port, 80 | 443));
    let mut path = url.path();
    for page in INDEX_PAGES {
        path = path
            .strip_suffix(page)
            .filter(|folder| folder.ends_with('/'))
            .unwrap_or(path);
    }
    let path = percent_decode_str(path.trim_end_matches('/')).collect();
    let query = url.query_pairs().into_owned();
    let query = query
        .filter(|(name, _)| !name.starts_with("utm_"))
        .collect();
    (host.to_owned(), port, path, query)
}

#[cfg(test)]
mod tests {
    use super::is_same_page;

    #[test]
    fn same_page_ignores_spelling() {
        let page = "https://example.org/a%20b/";
        for (other, expected) in [
            ("http://example.org/a%20b/index.html", true),
            ("https://example.org/a b?utm_source=x#top", true),
            ("https://EXAMPLE.org:443/%61%20b", true),
            ("https://example.org/a%20b/?p=1", false),
            ("https://example.org/a%20b/c/", false),
            ("https://other.org/a%20b/", false),
            ("/a%20b/", false),
        ] {
            assert_eq!(is_same_page(page, other), expected, "{other}");
        }
    }
}

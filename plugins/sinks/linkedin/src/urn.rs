//! Identifiers, as LinkedIn writes them: `urn:li:person:782bbtaQ`.

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Whether `urn` can name an author: a member or a page. Nothing in it needs escaping anywhere but
/// in an address.
pub(crate) fn is_author(urn: &str) -> bool {
    ["urn:li:person:", "urn:li:organization:"]
        .iter()
        .filter_map(|prefix| urn.strip_prefix(prefix))
        .any(is_id)
}

/// Whether `urn` names a page.
pub(crate) fn is_page(urn: &str) -> bool {
    urn.starts_with("urn:li:organization:")
}

/// The member whose OpenID subject is `sub`.
pub(crate) fn person(sub: &str) -> Option<String> {
    is_id(sub).then(|| format!("urn:li:person:{sub}"))
}

fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// Returns whether `id` can be the number of a post, as LinkedIn writes it.
pub(crate) fn is_number(id: &str) -> bool {
    let digits = id.bytes().all(|byte| byte.is_ascii_digit());
    digits && !id.starts_with('0') && id.parse::<u64>().is_ok()
}

/// Returns the address where readers find the post with this URN.
pub(crate) fn public_link(urn: &str) -> String {
    format!("https://www.linkedin.com/feed/update/{urn}/")
}

/// `urn` for a path. Its colons have to be encoded too ("URN encoding" of the Rest.li protocol
/// 2.0.0), or LinkedIn answers `Syntax exception in path variables`.
pub(crate) fn in_path(urn: &str) -> String {
    utf8_percent_encode(urn, NON_ALPHANUMERIC).to_string()
}

/// The URN of the post that `text` names: the URN itself, or LinkedIn's address with it.
pub(crate) fn post_in(text: &str) -> Option<String> {
    let text = percent_decode_str(text.trim()).decode_utf8().ok()?;
    ["urn:li:share:", "urn:li:ugcPost:"]
        .iter()
        .find_map(|prefix| {
            let start = text.find(prefix)?;
            let rest = &text[start + prefix.len()..];
            let digits = rest
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rest.len());
            let (before, after) = (&text[..start], &rest[digits..]);
            let whole = before.is_empty() && after.is_empty();
            let in_address = before.starts_with("https://www.linkedin.com/")
                && after.starts_with(['/', '?', '#']) | after.is_empty();
            let found = digits > 0 && (whole || in_address);
            found.then(|| text[start..start + prefix.len() + digits].to_owned())
        })
}

/// The identifier that an address such as `/posts/urn%3Ali%3Ashare%3A1` ends with.
pub(crate) fn from_location(location: &str) -> Option<String> {
    let last = location.rsplit('/').next()?;
    let urn = percent_decode_str(last).decode_utf8().ok()?;
    urn.starts_with("urn:li:").then(|| urn.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_and_pages_are_authors_and_nothing_else_is() {
        for urn in [
            "urn:li:person:782bbtaQ",
            "urn:li:person:a_b-C",
            "urn:li:organization:2414183",
        ] {
            assert!(is_author(urn), "{urn}");
        }
        for urn in [
            "",
            "me",
            "782bbtaQ",
            "urn:li:person:",
            "urn:li:person:urn:li:person:1",
            "urn:li:company:1",
            "urn:li:person:1)",
            " urn:li:person:1",
        ] {
            assert!(!is_author(urn), "{urn}");
        }
    }

    #[test]
    fn a_post_is_named_by_its_urn_or_its_address() {
        const SHARE: Option<&str> = Some("urn:li:share:734");
        for (text, urn) in [
            ("urn:li:share:734", SHARE),
            (" urn:li:share:734\n", SHARE),
            ("urn:li:ugcPost:5", Some("urn:li:ugcPost:5")),
            (
                "https://www.linkedin.com/feed/update/urn:li:share:734/",
                SHARE,
            ),
            (
                "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A734?a=b",
                SHARE,
            ),
            ("https://evil.example/urn:li:share:734/", None),
            ("urn:li:share:734x", None),
            ("urn:li:share:", None),
            ("urn:li:activity:734", None),
            ("734", None),
            ("", None),
        ] {
            assert_eq!(post_in(text).as_deref(), urn, "{text}");
        }
    }

    #[test]
    fn a_path_holds_no_bare_colon_and_a_location_is_read_back() {
        let urn = "urn:li:share:734-1_2";
        let path = format!("/posts/{}", in_path(urn));
        assert!(!path.contains(':'), "{path}");
        assert_eq!(from_location(&path).as_deref(), Some(urn));
        assert_eq!(from_location("/posts/"), None);
        assert_eq!(from_location("https://x.org/login"), None);
    }
}

//! Parses and formats LinkedIn's identifiers, such as `urn:li:person:782bbtaQ`.

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The prefix of the URN of a post's entry in the feed. The Posts API does not accept it.
pub(crate) const ACTIVITY: &str = "urn:li:activity:";

/// Returns `true` if `urn` is the URN of a member or page. Such a URN needs escaping only in a
/// path.
pub(crate) fn is_author(urn: &str) -> bool {
    ["urn:li:person:", "urn:li:organization:"]
        .iter()
        .filter_map(|prefix| urn.strip_prefix(prefix))
        .any(is_id)
}

/// Returns a hint for `text`, which is not a valid URN of a member or page.
pub(crate) fn author_hint(text: &str) -> String {
    match guess_author(text) {
        Some(urn) if text.matches("urn:li:").count() > 1 => {
            format!("the prefix occurs twice; write `{urn}`")
        }
        Some(urn) => format!("did you mean `{urn}`?"),
        None => match text.contains("linkedin.com") {
            true => {
                "an address is not an identifier: write `urn:li:organization:NUMBER` for a page, \
                with the number in the address of its admin pages, or `urn:li:person:ID` for a \
                member, whose ID `syndicate auth status` shows after signing in"
                    .to_owned()
            }
            false => "write `urn:li:person:ID` for a member, such as `urn:li:person:782bbtaQ`, or \
                `urn:li:organization:NUMBER` for a page, such as `urn:li:organization:2414183`"
                .to_owned(),
        },
    }
}

/// Returns the URN if `text` refers to one author unambiguously in another notation.
fn guess_author(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let number = |text: &str| Some(text.to_owned()).filter(|text| is_number(text));
    // The URL of a page's admin view contains its number.
    let in_address = text
        .split_once("linkedin.com/company/")
        .and_then(|(_, rest)| {
            let id = rest.split(['/', '?', '#']).next()?;
            number(id)
        });
    if let Some(page) = in_address.or_else(|| number(&text)) {
        return Some(format!("urn:li:organization:{page}"));
    }
    let mut parts = text.rsplit(':');
    let (id, kind) = (parts.next()?, parts.next()?);
    let kind = match kind.to_ascii_lowercase().as_str() {
        "person" => "person",
        // LinkedIn's older APIs use these words for pages. Schools are pages too.
        "organization" | "organisation" | "company" | "school" => "organization",
        _ => return None,
    };
    let urn = format!("urn:li:{kind}:{id}");
    is_author(&urn).then_some(urn)
}

/// Returns `true` if `urn` is the URN of a page.
pub(crate) fn is_page(urn: &str) -> bool {
    urn.starts_with("urn:li:organization:")
}

/// Returns the URN of the member with the OpenID subject `sub`.
pub(crate) fn person_urn(sub: &str) -> Option<String> {
    is_id(sub).then(|| format!("urn:li:person:{sub}"))
}

fn is_id(id: &str) -> bool {
    !id.is_empty()
        && id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// Returns `true` if `id` is a valid number of a post or page.
pub(crate) fn is_number(id: &str) -> bool {
    let digits = id.bytes().all(|byte| byte.is_ascii_digit());
    digits && !id.starts_with('0') && id.parse::<u64>().is_ok()
}

/// Returns the public URL of the post with this URN.
pub(crate) fn public_link(urn: &str) -> String {
    format!("https://www.linkedin.com/feed/update/{urn}/")
}

/// Percent-encodes `urn` for a path, including its colons ("URN encoding" of the Rest.li protocol
/// 2.0.0). Otherwise LinkedIn responds with `Syntax exception in path variables`.
pub(crate) fn encode_for_path(urn: &str) -> String {
    utf8_percent_encode(urn, NON_ALPHANUMERIC).to_string()
}

/// Returns the URN at the end of a URL such as `/posts/urn%3Ali%3Ashare%3A1`.
pub(crate) fn from_location(location: &str) -> Option<String> {
    let last = location.rsplit('/').next()?;
    let urn = percent_decode_str(last).decode_utf8().ok()?;
    urn.starts_with("urn:li:").then(|| urn.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_members_and_pages_are_authors() {
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
    fn author_hint_names_likely_urn() {
        for (text, urn) in [
            ("2414183", "urn:li:organization:2414183"),
            ("urn:li:company:1", "urn:li:organization:1"),
            ("urn:li:school:7", "urn:li:organization:7"),
            ("urn:li:person:a 1", "urn:li:person:a1"),
            (" urn:li:organization:5\n", "urn:li:organization:5"),
            ("URN:LI:Person:aB1", "urn:li:person:aB1"),
            ("organization:5", "urn:li:organization:5"),
            (
                "https://www.linkedin.com/company/2414183/admin/dashboard/",
                "urn:li:organization:2414183",
            ),
        ] {
            assert_eq!(
                author_hint(text),
                format!("did you mean `{urn}`?"),
                "{text}"
            );
        }
        let twice = author_hint("urn:li:person:urn:li:person:a1");
        assert!(twice.contains("twice; write `urn:li:person:a1`"), "{twice}");
        for text in [
            "",
            "Jane",
            "organizationxyz",
            "782bbtaQ",
            "urn:li:member:1",
            "urn:li:person:",
            "https://www.linkedin.com/in/jane-doe/",
            "linkedin.com/company/acme",
        ] {
            let hint = author_hint(text);
            assert!(
                hint.contains("`urn:li:organization:NUMBER`"),
                "{text}: {hint}"
            );
            assert!(hint.contains("`urn:li:person:ID`"), "{text}: {hint}");
        }
    }

    #[test]
    fn urn_round_trips_through_path() {
        let urn = "urn:li:share:734-1_2";
        let path = format!("/posts/{}", encode_for_path(urn));
        assert!(!path.contains(':'), "{path}");
        assert_eq!(from_location(&path).as_deref(), Some(urn));
        assert_eq!(from_location("/posts/"), None);
        assert_eq!(from_location("https://x.org/login"), None);
    }
}

//! Parses the URN of a post from text copied from LinkedIn: a URN or the URL of the post. No
//! request is sent, because self-serve tokens cannot read posts. `syndicate adopt` and the front
//! matter key `reshare` use it.
//!
//! A URL often contains `urn:li:activity:…`, the URN of the entry in the feed. It is accepted,
//! because recording that a post exists is more important than editing it. The Posts API does not
//! accept it, so such a post cannot be updated or deleted through the API.

use percent_encoding::percent_decode_str;
use syndicate_api::{Code, PublishError, PublishErrorKind, Receipt};
use url::Url;

use crate::urn;

/// The entity types of posts in URNs and URLs.
const POST_KINDS: &[&str] = &["share", "ugcPost", "activity"];

const HINT: &str = "pass the post's URN, such as `urn:li:share:7341234567890123456`, or its address, \
    such as `https://www.linkedin.com/feed/update/urn:li:share:7341234567890123456/` or \
    `https://www.linkedin.com/posts/NAME_TITLE-activity-7341234567890123456-HASH`; \"Copy link to \
    post\" in the post's menu copies its address";

const SHORT_LINK_HINT: &str = "open the short link in a browser and pass the address that it leads to, \
    such as `https://www.linkedin.com/posts/NAME_TITLE-activity-7341234567890123456-HASH`";

/// Maximum length of a quoted text in characters.
const MAX_QUOTE_LEN: usize = 200;

/// Returns the receipt of the post that `address`, a URL or URN, identifies.
///
/// # Errors
/// Returns `Rejected` if `address` is not the URL or URN of a LinkedIn post.
pub(crate) fn locate(address: &str) -> Result<Receipt, PublishError> {
    match parse_post_urn(address) {
        Ok(id) => {
            let url = urn::public_link(&id);
            Ok(Receipt::new(id).with_url(url))
        }
        Err(hint) => {
            let message = format!("invalid LinkedIn post `{}`", quote(address));
            let (kind, code) = (PublishErrorKind::Rejected, Code::Unsupported);
            Err(PublishError::new(kind, code, message).with_hint(hint))
        }
    }
}

/// Parses the URN of a post. The result may be the URN of its entry in the feed.
///
/// # Errors
/// Returns a hint that names the valid forms.
pub(crate) fn parse_post_urn(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let url = parse_address(text);
    let named = match &url {
        Some(url) if is_linkedin(url) => urn_in_path(url),
        Some(_) => None,
        None => decode(text).and_then(|text| parse_urn(&text)),
    };
    named.ok_or_else(|| {
        let host = url.as_ref().and_then(Url::host_str);
        match host.is_some_and(|host| host == "lnkd.in") {
            true => SHORT_LINK_HINT,
            false => HINT,
        }
    })
}

/// Shortens and escapes `text` for a message.
pub(crate) fn quote(text: &str) -> String {
    let quote: String = text.trim().chars().take(MAX_QUOTE_LEN).collect();
    quote.escape_debug().to_string()
}

/// Parses a URL. The scheme may be missing, as in the address bar of a browser.
fn parse_address(text: &str) -> Option<Url> {
    // `Url` removes line breaks instead of rejecting them.
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let url = if text.contains("://") {
        Url::parse(text)
    } else if text.contains('/') {
        Url::parse(&format!("https://{text}"))
    } else {
        return None;
    };
    url.ok()
}

/// Returns `true` if `url` is a page of LinkedIn, including its localized and mobile hosts.
fn is_linkedin(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let is_host = host == "linkedin.com" || host.ends_with(".linkedin.com");
    let is_web = matches!(url.scheme(), "http" | "https") && url.port().is_none();
    is_host && is_web && url.username().is_empty() && url.password().is_none()
}

/// Parses the URN of a post from the path of its page. Query and fragment are ignored, because they
/// identify a click or a comment.
fn urn_in_path(url: &Url) -> Option<String> {
    let segments: Vec<String> = url
        .path_segments()?
        .filter(|segment| !segment.is_empty())
        .map(decode)
        .collect::<Option<_>>()?;
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        // URLs in LinkedIn's mails have the prefix `comm`.
        ["comm", rest @ ..] => urn_in_segments(rest),
        segments => urn_in_segments(segments),
    }
}

fn urn_in_segments(segments: &[&str]) -> Option<String> {
    match segments {
        ["feed", "update", urn]
        | ["embed", "feed", "update", urn]
        | ["video", "live", urn]
        | ["analytics", "post-summary", urn] => parse_urn(urn),
        ["posts", slug] => urn_in_slug(slug),
        _ => None,
    }
}

fn decode(text: &str) -> Option<String> {
    let decoded = percent_decode_str(text).decode_utf8().ok()?;
    Some(decoded.into_owned())
}

/// Returns `urn` if it is the complete URN of a post.
fn parse_urn(urn: &str) -> Option<String> {
    let (kind, id) = urn.strip_prefix("urn:li:")?.split_once(':')?;
    (POST_KINDS.contains(&kind) && urn::is_number(id)).then(|| urn.to_owned())
}

/// Parses `NAME_TITLE-activity-ID-HASH`, in which name and title are optional. The title may
/// contain the same keyword, so the last match counts.
fn urn_in_slug(slug: &str) -> Option<String> {
    let found = POST_KINDS.iter().flat_map(|kind| {
        let starts = slug.rmatch_indices(kind);
        starts.filter_map(move |(start, _)| Some((start, id_at(slug, start, kind)?, kind)))
    });
    let (_, id, kind) = found.max_by_key(|(start, ..)| *start)?;
    Some(format!("urn:li:{kind}:{id}"))
}

/// Returns the ID after `kind`, which starts at the byte `start`.
fn id_at<'a>(slug: &'a str, start: usize, kind: &str) -> Option<&'a str> {
    let before = slug.get(..start)?;
    let rest = slug.get(start + kind.len()..)?.strip_prefix('-')?;
    let id = rest.split('-').next()?;
    let is_start = before.is_empty() || before.ends_with(['-', '_']);
    (is_start && urn::is_number(id)).then_some(id)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(address: &str) -> Option<String> {
        locate(address).ok()?.id
    }

    #[test]
    fn post_urn_is_located() {
        for urn in [
            "urn:li:share:7341234567890123456",
            "urn:li:ugcPost:5",
            "urn:li:activity:7341234567890123457",
        ] {
            let receipt = locate(urn).unwrap();
            assert_eq!(receipt.id.unwrap(), urn);
            let url = format!("https://www.linkedin.com/feed/update/{urn}/");
            assert_eq!(receipt.url, Some(url));
        }
        assert_eq!(id(" urn:li:share:7\n").as_deref(), Some("urn:li:share:7"));
        assert_eq!(
            id("urn%3Ali%3Ashare%3A7").as_deref(),
            Some("urn:li:share:7")
        );
    }

    #[test]
    fn update_address_gives_urn() {
        for address in [
            "https://www.linkedin.com/feed/update/urn:li:share:734/",
            "https://www.linkedin.com/feed/update/urn:li:share:734",
            "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A734/?utm_source=share&rcm=A",
            "https://www.linkedin.com/feed/update/urn:li:share:734?commentUrn=urn%3Ali%3Acomment%3A%28activity%3A1%2C2%29#x",
            "http://de.linkedin.com/feed/update/urn:li:share:734/",
            "https://m.linkedin.com/feed/update/urn:li:share:734//",
            "https://linkedin.com/feed/update/urn:li:share:734/",
            "HTTPS://WWW.LINKEDIN.COM/feed/update/urn:li:share:734/",
            "www.linkedin.com/feed/update/urn:li:share:734/",
            "https://www.linkedin.com/embed/feed/update/urn:li:share:734?collapsed=1",
            "https://www.linkedin.com/comm/feed/update/urn:li:share:734/?midToken=A",
            "https://www.linkedin.com/analytics/post-summary/urn:li:share:734/",
            "https://www.linkedin.com/video/live/urn%3Ali%3Ashare%3A734/",
        ] {
            assert_eq!(
                id(address).as_deref(),
                Some("urn:li:share:734"),
                "{address}"
            );
        }
    }

    #[test]
    fn copied_link_gives_urn() {
        for (slug, urn) in [
            (
                "jane-doe_rust-2026-activity-734-Ab_1",
                "urn:li:activity:734",
            ),
            ("jane-doe_activity-734-x-_9", "urn:li:activity:734"),
            ("jane_share-734-abcd/?utm_source=share", "urn:li:share:734"),
            ("jane_my-share-1-ugcPost-734-abcd", "urn:li:ugcPost:734"),
            ("jane_ugcPost-5-activity-734", "urn:li:activity:734"),
            ("activity-734-Ab_1", "urn:li:activity:734"),
            (
                "share-734-Ab_1/?utm_source=share&utm_medium=member_ios&rcm=ACoA",
                "urn:li:share:734",
            ),
            ("j%C3%BCrgen_%C3%BCber-share-734-abcd", "urn:li:share:734"),
        ] {
            let address = format!("https://www.linkedin.com/posts/{slug}");
            assert_eq!(id(&address).as_deref(), Some(urn), "{slug}");
        }
    }

    #[test]
    fn other_text_is_refused_with_hint() {
        for text in [
            "",
            " ",
            "foo",
            "734",
            "7341234567890123456",
            "urn:li:share:",
            "urn:li:share:0",
            "urn:li:share:734x",
            "urn:li:share:734 urn:li:share:735",
            "urn:li:share:99999999999999999999",
            "URN:LI:SHARE:734",
            "urn:li:ugcpost:734",
            "urn:li:person:782bbtaQ",
            "urn:li:organization:734",
            "urn:li:comment:(urn:li:activity:734,735)",
            "urn:li:groupPost:1-734",
            "https://evil.example/feed/update/urn:li:share:734/",
            "https://www.linkedin.com.evil.example/feed/update/urn:li:share:734/",
            "https://evillinkedin.com/feed/update/urn:li:share:734/",
            "https://www.linkedin.com@evil.example/feed/update/urn:li:share:734/",
            "https://user@www.linkedin.com/feed/update/urn:li:share:734/",
            "https://www.linkedin.com:8443/feed/update/urn:li:share:734/",
            "ftp://www.linkedin.com/feed/update/urn:li:share:734/",
            "https://www.linkedin.com/in/jane-doe/",
            "https://www.linkedin.com/in/jane-doe/recent-activity/all/",
            "https://www.linkedin.com/company/example/posts/",
            "https://www.linkedin.com/feed/",
            "https://www.linkedin.com/feed/?x=urn:li:share:734",
            "https://www.linkedin.com/feed/update/urn:li:person:782bbtaQ/",
            "https://www.linkedin.com/feed/update/urn:li:comment:(urn:li:activity:734,735)/",
            "https://www.linkedin.com/feed/update/urn:li:share:734/more",
            "https://www.linkedin.com/posts/jane-doe_no-number-activity-abcd",
            "https://www.linkedin.com/posts/jane-doe_subactivity-734-abcd",
            "https://www.linkedin.com/pulse/an-article-jane-doe-734/",
            "https://www.linkedin.com/feed/update/urn:li:\nshare:734/",
        ] {
            let error = locate(text).unwrap_err();
            let expected = (PublishErrorKind::Rejected, Code::Unsupported);
            assert_eq!((error.kind, error.code), expected, "{text}");
            assert!(error.message.starts_with("invalid "), "{error}");
            let hint = error.hint.unwrap();
            for form in ["`urn:li:share:", "/feed/update/", "/posts/"] {
                assert!(hint.contains(form), "{text}: {hint}");
            }
        }
    }

    #[test]
    fn short_link_hint_requests_target() {
        for text in ["https://lnkd.in/eAbCdEfG", "lnkd.in/p/eAbCdEfG"] {
            let hint = locate(text).unwrap_err().hint.unwrap();
            assert!(hint.contains("in a browser"), "{text}: {hint}");
        }
    }

    #[test]
    fn long_text_is_shortened_in_message() {
        let error = locate(&"\u{1b}[2J".repeat(1000)).unwrap_err();
        assert!(error.message.chars().count() < 2000, "{error}");
        assert!(!error.message.contains('\u{1b}'), "{error}");
    }

    proptest! {
        #[test]
        fn locate_is_idempotent(text in "\\PC{0,80}", slug in "[a-z_-]{0,20}", number in 1u64..) {
            let address = format!("https://www.linkedin.com/posts/{slug}_activity-{number}-{slug}");
            for text in [text, address] {
                if let Ok(receipt) = locate(&text) {
                    prop_assert_eq!(locate(receipt.label()), Ok(receipt.clone()));
                    prop_assert_eq!(locate(receipt.url.as_deref().unwrap_or_default()), Ok(receipt));
                }
            }
        }
    }
}

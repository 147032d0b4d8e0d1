//! Checks that all dialects share: required texts, maximum lengths, URLs.

use syndicate_api::{Code, Diagnostic, Picture, RichText};
use url::Url;

use syndicate_api::text::{sanitize, utf16_len};

/// Maximum number of pictures in one post.
const MAX_PICTURES: usize = 20;
/// Maximum length of a title in UTF-16 code units.
pub(super) const MAX_TITLE: usize = 400;
/// Maximum length of a card's description and of its picture's alternative text, in UTF-16 code
/// units. LinkedIn requires fewer than 4086.
const MAX_DESCRIPTION: usize = 4085;
/// Maximum length of the alternative text of attached media, in UTF-16 code units.
const MAX_ALT: usize = 4086;

/// Encodes the commentary and checks that the result is not longer than `limit`.
pub(super) fn commentary(
    text: &RichText,
    limit: usize,
    encode: fn(&RichText) -> String,
) -> Result<String, Diagnostic> {
    // LinkedIn refuses a blank commentary even with a card (`INVALID_VALUE_BLANK_FIELD`).
    if sanitize(&text.plain()).trim().is_empty() {
        let message = "the commentary is empty";
        return Err(Diagnostic::new(Code::TextEmpty, message));
    }
    let commentary = encode(text);
    let length = utf16_len(&commentary);
    if length > limit {
        let message = format!(
            "the commentary has {length} characters including escapes, and `text_limit` is {limit}"
        );
        return Err(Diagnostic::new(Code::TextTooLong, message));
    }
    Ok(commentary)
}

/// Checks the title of a card, which LinkedIn requires.
pub(super) fn card_title(title: &str) -> Result<String, Diagnostic> {
    let title = check_text("title", title, MAX_TITLE, Code::TitleTooLong)?;
    title.ok_or_else(|| {
        let message = "the card has no title, which LinkedIn requires";
        Diagnostic::new(Code::TitleMissing, message)
    })
}

/// Checks the description of a card.
pub(super) fn description(text: Option<&str>) -> Result<Option<String>, Diagnostic> {
    check_text(
        "description",
        text.unwrap_or_default(),
        MAX_DESCRIPTION,
        Code::DescriptionTooLong,
    )
}

/// Checks the alternative text of attached media.
pub(super) fn alt(text: Option<&str>) -> Result<Option<String>, Diagnostic> {
    alt_within(text, MAX_ALT)
}

/// Checks the alternative text of a card's picture.
pub(super) fn thumbnail_alt(text: Option<&str>) -> Result<Option<String>, Diagnostic> {
    alt_within(text, MAX_DESCRIPTION)
}

fn alt_within(text: Option<&str>, max_len: usize) -> Result<Option<String>, Diagnostic> {
    let text = text.unwrap_or_default();
    check_text("alternative text", text, max_len, Code::AltTooLong)
}

/// Checks the number of pictures in a post.
pub(super) fn check_gallery(pictures: &[Picture]) -> Result<(), Diagnostic> {
    let count = pictures.len();
    let message = match count {
        0 => "the post has no pictures".to_owned(),
        1..=MAX_PICTURES => return Ok(()),
        _ => format!("the post has {count} pictures, and LinkedIn accepts at most {MAX_PICTURES}"),
    };
    Err(Diagnostic::new(Code::AttachmentUnfit, message))
}

/// Returns the URL of a card in normalized form, with all invalid characters percent-encoded.
pub(super) fn card_url(url: &str) -> Result<String, Diagnostic> {
    web_url(url).ok_or_else(|| {
        let message = format!("invalid card URL `{url}`: expected an `http` or `https` URL");
        Diagnostic::new(Code::NoUrl, message)
    })
}

/// Parses `url`. Returns `None` if it is not an `http` or `https` URL.
pub(super) fn web_url(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.into())
}

/// Sanitizes a plain text and checks its length. Returns `None` if the text is blank. `name` is the
/// noun for messages.
pub(super) fn check_text(
    name: &str,
    text: &str,
    max_len: usize,
    too_long: Code,
) -> Result<Option<String>, Diagnostic> {
    let text = sanitize(text);
    let length = utf16_len(&text);
    if text.trim().is_empty() {
        Ok(None)
    } else if length > max_len {
        let message =
            format!("the {name} has {length} characters, and LinkedIn accepts at most {max_len}");
        Err(Diagnostic::new(too_long, message))
    } else {
        Ok(Some(text))
    }
}

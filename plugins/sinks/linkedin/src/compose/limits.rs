//! What every dialect asks of the parts of a post: texts that are there and not too long, addresses
//! that the web has.

use syndicate_api::{Code, Diagnostic, Picture, RichText};
use url::Url;

use crate::sanitize::{sanitize, utf16_len};

/// How many pictures one post shows.
const MAX_PICTURES: usize = 20;
/// The longest title, in UTF-16 code units.
pub(super) const MAX_TITLE: usize = 400;
/// The longest description of a card and alternative text of its picture, in UTF-16 code units:
/// LinkedIn wants fewer than 4086.
const MAX_DESCRIPTION: usize = 4085;
/// The longest alternative text of media that a post shows in the card's place, in the same units.
const MAX_ALT: usize = 4086;

/// The commentary as `encode` writes it, if it is no longer than `limit` then.
pub(super) fn commentary(
    text: &RichText,
    limit: usize,
    encode: fn(&RichText) -> String,
) -> Result<String, Diagnostic> {
    // LinkedIn takes no blank commentary (`INVALID_VALUE_BLANK_FIELD`), card or not.
    if sanitize(&text.plain()).trim().is_empty() {
        let message = "the commentary is empty";
        return Err(Diagnostic::new(Code::TextEmpty, message));
    }
    let commentary = encode(text);
    let length = utf16_len(&commentary);
    if length > limit {
        let message = format!(
            "the commentary is {length} characters long as LinkedIn counts them, escapes included, \
             and `text_limit` is {limit}"
        );
        return Err(Diagnostic::new(Code::TextTooLong, message));
    }
    Ok(commentary)
}

/// The title of a card, which LinkedIn refuses without one.
pub(super) fn card_title(title: &str) -> Result<String, Diagnostic> {
    let title = check_text("title", title, MAX_TITLE, Code::TitleTooLong)?;
    title.ok_or_else(|| {
        let message = "the card has no title, and LinkedIn refuses it without";
        Diagnostic::new(Code::TitleMissing, message)
    })
}

/// The line below a card's title.
pub(super) fn description(text: Option<&str>) -> Result<Option<String>, Diagnostic> {
    check_text(
        "description",
        text.unwrap_or_default(),
        MAX_DESCRIPTION,
        Code::DescriptionTooLong,
    )
}

/// What a medium in the card's place shows.
pub(super) fn alt(text: Option<&str>) -> Result<Option<String>, Diagnostic> {
    alt_within(text, MAX_ALT)
}

/// What the picture of a card shows.
pub(super) fn thumbnail_alt(text: Option<&str>) -> Result<Option<String>, Diagnostic> {
    alt_within(text, MAX_DESCRIPTION)
}

fn alt_within(text: Option<&str>, max_len: usize) -> Result<Option<String>, Diagnostic> {
    let text = text.unwrap_or_default();
    check_text("alternative text", text, max_len, Code::AltTooLong)
}

/// Checks the number of pictures of a gallery.
pub(super) fn check_gallery(pictures: &[Picture]) -> Result<(), Diagnostic> {
    let count = pictures.len();
    let message = match count {
        0 => "there is no picture to show".to_owned(),
        1..=MAX_PICTURES => return Ok(()),
        _ => format!("there are {count} pictures, and LinkedIn shows at most {MAX_PICTURES}"),
    };
    Err(Diagnostic::new(Code::AttachmentUnfit, message))
}

/// The address of a card, as the parser writes it: with everything encoded that none can hold.
pub(super) fn card_url(address: &str) -> Result<String, Diagnostic> {
    web_url(address).ok_or_else(|| {
        let message = format!("the card's address `{address}` does not start with `https://`");
        Diagnostic::new(Code::NoUrl, message)
    })
}

/// `address`, if it is one of the web.
pub(super) fn web_url(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.into())
}

/// Plain text, where blank means none.
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
            format!("the {name} is {length} characters long, and LinkedIn takes {max_len}");
        Err(Diagnostic::new(too_long, message))
    } else {
        Ok(Some(text))
    }
}

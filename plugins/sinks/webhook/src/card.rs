//! The link card that this sink sends, and the limits of posts with it.

use syndicate_api::{Card, Code, Diagnostic, Limits, MediaRules, PicturePolicy, Post, PostFormat};

use crate::options::CardStyle;
use crate::text::{one_line, web_url};

/// The pictures of cards. The platform fetches them by their URL, so none is converted: the rules accept all that
/// browsers show.
const PICTURES: MediaRules = MediaRules {
    types: &["image/jpeg", "image/png", "image/gif", "image/webp"],
    max_pixels: 100_000_000,
    max_bytes: 20 * 1024 * 1024,
    max_frames: 10_000,
};

/// The template of posts with an own card, which shows the description.
pub(crate) const OWN_CARD_TEMPLATE: &str = include_str!("own_card.hbs");

/// The template of posts with the link in the text.
pub(crate) const LINK_TEMPLATE: &str = include_str!("link.hbs");

/// A card as it is sent: sanitized, with valid URLs.
pub(crate) struct OwnCard {
    pub(crate) url: String,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    /// The public URL of the picture and its alternative text.
    pub(crate) picture: Option<(String, Option<String>)>,
}

/// Returns the limits of posts of at most `text` units.
pub(crate) fn limits(text: usize, card: CardStyle, picture: PicturePolicy) -> Limits {
    match (card, picture) {
        (CardStyle::Own, PicturePolicy::Require | PicturePolicy::Warn) => Limits {
            picture,
            media: PICTURES,
            format: PostFormat::Card,
            ..Limits::text(text)
        },
        _ => Limits::text(text),
    }
}

/// Checks that the post has no attachment, which chats accept only as an upload.
///
/// # Errors
/// Returns `kind_unsupported` if it has one.
pub(crate) fn check_kind(post: &Post) -> Result<(), Diagnostic> {
    if post.attachment.is_none() {
        return Ok(());
    }
    let message = format!(
        "this sink sends links and text, not posts of the kind `{}`",
        post.kind().as_str()
    );
    Err(Diagnostic::new(Code::KindUnsupported, message))
}

/// Returns the card of `post` for an own card.
///
/// # Errors
/// Returns a diagnostic if the URL is not a web URL, or if a picture is required and has no public URL.
pub(crate) fn own_card(post: &Post, policy: PicturePolicy) -> Result<Option<OwnCard>, Diagnostic> {
    let Some(card) = &post.card else {
        return Ok(None);
    };
    let url = web_url(&card.url).ok_or_else(|| {
        let message = format!(
            "invalid card URL `{}`: expected an `http` or `https` URL",
            card.url
        );
        Diagnostic::new(Code::NoUrl, message)
    })?;
    let title = one_line(&card.title);
    let description = card.description.as_deref().map(one_line);
    Ok(Some(OwnCard {
        title: if title.is_empty() { url.clone() } else { title },
        description: description.filter(|words| !words.is_empty()),
        picture: picture(card, policy)?,
        url,
    }))
}

fn picture(
    card: &Card,
    policy: PicturePolicy,
) -> Result<Option<(String, Option<String>)>, Diagnostic> {
    if policy == PicturePolicy::Skip {
        return Ok(None);
    }
    let picture = card.picture.as_ref().and_then(|picture| {
        let alt = picture
            .alt
            .as_deref()
            .map(one_line)
            .filter(|alt| !alt.is_empty());
        Some((web_url(picture.url.as_deref()?)?, alt))
    });
    if picture.is_none() && policy == PicturePolicy::Require {
        let message = "the picture of the card has no public URL, by which the platform fetches it";
        return Err(Diagnostic::new(Code::ThumbnailMissing, message));
    }
    Ok(picture)
}

/// Returns the error of a text that is too long.
pub(crate) fn too_long(name: &str, length: usize, limit: usize, code: Code) -> Diagnostic {
    Diagnostic::new(
        code,
        format!("the {name} has {length} characters, and at most {limit} are allowed"),
    )
}

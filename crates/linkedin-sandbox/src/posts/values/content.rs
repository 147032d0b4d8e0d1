//! Checks the values of the content below the text.

use jiff::Timestamp;

use super::input_errors::InputErrors;
use crate::errors::ErrorResponse;
use crate::posts::post_body::{Article, Content, Media, MultiImage, Poll, PostBody};
use crate::state::SandboxState;
use crate::state::medium::{MediaKind, MediaStatus};

/// The longest title of an article, in UTF-16 units.
const TITLE: usize = 400;
/// The longest description of an article and alternative text of its picture, in UTF-16 units. A
/// length of 4086 is refused.
const LONG_TEXT: usize = 4085;
/// The longest alternative text of media, in UTF-16 units.
const ALT_TEXT: usize = 4086;
/// The number of pictures of a `multiImage`.
const IMAGES: std::ops::RangeInclusive<usize> = 2..=20;
/// The longest question of a poll, in UTF-16 units.
const QUESTION: usize = 140;
/// The longest option of a poll, in UTF-16 units.
const OPTION: usize = 30;
/// The number of options of a poll.
const OPTIONS: std::ops::RangeInclusive<usize> = 2..=4;

/// The values that content is checked against.
pub(crate) struct ValidationContext<'s> {
    pub(crate) author: &'s str,
    pub(crate) state: &'s SandboxState,
    pub(crate) now: Timestamp,
}

pub(crate) fn check_content(
    errors: &mut InputErrors,
    body: &PostBody,
    context: &ValidationContext<'_>,
) -> Result<(), ErrorResponse> {
    match &body.content {
        None => Ok(()),
        Some(Content::Article(article)) => check_article(errors, article, context),
        Some(Content::Media(media)) => check_media(errors, media, context),
        Some(Content::MultiImage(images)) => check_multi_image(errors, images, context),
        Some(Content::Poll(poll)) => {
            check_poll(errors, poll);
            Ok(())
        }
    }
}

fn check_article(
    errors: &mut InputErrors,
    article: &Article,
    context: &ValidationContext<'_>,
) -> Result<(), ErrorResponse> {
    errors.check_address("/content/article/source", &article.source);
    errors.check_length("/content/article/title", &article.title, TITLE);
    let description = article.description.as_deref().unwrap_or_default();
    errors.check_length("/content/article/description", description, LONG_TEXT);
    let alt = article.thumbnail_alt_text.as_deref().unwrap_or_default();
    errors.check_length("/content/article/thumbnailAltText", alt, LONG_TEXT);
    let Some(thumbnail) = &article.thumbnail else {
        return Ok(());
    };
    let path = "/content/article/thumbnail";
    if MediaKind::of(thumbnail) == Some(MediaKind::Image) {
        return check_upload(errors, path, thumbnail, MediaKind::Image, context);
    }
    let rule = "must be the URN of an image, urn:li:image:…, and not an address";
    errors.push("INVALID_URN_TYPE", path, rule, thumbnail);
    Ok(())
}

fn check_media(
    errors: &mut InputErrors,
    media: &Media,
    context: &ValidationContext<'_>,
) -> Result<(), ErrorResponse> {
    const PATH: &str = "/content/media/id";
    check_alt(errors, "/content/media/altText", media);
    let title = media.title.as_deref().unwrap_or_default();
    errors.check_length("/content/media/title", title, TITLE);
    match MediaKind::of(&media.id) {
        None | Some(MediaKind::Asset) => {
            let rule = "must be the URN of an image, a document or a video";
            errors.push("INVALID_URN_TYPE", PATH, rule, &media.id);
            Ok(())
        }
        Some(kind) => {
            if kind == MediaKind::Document && title.trim().is_empty() {
                let path = "/content/media/title";
                errors.push("MISSING_FIELD", path, "is required for documents", title);
            }
            check_upload(errors, PATH, &media.id, kind, context)
        }
    }
}

fn check_multi_image(
    errors: &mut InputErrors,
    images: &MultiImage,
    context: &ValidationContext<'_>,
) -> Result<(), ErrorResponse> {
    const PATH: &str = "/content/multiImage/images";
    let count = images.images.len();
    if count < *IMAGES.start() {
        let rule = "must have at least 2 images; use media for a single one";
        errors.push_invalid(PATH, rule, &count.to_string());
    }
    errors.check_array(PATH, count, *IMAGES.end());
    for (index, image) in images.images.iter().enumerate() {
        let path = format!("{PATH}/{index}");
        check_alt(errors, &format!("{path}/altText"), image);
        let id = format!("{path}/id");
        if MediaKind::of(&image.id) == Some(MediaKind::Image) {
            check_upload(errors, &id, &image.id, MediaKind::Image, context)?;
        } else {
            let rule = "must be the URN of an image";
            errors.push("INVALID_URN_TYPE", &id, rule, &image.id);
        }
    }
    Ok(())
}

fn check_poll(errors: &mut InputErrors, poll: &Poll) {
    const PATH: &str = "/content/poll";
    let question = format!("{PATH}/question");
    errors.check_not_blank(&question, &poll.question);
    errors.check_length(&question, &poll.question, QUESTION);
    let options = format!("{PATH}/options");
    let count = poll.options.len();
    if count < *OPTIONS.start() {
        errors.push_invalid(&options, "must have at least 2 options", &count.to_string());
    }
    errors.check_array(&options, count, *OPTIONS.end());
    for (index, option) in poll.options.iter().enumerate() {
        let path = format!("{options}/{index}/text");
        errors.check_not_blank(&path, &option.text);
        errors.check_length(&path, &option.text, OPTION);
    }
    let settings = &poll.settings;
    let selection = settings.vote_selection_type.as_deref();
    if let Some(other) = selection.filter(|selection| *selection != "SINGLE_VOTE") {
        let path = format!("{PATH}/settings/voteSelectionType");
        errors.push_invalid(&path, "must be SINGLE_VOTE", other);
    }
    if settings.is_voter_visible_to_author == Some(false) {
        let path = format!("{PATH}/settings/isVoterVisibleToAuthor");
        errors.push_invalid(&path, "must be true", "false");
    }
}

/// Checks the upload of a URN of the right kind. LinkedIn refuses a post with a failed video, but
/// accepts one with a failed picture or document without an error.
fn check_upload(
    errors: &mut InputErrors,
    path: &str,
    urn: &str,
    kind: MediaKind,
    context: &ValidationContext<'_>,
) -> Result<(), ErrorResponse> {
    let Some(medium) = context.state.media.get(urn) else {
        let code = match kind {
            MediaKind::Image => "INVALID_IMAGE_ID",
            MediaKind::Video => "INVALID_VIDEO_ID",
            MediaKind::Document | MediaKind::Asset => "INVALID_URN_ID",
        };
        let rule = format!("is not a known {}", kind.word());
        errors.push(code, path, &rule, urn);
        return Ok(());
    };
    if medium.owner != context.author {
        return Err(ErrorResponse::value_denied(path));
    }
    if kind == MediaKind::Video {
        match medium.state(context.now) {
            MediaStatus::Waiting => {
                errors.push(
                    "MEDIA_ASSET_WAITING_UPLOAD",
                    path,
                    "was never uploaded",
                    urn,
                );
            }
            MediaStatus::Failed(why) => {
                let rule = format!("cannot be shown: {why}");
                errors.push("MEDIA_ASSET_PROCESSING_FAILED", path, &rule, urn);
            }
            MediaStatus::Processing | MediaStatus::Available { .. } => {}
        }
    }
    Ok(())
}

fn check_alt(errors: &mut InputErrors, path: &str, media: &Media) {
    let alt = media.alt_text.as_deref().unwrap_or_default();
    errors.check_length(path, alt, ALT_TEXT);
}

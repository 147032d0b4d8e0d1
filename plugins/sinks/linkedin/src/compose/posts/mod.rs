//! Encodes posts for the Posts API, with commentary in little text. It supports all kinds of
//! content.

mod poll;

use syndicate_api::{
    Attachment, Card, Code, Diagnostic, Medium, Payload, Picture, Post, TextSpan, slot,
};

use super::limits;
use super::settings::ComposeSettings;
use crate::wire::posts::{
    self as wire, Article, Content, Distribution, Image, Media, ReshareContext, Thumbnail,
};
use crate::{little_text, locate, slots, urn};

pub(super) fn compose(settings: &ComposeSettings<'_>, post: &Post) -> Result<Payload, Diagnostic> {
    check_mentions(post)?;
    let (content, media) = content(settings, post)?;
    let reshare_context = match &post.attachment {
        Some(Attachment::Reshare(shared)) => Some(ReshareContext {
            parent: parent_urn(shared)?,
        }),
        _ => None,
    };
    let body = wire::Post {
        author: settings.author(),
        commentary: limits::commentary(&post.text, settings.text_limit, little_text::encode)?,
        visibility: settings.visibility.as_api_str(),
        distribution: Distribution::MAIN_FEED,
        lifecycle_state: "PUBLISHED",
        is_reshare_disabled_by_author: false,
        content,
        reshare_context,
    };
    Ok(settings.payload(&body, media))
}

/// Checks all mentions. An invalid one would be sent as a plain name, which the author did not
/// intend.
fn check_mentions(post: &Post) -> Result<(), Diagnostic> {
    post.text.0.iter().try_for_each(|span| match span {
        TextSpan::Mention { name, target } => check_mention(target).map_err(|diagnostic| {
            let message = format!("cannot mention `{name}`: {}", diagnostic.message);
            diagnostic.with_message(message)
        }),
        _ => Ok(()),
    })
}

/// Checks the identifier of an account that templates may mention.
///
/// # Errors
/// Returns a diagnostic if it is not the URN of a member or page.
pub(crate) fn check_mention(target: &str) -> Result<(), Diagnostic> {
    if urn::is_author(target) {
        return Ok(());
    }
    let message = format!("invalid URN `{target}` of a member or page");
    Err(Diagnostic::new(Code::MentionInvalid, message).with_hint(urn::author_hint(target)))
}

/// Builds the content that is shown with the commentary, and returns the media that it needs.
fn content(
    settings: &ComposeSettings<'_>,
    post: &Post,
) -> Result<(Option<Content>, Vec<Medium>), Diagnostic> {
    let Some(attachment) = &post.attachment else {
        let picture = post.card.as_ref().and_then(|card| card.picture.as_ref());
        let media = picture.map(|picture| picture.medium.clone());
        let card = post.card.as_ref().map(article_content).transpose()?;
        return Ok((card, media.into_iter().collect()));
    };
    let content = match attachment {
        Attachment::Pictures(pictures) => Some(pictures_content(pictures)?),
        Attachment::Document { title, alt, .. } => {
            Some(media_content(Some(document_title(title)?), alt.as_deref())?)
        }
        Attachment::Video { title, alt, .. } => {
            let title = title.as_deref().unwrap_or_default();
            let max_len = limits::MAX_TITLE;
            let title = limits::check_text("title", title, max_len, Code::TitleTooLong)?;
            Some(media_content(title, alt.as_deref())?)
        }
        Attachment::Poll(poll) => Some(Content::Poll(poll::encode(poll)?)),
        Attachment::Reshare(_) => None,
        _ => return Err(settings.unsupported(post.kind())),
    };
    Ok((content, attachment.media().into_iter().cloned().collect()))
}

fn article_content(card: &Card) -> Result<Content, Diagnostic> {
    Ok(Content::Article(Article {
        source: limits::card_url(&card.url)?,
        title: limits::card_title(&card.title)?,
        description: limits::description(card.description.as_deref())?,
        thumbnail: card.picture.as_ref().map(thumbnail).transpose()?,
    }))
}

fn thumbnail(picture: &Picture) -> Result<Thumbnail, Diagnostic> {
    Ok(Thumbnail {
        thumbnail: slot(&slots::media(0)),
        thumbnail_alt_text: limits::thumbnail_alt(picture.alt.as_deref())?,
    })
}

/// Builds the content for pictures. A single picture is `media`, because LinkedIn refuses
/// `multiImage` with fewer than two.
fn pictures_content(pictures: &[Picture]) -> Result<Content, Diagnostic> {
    match pictures {
        [picture] => media_content(None, picture.alt.as_deref()),
        pictures => {
            limits::check_gallery(pictures)?;
            let images = pictures.iter().enumerate().map(|(index, picture)| {
                Ok(Image {
                    id: slot(&slots::media(index)),
                    alt_text: limits::alt(picture.alt.as_deref())?,
                })
            });
            let images = images.collect::<Result<_, Diagnostic>>()?;
            Ok(Content::MultiImage { images })
        }
    }
}

/// Builds the content for a single uploaded medium.
fn media_content(title: Option<String>, alt: Option<&str>) -> Result<Content, Diagnostic> {
    Ok(Content::Media(Media {
        id: slot(&slots::media(0)),
        title,
        alt_text: limits::alt(alt)?,
    }))
}

fn document_title(title: &str) -> Result<String, Diagnostic> {
    let max_len = limits::MAX_TITLE;
    let title = limits::check_text("title", title, max_len, Code::TitleTooLong)?;
    title.ok_or_else(|| {
        let message = "the document has no title, which LinkedIn requires";
        Diagnostic::new(Code::TitleMissing, message)
    })
}

/// Returns the URN of the post to reshare. `shared` is a URN or a URL copied from LinkedIn.
fn parent_urn(shared: &str) -> Result<String, Diagnostic> {
    let unfit = |message: String, hint: &str| {
        Diagnostic::new(Code::AttachmentUnfit, message).with_hint(hint)
    };
    let urn = locate::parse_post_urn(shared).map_err(|hint| {
        let message = format!(
            "invalid `reshare` `{}`: expected a post on LinkedIn",
            locate::quote(shared)
        );
        unfit(message, hint)
    })?;
    if urn.starts_with(urn::ACTIVITY) {
        let message = format!(
            "`{urn}` is the URN of the post's entry in the feed, and LinkedIn's API accepts only the \
             URN of the post itself"
        );
        let hint = "choose \"Embed this post\" in the post's menu and set `reshare` to the \
            `urn:li:share:…` or `urn:li:ugcPost:…` in the embed code";
        return Err(unfit(message, hint));
    }
    Ok(urn)
}

#[cfg(test)]
mod tests;

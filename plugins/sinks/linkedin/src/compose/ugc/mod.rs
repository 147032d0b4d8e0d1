//! Encodes posts for `v2/ugcPosts`: commentary in plain text, with a card, pictures or a video.
//! LinkedIn takes the picture of such a card from the page, so none is uploaded.

use syndicate_api::{Attachment, Card, Code, Diagnostic, Medium, Payload, Post, slot};

use super::limits;
use super::settings::ComposeSettings;
use crate::plain_text;
use crate::slots;
use crate::wire::ugc::{self as wire, Media, ShareContent, SpecificContent, Text, Visibility};

/// The `status` of each card and medium in the request.
const READY: &str = "READY";

pub(super) fn compose(settings: &ComposeSettings<'_>, post: &Post) -> Result<Payload, Diagnostic> {
    let (category, media, bytes) = content(settings, post)?;
    let commentary = limits::commentary(&post.text, settings.text_limit, plain_text::encode)?;
    let body = wire::Post {
        author: settings.author(),
        lifecycle_state: "PUBLISHED",
        specific_content: SpecificContent {
            share: ShareContent {
                share_commentary: Text { text: commentary },
                share_media_category: category,
                media,
            },
        },
        visibility: Visibility {
            network: settings.visibility.as_api_str(),
        },
    };
    Ok(settings.payload(&body, bytes))
}

/// Builds the content that is shown with the commentary: its category, its fields and the media
/// that it needs.
fn content(
    settings: &ComposeSettings<'_>,
    post: &Post,
) -> Result<(&'static str, Vec<Media>, Vec<Medium>), Diagnostic> {
    match (&post.attachment, &post.card) {
        (None, None) => Ok(("NONE", Vec::new(), Vec::new())),
        (None, Some(card)) => Ok(("ARTICLE", vec![article_media(card)?], Vec::new())),
        (Some(Attachment::Pictures(pictures)), _) => {
            limits::check_gallery(pictures)?;
            let media = pictures.iter().enumerate().map(|(index, picture)| {
                let alt = limits::alt(picture.alt.as_deref())?;
                Ok(uploaded_media(index, None, alt))
            });
            let media = media.collect::<Result<_, Diagnostic>>()?;
            let bytes = pictures.iter().map(|picture| picture.medium.clone());
            Ok(("IMAGE", media, bytes.collect()))
        }
        (Some(Attachment::Video { medium, title, alt }), _) => {
            let title = title.as_deref().unwrap_or_default();
            let max_len = limits::MAX_TITLE;
            let title = limits::check_text("title", title, max_len, Code::TitleTooLong)?;
            let media = uploaded_media(0, title, limits::alt(alt.as_deref())?);
            Ok(("VIDEO", vec![media], vec![medium.clone()]))
        }
        (Some(_), _) => Err(settings.unsupported(post.kind())),
    }
}

fn article_media(card: &Card) -> Result<Media, Diagnostic> {
    let description = limits::description(card.description.as_deref())?;
    Ok(Media {
        status: READY,
        original_url: Some(limits::card_url(&card.url)?),
        title: Some(Text {
            text: limits::card_title(&card.title)?,
        }),
        description: description.map(|text| Text { text }),
        media: None,
    })
}

fn uploaded_media(index: usize, title: Option<String>, description: Option<String>) -> Media {
    Media {
        status: READY,
        media: Some(slot(&slots::media(index))),
        title: title.map(|text| Text { text }),
        description: description.map(|text| Text { text }),
        original_url: None,
    }
}

#[cfg(test)]
mod tests;

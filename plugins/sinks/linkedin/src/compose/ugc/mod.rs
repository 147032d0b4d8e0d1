//! The dialect of `v2/ugcPosts`: commentary in plain text, and a card, a picture or a video below it.
//! LinkedIn takes the picture of such a card from the page itself, so none is sent.

use syndicate_api::{Attachment, Card, Code, Diagnostic, Medium, Payload, Post, Request};

use super::fitting;
use super::settings::Settings;
use crate::plain_text;
use crate::slots;
use crate::wire::ugc::{self as wire, Media, ShareContent, SpecificContent, Text, Visibility};

/// What LinkedIn is told of a card, and of a medium that is uploaded.
const READY: &str = "READY";

pub(super) fn compose(settings: &Settings<'_>, post: &Post) -> Result<Payload, Diagnostic> {
    let (category, media, bytes) = below(settings, post)?;
    let commentary = fitting::commentary(&post.text, settings.text_limit, plain_text::encode)?;
    let body = wire::Post {
        author: settings.author(),
        lifecycle_state: "PUBLISHED",
        specific_content: SpecificContent {
            share: ShareContent {
                share_commentary: Text { text: commentary },
                share_media_category: category,
                media: media.into_iter().collect(),
            },
        },
        visibility: Visibility {
            network: settings.visibility.on_the_wire(),
        },
    };
    Ok(settings.payload(&body, bytes))
}

/// What hangs below the commentary: its category, what is said of it, and the bytes for it.
fn below(
    settings: &Settings<'_>,
    post: &Post,
) -> Result<(&'static str, Option<Media>, Vec<Medium>), Diagnostic> {
    match (&post.attachment, &post.card) {
        (None, None) => Ok(("NONE", None, Vec::new())),
        (None, Some(card)) => Ok(("ARTICLE", Some(article(card)?), Vec::new())),
        (Some(Attachment::Pictures(pictures)), _) => match pictures.as_slice() {
            [picture] => {
                let alt = fitting::alt(picture.alt.as_deref())?;
                let media = uploaded(None, alt);
                Ok(("IMAGE", Some(media), vec![picture.medium.clone()]))
            }
            _ => Err(settings.unsupported(post.kind())),
        },
        (Some(Attachment::Video { medium, title, alt }), _) => {
            let title = title.as_deref().unwrap_or_default();
            let longest = fitting::LONGEST_TITLE;
            let title = fitting::fitting("title", title, longest, Code::TitleTooLong)?;
            let media = uploaded(title, fitting::alt(alt.as_deref())?);
            Ok(("VIDEO", Some(media), vec![medium.clone()]))
        }
        (Some(_), _) => Err(settings.unsupported(post.kind())),
    }
}

fn article(card: &Card) -> Result<Media, Diagnostic> {
    let description = fitting::description(card.description.as_deref())?;
    Ok(Media {
        status: READY,
        original_url: Some(fitting::source(&card.url)?),
        title: Some(Text {
            text: fitting::card_title(&card.title)?,
        }),
        description: description.map(|text| Text { text }),
        media: None,
    })
}

fn uploaded(title: Option<String>, description: Option<String>) -> Media {
    Media {
        status: READY,
        media: Some(Request::slot(&slots::media(0))),
        title: title.map(|text| Text { text }),
        description: description.map(|text| Text { text }),
        original_url: None,
    }
}

#[cfg(test)]
mod tests;

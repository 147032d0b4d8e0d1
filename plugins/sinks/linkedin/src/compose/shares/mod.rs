//! Encodes posts for `v2/shares`, the Share API of 2019: commentary in plain text, and a card whose
//! picture LinkedIn fetches by its URL. LinkedIn has switched this API off, so only the user's own
//! gateway can accept these posts.

use syndicate_api::{Card, Code, Diagnostic, Payload, Picture, PicturePolicy, Post};

use super::limits;
use super::settings::ComposeSettings;
use crate::plain_text;
use crate::wire::shares::{Content, Distribution, Entity, Share, Text, Thumbnail};

pub(super) fn compose(settings: &ComposeSettings<'_>, post: &Post) -> Result<Payload, Diagnostic> {
    if post.attachment.is_some() {
        return Err(settings.unsupported(post.kind()));
    }
    let card = post.card.as_ref();
    let body = Share {
        owner: settings.author(),
        text: Text {
            text: limits::commentary(&post.text, settings.text_limit, plain_text::encode)?,
        },
        content: card.map(|card| content(settings, card)).transpose()?,
        distribution: Distribution::default(),
    };
    Ok(settings.payload(&body, Vec::new()))
}

fn content(settings: &ComposeSettings<'_>, card: &Card) -> Result<Content, Diagnostic> {
    let thumbnail = match &card.picture {
        None => None,
        Some(picture) => thumbnail(settings, picture)?,
    };
    Ok(Content {
        title: limits::card_title(&card.title)?,
        content_entities: [Entity {
            entity_location: limits::card_url(&card.url)?,
            thumbnails: thumbnail.into_iter().collect(),
        }],
    })
}

/// Builds the thumbnail from the picture's URL. Only a picture of the site has one.
fn thumbnail(
    settings: &ComposeSettings<'_>,
    picture: &Picture,
) -> Result<Option<Thumbnail>, Diagnostic> {
    let address = picture.url.as_deref().and_then(limits::web_url);
    if address.is_none() && settings.thumbnail == PicturePolicy::Require {
        let file = picture.medium.file.as_deref().unwrap_or("the picture");
        let message = format!(
            "`{file}` has no public address, from which LinkedIn's `shares` API fetches pictures"
        );
        return Err(Diagnostic::new(Code::ThumbnailMissing, message));
    }
    Ok(address.map(|resolved_url| Thumbnail { resolved_url }))
}

#[cfg(test)]
mod tests;

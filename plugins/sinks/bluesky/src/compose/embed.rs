//! The part below the text: a link card or pictures.

use serde_json::{Value, json};
use syndicate_api::{Attachment, Card, Code, Diagnostic, Medium, Picture, Post, slot};

use crate::rich_text::{sanitize, web_url};
use crate::slots;

/// The most pictures of a post (`app.bsky.embed.images`).
const MAX_PICTURES: usize = 4;

/// Returns the embed of `post` and the media that it needs.
pub(super) fn embed(post: &Post) -> Result<(Option<Value>, Vec<Medium>), Diagnostic> {
    match &post.attachment {
        Some(Attachment::Pictures(pictures)) => {
            let media = pictures.iter().map(|picture| picture.medium.clone());
            Ok((Some(images(pictures)?), media.collect()))
        }
        Some(_) => {
            let message = format!(
                "Bluesky posts of the kind `{}` are not supported",
                post.kind()
            );
            Err(Diagnostic::new(Code::KindUnsupported, message))
        }
        None => {
            let picture = post.card.as_ref().and_then(|card| card.picture.as_ref());
            let media = picture.map(|picture| picture.medium.clone());
            let card = post.card.as_ref().map(external).transpose()?;
            Ok((card, media.into_iter().collect()))
        }
    }
}

/// Encodes a link card. Bluesky reads nothing from the page, so title, description and picture are sent.
fn external(card: &Card) -> Result<Value, Diagnostic> {
    let url = web_url(&card.url).ok_or_else(|| {
        let message = format!(
            "invalid card URL `{}`: expected an `http` or `https` URL",
            card.url
        );
        Diagnostic::new(Code::NoUrl, message)
    })?;
    let title = sanitize(&card.title);
    if title.trim().is_empty() {
        let message = "the card has no title";
        return Err(Diagnostic::new(Code::TitleMissing, message));
    }
    let mut external = json!({
        "uri": url.as_str(),
        "title": title.trim(),
        "description": sanitize(card.description.as_deref().unwrap_or_default()).trim(),
    });
    if card.picture.is_some() {
        external["thumb"] = slot(&slots::media(0));
    }
    Ok(json!({"$type": "app.bsky.embed.external", "external": external}))
}

fn images(pictures: &[Picture]) -> Result<Value, Diagnostic> {
    if !(1..=MAX_PICTURES).contains(&pictures.len()) {
        let message = format!(
            "the post has {} pictures, and Bluesky accepts 1 to {MAX_PICTURES}",
            pictures.len()
        );
        return Err(Diagnostic::new(Code::AttachmentUnfit, message));
    }
    let images = pictures.iter().enumerate().map(|(index, picture)| {
        let alt = sanitize(picture.alt.as_deref().unwrap_or_default());
        let mut image = json!({"image": slot(&slots::media(index)), "alt": alt.trim()});
        if let Some((width, height)) = picture.medium.pixels {
            image["aspectRatio"] = json!({"width": width, "height": height});
        }
        image
    });
    Ok(json!({"$type": "app.bsky.embed.images", "images": images.collect::<Vec<_>>()}))
}

//! A post becomes a payload: one request that creates a post on LinkedIn, with slots for the author
//! and the picture. Pure, and never shortening anything: what does not fit is an error that names
//! both lengths.

use syndicate_api::{Card, Code, ComposeError, Payload, Picture, Post, Request};
use url::Url;

use crate::author::{AUTHOR_SLOT, Author};
use crate::little_text;
use crate::options::Visibility;
use crate::picture::media_slot;
use crate::printable::{printable, utf16_len};
use crate::wire::{self, Article, Content, Distribution, Thumbnail};

/// The path of the creating request.
const POSTS: &str = "/rest/posts";

/// The longest title of a card, in UTF-16 code units.
const LONGEST_TITLE: usize = 400;
/// The longest description of a card and alternative text of a picture, in UTF-16 code units:
/// LinkedIn wants fewer than 4086.
const LONGEST_DESCRIPTION: usize = 4085;

/// What the payload depends on besides the post.
pub(crate) struct Settings<'a> {
    pub(crate) author: &'a Author,
    pub(crate) visibility: Visibility,
    /// The longest commentary, in the unit of [`little_text::measure`].
    pub(crate) text_limit: usize,
}

/// Writes `post` down for LinkedIn.
///
/// # Errors
/// When a part is too long, missing, or not what it has to be.
pub(crate) fn compose(settings: &Settings<'_>, post: &Post) -> Result<Payload, ComposeError> {
    let picture = post.card.as_ref().and_then(|card| card.picture.as_ref());
    let body = wire::Post {
        author: match settings.author {
            Author::Me => Request::slot(AUTHOR_SLOT),
            Author::Urn(urn) => urn.as_str().into(),
        },
        commentary: commentary(post, settings.text_limit)?,
        visibility: settings.visibility.on_the_wire(),
        distribution: Distribution::MAIN_FEED,
        lifecycle_state: "PUBLISHED",
        is_reshare_disabled_by_author: false,
        content: post.card.as_ref().map(article).transpose()?,
    };
    Ok(Payload {
        sink: "linkedin",
        dialect: "posts",
        requests: vec![Request {
            method: "POST",
            path: POSTS.to_owned(),
            body: serde_json::to_value(body).expect("text, flags and lists always make JSON"),
        }],
        media: picture
            .map(|picture| picture.medium.clone())
            .into_iter()
            .collect(),
    })
}

fn commentary(post: &Post, limit: usize) -> Result<String, ComposeError> {
    // LinkedIn takes no blank commentary (`INVALID_VALUE_BLANK_FIELD`), card or not.
    if printable(&post.text.plain()).trim().is_empty() {
        let message = "the commentary is empty";
        return Err(ComposeError::new(Code::TextEmpty, message));
    }
    let commentary = little_text::encode(&post.text);
    let length = utf16_len(&commentary);
    if length > limit {
        let message = format!(
            "the commentary is {length} characters long as LinkedIn counts them, escapes included, \
             and `text_limit` is {limit}"
        );
        return Err(ComposeError::new(Code::TextTooLong, message));
    }
    Ok(commentary)
}

fn article(card: &Card) -> Result<Content, ComposeError> {
    let title = fitting("title", &card.title, LONGEST_TITLE, Code::TitleTooLong)?;
    let Some(title) = title else {
        let message = "the card has no title, and LinkedIn refuses it without";
        return Err(ComposeError::new(Code::TitleMissing, message));
    };
    let description = fitting(
        "description",
        card.description.as_deref().unwrap_or_default(),
        LONGEST_DESCRIPTION,
        Code::DescriptionTooLong,
    )?;
    Ok(Content::Article(Article {
        source: source(&card.url)?,
        title,
        description,
        thumbnail: card.picture.as_ref().map(thumbnail).transpose()?,
    }))
}

fn source(address: &str) -> Result<String, ComposeError> {
    match Url::parse(address) {
        // As the parser writes it: with everything encoded that an address cannot hold.
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(url.into()),
        _ => {
            let message = format!("the card's address `{address}` does not start with `https://`");
            Err(ComposeError::new(Code::NoUrl, message))
        }
    }
}

fn thumbnail(picture: &Picture) -> Result<Thumbnail, ComposeError> {
    let thumbnail_alt_text = fitting(
        "alternative text of the picture",
        picture.alt.as_deref().unwrap_or_default(),
        LONGEST_DESCRIPTION,
        Code::AltTooLong,
    )?;
    Ok(Thumbnail {
        thumbnail: Request::slot(&media_slot(0)),
        thumbnail_alt_text,
    })
}

/// Plain text for a card, where blank means none.
fn fitting(
    what: &str,
    text: &str,
    longest: usize,
    too_long: Code,
) -> Result<Option<String>, ComposeError> {
    let text = printable(text);
    let length = utf16_len(&text);
    if text.trim().is_empty() {
        Ok(None)
    } else if length > longest {
        let message =
            format!("the {what} is {length} characters long, and LinkedIn takes {longest}");
        Err(ComposeError::new(too_long, message))
    } else {
        Ok(Some(text))
    }
}

#[cfg(test)]
mod tests;

//! Refuses duplicates. LinkedIn documents no idempotency key and compares the content instead. The
//! period is not published; users report one or two days. Deleted posts count too.

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::post_body::{Content, PostBody};
use crate::errors::{ErrorResponse, InputError};
use crate::state::SandboxState;

/// The period in which an equal post is refused.
const WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// Refuses `body` if an equal post of the same author is younger than a day.
pub(crate) fn check(
    body: &PostBody,
    state: &SandboxState,
    now: Timestamp,
) -> Result<(), ErrorResponse> {
    let content = content(body, state);
    let earlier = state.posts.iter().rev().find(|post| {
        now.duration_since(post.created) < WINDOW
            && PostBody::of(&post.fields).is_ok_and(|earlier| {
                earlier.author == body.author
                    && earlier.commentary == body.commentary
                    && self::content(&earlier, state) == content
            })
    });
    let Some(earlier) = earlier else {
        return Ok(());
    };
    Err(ErrorResponse::content(
        StatusCode::UNPROCESSABLE_ENTITY,
        &format!("Content is a duplicate of {}", earlier.id),
        vec![InputError {
            code: "DUPLICATE_POST",
            description: "Duplicate post is detected".to_owned(),
            input: json!({}),
            max_length: None,
        }],
    ))
}

/// Returns the parts that make the content of two posts equal: the URL of the card, the question
/// of the poll, the reshared post, and the bytes of the media regardless of their URNs.
fn content(body: &PostBody, state: &SandboxState) -> Vec<Vec<u8>> {
    let reshared = body.reshare_context.as_ref();
    if let Some(reshare) = reshared {
        return vec![reshare.parent.clone().into_bytes()];
    }
    match &body.content {
        None => Vec::new(),
        Some(Content::Article(article)) => vec![article.source.clone().into_bytes()],
        Some(Content::Poll(poll)) => vec![poll.question.clone().into_bytes()],
        Some(Content::Media(_) | Content::MultiImage(_)) => body
            .uploads()
            .map(|urn| {
                let medium = state.media.get(urn);
                let bytes = medium.and_then(|medium| medium.fingerprint());
                bytes.unwrap_or_else(|| urn.as_bytes().to_vec())
            })
            .collect(),
    }
}

//! The refusal of a post that is already there. LinkedIn documents no idempotency key and compares
//! content instead; how long it remembers is not published, and users report a day or two. It names
//! posts that are already deleted, too.

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::draft::Draft;
use crate::sandbox::errors::{InputError, Refusal};
use crate::sandbox::state::World;

/// How long an equal post is refused.
const WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// Refuses `draft` when an equal post of the same author is younger than a day.
pub(super) fn check(draft: &Draft, world: &World, now: Timestamp) -> Result<(), Refusal> {
    let source = |draft: &Draft| draft.article().map(|article| article.source.clone());
    let earlier = world.posts.iter().rev().find(|post| {
        now.duration_since(post.created) < WINDOW
            && Draft::of(&post.fields).is_ok_and(|earlier| {
                earlier.author == draft.author
                    && earlier.commentary == draft.commentary
                    && source(&earlier) == source(draft)
            })
    });
    let Some(earlier) = earlier else {
        return Ok(());
    };
    Err(Refusal::content(
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

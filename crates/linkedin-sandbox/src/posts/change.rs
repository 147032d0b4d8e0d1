//! Handles edits and deletions ("Posts API", Update Posts and Delete Posts). An edit changes the text
//! and fields of advertisements, never the card. A deletion succeeds even if the post was deleted
//! before. Deleted posts are kept, because LinkedIn still refuses duplicates of them.

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use super::reader_view::SandboxPost;
use super::{fields, values};
use crate::app::AppState;
use crate::errors::{ErrorResponse, InputError};
use crate::protocol::{JsonBody, RestCall, urn_of};
use crate::schema;
use crate::state::SandboxState;
use crate::state::journal::JournalNote;
use crate::state::stored_post::{StoredPost, is_post_urn};

pub(crate) async fn update(
    State(app): State<AppState>,
    call: RestCall,
    uri: Uri,
    JsonBody(body): JsonBody,
) -> Result<Response, ErrorResponse> {
    call.require_post_scope("partnerApiPostsExternal.PARTIAL_UPDATE")?;
    call.require_method("PARTIAL_UPDATE")?;
    let urn = post_urn(&uri)?;
    schema::check(fields::PATCH, &body)?;
    let patch = &body["patch"]["$set"];

    let now = app.now();
    let mut state = app.state();
    let found = find(&mut state, &urn).filter(|post| post.deleted.is_none());
    let Some(post) = found else {
        return Err(ErrorResponse::gateway(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            format!("Entity {urn} is not found"),
        ));
    };
    check_author(&call, post)?;
    values::check_patch(patch)?;
    post.edit(patch, now);
    let post = post.clone();
    let note = SandboxPost::view(&post, &state, now).summary();
    Ok(done(format!("edited {note}")))
}

pub(crate) async fn delete(
    State(app): State<AppState>,
    call: RestCall,
    uri: Uri,
) -> Result<Response, ErrorResponse> {
    call.require_post_scope("partnerApiPostsExternal.DELETE")?;
    call.require_method("DELETE")?;
    let urn = post_urn(&uri)?;
    let now = app.now();
    let mut state = app.state();
    let Some(post) = find(&mut state, &urn) else {
        return Ok(done(format!("{urn} does not exist")));
    };
    check_author(&call, post)?;
    if post.deleted.is_some() {
        return Ok(done(format!("{urn} was already deleted")));
    }
    post.deleted = Some(now);
    Ok(done(format!("deleted {urn}")))
}

/// Returns the URN in the path, if it is a valid URN of a post.
fn post_urn(uri: &Uri) -> Result<String, ErrorResponse> {
    let urn = urn_of(uri)?;
    if is_post_urn(&urn) {
        return Ok(urn);
    }
    let rule = "must be urn:li:share: or urn:li:ugcPost: and a number";
    Err(ErrorResponse::content(
        StatusCode::BAD_REQUEST,
        &format!("{urn} is not the URN of a post"),
        vec![InputError::about("INVALID_URN_TYPE", rule, &urn)],
    ))
}

fn find<'w>(state: &'w mut SandboxState, urn: &str) -> Option<&'w mut StoredPost> {
    state.posts.iter_mut().find(|post| post.id == urn)
}

/// Refuses a caller that cannot act for the post's author.
fn check_author(call: &RestCall, post: &StoredPost) -> Result<(), ErrorResponse> {
    let author = post.fields["author"].as_str().unwrap_or_default();
    if call.member.acts_for(author) {
        return Ok(());
    }
    Err(ErrorResponse::denied("the post belongs to another author"))
}

fn done(note: String) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.extensions_mut().insert(JournalNote(note));
    response
}

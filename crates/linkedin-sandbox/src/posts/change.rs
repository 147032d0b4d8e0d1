//! Edits and deletions ("Posts API", Update Posts and Delete Posts). An edit reaches the text and
//! what belongs to advertisements, never the card; a deletion is granted as often as it is asked
//! for. A deleted post is remembered, as LinkedIn still takes an equal one for its duplicate.

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use super::reader_view::SandboxPost;
use super::{fields, values};
use crate::app::App;
use crate::errors::{InputError, Refusal};
use crate::protocol::{JsonBody, RestCall, urn_in};
use crate::schema;
use crate::state::SandboxState;
use crate::state::journal::Note;
use crate::state::stored_post::{StoredPost, is_post_urn};

pub(crate) async fn update(
    State(app): State<App>,
    call: RestCall,
    uri: Uri,
    JsonBody(body): JsonBody,
) -> Result<Response, Refusal> {
    call.must_post("partnerApiPostsExternal.PARTIAL_UPDATE")?;
    call.must_be("PARTIAL_UPDATE")?;
    let urn = post_urn(&uri)?;
    schema::check(fields::PATCH, &body)?;
    let patch = &body["patch"]["$set"];

    let now = app.now();
    let mut state = app.state();
    let found = find(&mut state, &urn).filter(|post| post.deleted.is_none());
    let Some(post) = found else {
        return Err(Refusal::gateway(
            StatusCode::NOT_FOUND,
            "NOT_FOUND",
            format!("Entity {urn} is not found"),
        ));
    };
    must_own(&call, post)?;
    values::check_patch(patch)?;
    post.edit(patch, now);
    let post = post.clone();
    let note = SandboxPost::seen(&post, &state, now).summary();
    Ok(done(format!("edited {note}")))
}

pub(crate) async fn delete(
    State(app): State<App>,
    call: RestCall,
    uri: Uri,
) -> Result<Response, Refusal> {
    call.must_post("partnerApiPostsExternal.DELETE")?;
    call.must_be("DELETE")?;
    let urn = post_urn(&uri)?;
    let now = app.now();
    let mut state = app.state();
    let Some(post) = find(&mut state, &urn) else {
        return Ok(done(format!("{urn} was not there")));
    };
    must_own(&call, post)?;
    if post.deleted.is_some() {
        return Ok(done(format!("{urn} was deleted before")));
    }
    post.deleted = Some(now);
    Ok(done(format!("deleted {urn}")))
}

/// The URN in the path, if a post may have it.
fn post_urn(uri: &Uri) -> Result<String, Refusal> {
    let urn = urn_in(uri)?;
    if is_post_urn(&urn) {
        return Ok(urn);
    }
    let rule = "posts have urn:li:share:… or urn:li:ugcPost:… and a number";
    Err(Refusal::content(
        StatusCode::BAD_REQUEST,
        &format!("{urn} is not the URN of a post"),
        vec![InputError::about("INVALID_URN_TYPE", rule, &urn)],
    ))
}

fn find<'w>(state: &'w mut SandboxState, urn: &str) -> Option<&'w mut StoredPost> {
    state.posts.iter_mut().find(|post| post.id == urn)
}

/// Refuses whoever may not act for the post's author.
fn must_own(call: &RestCall, post: &StoredPost) -> Result<(), Refusal> {
    let author = post.fields["author"].as_str().unwrap_or_default();
    if call.member.acts_for(author) {
        return Ok(());
    }
    Err(Refusal::denied("the post is another author's"))
}

fn done(note: String) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    response.extensions_mut().insert(Note(note));
    response
}

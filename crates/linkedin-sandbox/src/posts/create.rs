//! Handles the call that creates a post.

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::post_body::PostBody;
use super::reader_view::SandboxPost;
use super::{duplicate, fields, values};
use crate::app::AppState;
use crate::errors::ErrorResponse;
use crate::protocol::{JsonBody, RestCall};
use crate::schema;
use crate::state::SandboxState;
use crate::state::journal::JournalNote;
use crate::state::stored_post::StoredPost;

pub(crate) async fn create(
    State(app): State<AppState>,
    call: RestCall,
    JsonBody(body): JsonBody,
) -> Result<Response, ErrorResponse> {
    call.require_post_scope("partnerApiPostsExternal.CREATE")?;
    call.check_method("CREATE")?;
    schema::check(fields::POST, &body)?;
    let post = PostBody::of(&body)?;
    if !call.member.acts_for(&post.author) {
        return Err(ErrorResponse::value_denied("/author"));
    }

    let now = app.now();
    let mut state = app.state();
    values::check(&post, &state, now)?;
    duplicate::check(&post, &state, now)?;
    let urn = state.next_urn(post.urn_kind(), now);
    Ok(store(&mut state, StoredPost::new(urn, body, now)))
}

/// Stores a post and returns the response.
pub(crate) fn store(state: &mut SandboxState, post: StoredPost) -> Response {
    let note = SandboxPost::view(&post, state, post.created).summary();
    let response = created(&post.id, note);
    state.posts.push(post);
    response
}

/// Returns LinkedIn's response to an accepted post: no body, and the URN in a header.
fn created(urn: &str, note: String) -> Response {
    let location = format!("/posts/{}", utf8_percent_encode(urn, NON_ALPHANUMERIC));
    let mut response = StatusCode::CREATED.into_response();
    for (name, value) in [
        (HeaderName::from_static("x-restli-id"), urn),
        (header::LOCATION, &location),
        (
            HeaderName::from_static("x-restli-protocol-version"),
            "2.0.0",
        ),
    ] {
        let value =
            HeaderValue::from_str(value).expect("a URN is ASCII without control characters");
        response.headers_mut().insert(name, value);
    }
    response.extensions_mut().insert(JournalNote(note));
    response
}

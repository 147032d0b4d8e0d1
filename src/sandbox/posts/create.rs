//! The call that creates a post.

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::draft::Draft;
use super::{SandboxPost, duplicate, fields, values};
use crate::sandbox::App;
use crate::sandbox::errors::Refusal;
use crate::sandbox::journal::Note;
use crate::sandbox::protocol::{JsonBody, RestCall};
use crate::sandbox::schema;
use crate::sandbox::state::{StoredPost, World};

pub(super) async fn create(
    State(app): State<App>,
    call: RestCall,
    JsonBody(body): JsonBody,
) -> Result<Response, Refusal> {
    call.must_post("partnerApiPostsExternal.CREATE")?;
    call.may_be("CREATE")?;
    schema::check(fields::POST, &body)?;
    let draft = Draft::of(&body)?;
    if !call.member.acts_for(&draft.author) {
        return Err(Refusal::value_denied("/author"));
    }

    let now = app.sandbox.clock.now();
    let mut world = app.sandbox.world();
    values::check(&draft, &world, now)?;
    duplicate::check(&draft, &world, now)?;
    let urn = world.next_urn(draft.urn_kind(), now);
    Ok(store(&mut world, StoredPost::new(urn, body, now)))
}

/// Takes `post` in; gives the answer to its sender.
pub(super) fn store(world: &mut World, post: StoredPost) -> Response {
    let note = SandboxPost::seen(&post, world, post.created).summary();
    let response = created(&post.id, note);
    world.posts.push(post);
    response
}

/// LinkedIn's answer to a post that it took: no body, and the URN in a header.
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
    response.extensions_mut().insert(Note(note));
    response
}

//! Posts ("Posts API"): the creating call, with every check that LinkedIn makes before it answers
//! 201 and an empty body, and posts as their readers see them.

mod draft;
mod duplicate;
mod fields;
mod seen;
mod values;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use self::draft::Draft;
pub use self::seen::{SandboxArticle, SandboxPost};
use super::App;
use super::errors::Refusal;
use super::journal::Note;
use super::protocol::{JsonBody, RestCall};
use super::schema;
use super::state::StoredPost;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/rest/posts", post(create))
}

async fn create(
    State(app): State<App>,
    call: RestCall,
    headers: HeaderMap,
    JsonBody(body): JsonBody,
) -> Result<Response, Refusal> {
    call.must_post("partnerApiPostsExternal.CREATE")?;
    must_create(&headers)?;
    schema::check(fields::POST, &body)?;
    let draft = Draft::of(&body)?;
    if !call.member.acts_for(&draft.author) {
        return Err(Refusal::value_denied("/author"));
    }

    let now = app.sandbox.clock.now();
    let mut world = app.sandbox.world();
    values::check(&draft, &world)?;
    duplicate::check(&draft, &world, now)?;
    let post = StoredPost {
        id: world.next_share(now),
        raw: body,
        created: now,
    };
    let note = SandboxPost::seen(&post, &world).summary();
    let response = created(&post.id, note);
    world.posts.push(post);
    Ok(response)
}

/// Refuses a call that says by header that it is not a creating one.
fn must_create(headers: &HeaderMap) -> Result<(), Refusal> {
    match headers.get("x-restli-method") {
        Some(method) if !method.as_bytes().eq_ignore_ascii_case(b"create") => {
            Err(Refusal::not_in_sandbox(
                "the sandbox creates posts; it cannot find, change or delete them yet",
            ))
        }
        _ => Ok(()),
    }
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

//! The `PUT` of a whole medium to the address that was answered. A second one replaces the first.

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::put;

use super::{Kind, Medium, file, find, picture};
use crate::sandbox::App;
use crate::sandbox::auth::Member;
use crate::sandbox::errors::Refusal;
use crate::sandbox::journal::Note;
use crate::sandbox::protocol::{media_type, whole};

/// The largest picture. LinkedIn documents a limit of pixels only; this one keeps the user's memory.
const PICTURE_BYTES: usize = 64 << 20;

/// The largest document.
const DOCUMENT_BYTES: usize = 100 << 20;

/// The largest asset of the older API, a picture or a video.
const ASSET_BYTES: usize = 200 << 20;

pub(super) fn routes() -> Router<App> {
    let upload = |bytes| put(upload).layer(DefaultBodyLimit::max(bytes));
    Router::new()
        .route(
            "/dms-uploads/sp/v2/{id}/uploaded-image/0",
            upload(PICTURE_BYTES),
        )
        .route(
            "/dms-uploads/sp/v2/{id}/uploaded-document/0",
            upload(DOCUMENT_BYTES),
        )
        .route(
            "/dms-uploads/sp/v2/{id}/uploaded-asset/0",
            upload(ASSET_BYTES),
        )
}

async fn upload(
    State(app): State<App>,
    member: Result<Member, Refusal>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    // The body was read before anything is refused: who is still sending may miss the answer.
    let member = member?;
    must_have_length(&headers)?;
    let kind = {
        let world = app.sandbox.world();
        let medium = opened(&app, find(&world, &id), query.as_deref())?;
        if !member.acts_for(&medium.owner) {
            return Err(Refusal::denied("the upload was opened by another member"));
        }
        medium.kind
    };
    if let Some(declared) = media_type(&headers) {
        may_declare(kind, &declared)?;
    }
    let bytes = whole(body)?;
    let seen = inspect(kind, bytes.clone()).await;
    let urn = format!("{}{id}", kind.prefix());
    let mut world = app.sandbox.world();
    let medium = world.media.get_mut(&urn);
    let note = medium.map(|medium| medium.receive(&urn, seen, bytes, &app));
    let mut response = StatusCode::CREATED.into_response();
    let note = note.unwrap_or_default();
    response.extensions_mut().insert(Note(note));
    Ok(response)
}

/// Refuses an upload whose length is not told beforehand.
pub(super) fn must_have_length(headers: &HeaderMap) -> Result<(), Refusal> {
    if headers.contains_key(header::CONTENT_LENGTH) {
        return Ok(());
    }
    Err(Refusal::plain(
        StatusCode::LENGTH_REQUIRED,
        "an upload needs Content-Length",
    ))
}

/// Refuses an upload that nobody opened or that has expired.
pub(super) fn opened<'m>(
    app: &App,
    medium: Option<&'m Medium>,
    query: Option<&str>,
) -> Result<&'m Medium, Refusal> {
    let medium = medium.filter(|medium| {
        let mut pairs = query.unwrap_or_default().split('&');
        pairs.any(|pair| pair.strip_prefix("ut=") == Some(&medium.key))
    });
    let Some(medium) = medium else {
        return Err(Refusal::plain(
            StatusCode::NOT_FOUND,
            "no upload was opened at this address; use uploadUrl as it was answered, with its query",
        ));
    };
    if app.sandbox.clock.now() < medium.expires {
        return Ok(medium);
    }
    Err(Refusal::gateway(
        StatusCode::BAD_REQUEST,
        "EXPIRED_UPLOAD_URL",
        "the upload address has expired",
    ))
}

/// Refuses bytes that are declared as something else.
fn may_declare(kind: Kind, declared: &str) -> Result<(), Refusal> {
    if kind != Kind::Image || picture::DECLARED_TYPES.contains(&declared) {
        return Ok(());
    }
    Err(Refusal::plain(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "images are taken as image/jpeg, image/png, image/gif or application/octet-stream",
    ))
}

/// What the bytes are, or why they are of no use.
async fn inspect(kind: Kind, bytes: Bytes) -> Result<&'static str, String> {
    let inspected = tokio::task::spawn_blocking(move || match kind {
        Kind::Image => picture::inspect(&bytes),
        Kind::Document => file::document(&bytes),
        Kind::Video => file::video(&bytes),
        Kind::Asset => picture::inspect(&bytes).or_else(|why| file::video(&bytes).map_err(|_| why)),
    });
    inspected
        .await
        .unwrap_or_else(|_| Err("it makes the decoder fail".to_owned()))
}

//! Handles the `PUT` of a complete file to the upload URL. A second upload replaces the first.

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::put;

use super::{file_type, picture};
use crate::app::AppState;
use crate::auth::Member;
use crate::errors::ErrorResponse;
use crate::protocol::{complete_body, media_type};
use crate::state::journal::JournalNote;
use crate::state::medium::{MediaKind, Medium};

/// The largest picture, in bytes. LinkedIn documents only a limit of pixels; this one limits the
/// memory that is used.
const PICTURE_BYTES: usize = 64 << 20;

/// The largest document, in bytes.
const DOCUMENT_BYTES: usize = 100 << 20;

/// The largest asset of the older API, in bytes.
const ASSET_BYTES: usize = 200 << 20;

pub(crate) fn routes() -> Router<AppState> {
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
    State(app): State<AppState>,
    member: Result<Member, ErrorResponse>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ErrorResponse> {
    // The body is read before any error is returned: a client that is still sending can miss the
    // response.
    let member = member?;
    require_length(&headers)?;
    let kind = {
        let state = app.state();
        let medium = opened(&app, state.medium_by_id(&id), query.as_deref())?;
        if !member.acts_for(&medium.owner) {
            return Err(ErrorResponse::denied(
                "the upload was opened by another member",
            ));
        }
        medium.kind
    };
    if let Some(declared) = media_type(&headers) {
        check_declared_type(kind, &declared)?;
    }
    let bytes = complete_body(body)?;
    let seen = inspect(kind, bytes.clone()).await;
    let urn = format!("{}{id}", kind.prefix());
    let mut state = app.state();
    let medium = state.media.get_mut(&urn);
    let note = medium.map(|medium| receive(&app, medium, &urn, seen, bytes));
    let mut response = StatusCode::CREATED.into_response();
    let note = note.unwrap_or_default();
    response.extensions_mut().insert(JournalNote(note));
    Ok(response)
}

/// Stores the bytes, or a failure if a fault is active. Returns a note for the log of requests.
pub(crate) fn receive(
    app: &AppState,
    medium: &mut Medium,
    urn: &str,
    inspected: Result<&'static str, String>,
    bytes: Bytes,
) -> String {
    let inspected = if app.settings.faults.fails_medium() {
        Err("a fault is active".to_owned())
    } else {
        inspected
    };
    medium.receive(urn, inspected, bytes, app.now() + app.settings.media_delay)
}

/// Refuses an upload without `Content-Length`.
pub(crate) fn require_length(headers: &HeaderMap) -> Result<(), ErrorResponse> {
    if headers.contains_key(header::CONTENT_LENGTH) {
        return Ok(());
    }
    Err(ErrorResponse::plain(
        StatusCode::LENGTH_REQUIRED,
        "an upload needs Content-Length",
    ))
}

/// Refuses an upload that was never opened or that has expired.
pub(crate) fn opened<'m>(
    app: &AppState,
    medium: Option<&'m Medium>,
    query: Option<&str>,
) -> Result<&'m Medium, ErrorResponse> {
    let medium = medium.filter(|medium| {
        let mut pairs = query.unwrap_or_default().split('&');
        pairs.any(|pair| pair.strip_prefix("ut=") == Some(&medium.key))
    });
    let Some(medium) = medium else {
        return Err(ErrorResponse::plain(
            StatusCode::NOT_FOUND,
            "no upload was opened at this address; use uploadUrl unchanged, with its query",
        ));
    };
    if app.now() < medium.expires {
        return Ok(medium);
    }
    Err(ErrorResponse::gateway(
        StatusCode::BAD_REQUEST,
        "EXPIRED_UPLOAD_URL",
        "the upload address has expired",
    ))
}

/// Refuses a picture with another `Content-Type`.
fn check_declared_type(kind: MediaKind, declared: &str) -> Result<(), ErrorResponse> {
    if kind != MediaKind::Image || picture::DECLARED_TYPES.contains(&declared) {
        return Ok(());
    }
    Err(ErrorResponse::plain(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "Content-Type must be image/jpeg, image/png, image/gif or application/octet-stream",
    ))
}

/// Returns the media type of the bytes, or the reason why they cannot be used.
async fn inspect(kind: MediaKind, bytes: Bytes) -> Result<&'static str, String> {
    let inspected = tokio::task::spawn_blocking(move || match kind {
        MediaKind::Image => picture::inspect(&bytes),
        MediaKind::Document => file_type::document_type(&bytes),
        MediaKind::Video => file_type::video_type(&bytes),
        MediaKind::Asset => {
            picture::inspect(&bytes).or_else(|why| file_type::video_type(&bytes).map_err(|_| why))
        }
    });
    inspected
        .await
        .unwrap_or_else(|_| Err("the decoder failed".to_owned()))
}

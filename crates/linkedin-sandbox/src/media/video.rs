//! Handles videos: an upload is opened with its length, sent in parts that are each answered with an
//! `ETag`, and completed by a call that lists the parts in order.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{post, put};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::file_type;
use super::open::{owner, require_action, resource};
use super::upload::{opened, receive, require_length};
use crate::app::AppState;
use crate::errors::{ErrorResponse, InputError};
use crate::protocol::{JsonBody, RestCall, complete_body, media_type};
use crate::schema::{self, Field, Presence, ValueShape, field};
use crate::state::journal::JournalNote;
use crate::state::medium::{MediaKind, VideoPart};
use crate::state::opaque_id::opaque_id;

/// The size of all parts but the last, in bytes.
const PART_BYTES: u64 = 4 << 20;

/// The largest video, in bytes, by the stricter of the two tables in "Videos API".
const VIDEO_BYTES: u64 = 500 << 20;

const INITIALIZE: &[Field] = &[field(
    "initializeUploadRequest",
    Presence::Required,
    ValueShape::Record(&[
        field("owner", Presence::Required, ValueShape::Text),
        field("fileSizeBytes", Presence::Required, ValueShape::Integer),
        field("uploadCaptions", Presence::Optional, ValueShape::Boolean),
        field("uploadThumbnail", Presence::Optional, ValueShape::Boolean),
    ]),
)];

const FINALIZE: &[Field] = &[field(
    "finalizeUploadRequest",
    Presence::Required,
    ValueShape::Record(&[
        field("video", Presence::Required, ValueShape::Text),
        field("uploadToken", Presence::Required, ValueShape::Text),
        field(
            "uploadedPartIds",
            Presence::Required,
            ValueShape::List(&ValueShape::Text),
        ),
    ]),
)];

pub(crate) fn routes() -> Router<AppState> {
    let upload = put(upload).layer(DefaultBodyLimit::max(PART_BYTES as usize + 1));
    Router::new()
        .route("/rest/videos", post(act))
        .route("/dms-uploads/sp/v2/{id}/uploaded-video/{part}", upload)
}

async fn act(
    State(app): State<AppState>,
    call: RestCall,
    RawQuery(query): RawQuery,
    JsonBody(body): JsonBody,
) -> Result<Response, ErrorResponse> {
    let resource = resource(MediaKind::Video);
    if query.as_deref() == Some("action=finalizeUpload") {
        call.require_post_scope(&format!("{resource}.ACTION-finalizeUpload"))?;
        return finalize(&app, &call, &body);
    }
    call.require_post_scope(&format!("{resource}.ACTION-initializeUpload"))?;
    require_action(query.as_deref(), "initializeUpload", MediaKind::Video)?;
    initialize(&app, &call, &body).map(IntoResponse::into_response)
}

fn initialize(app: &AppState, call: &RestCall, body: &Value) -> Result<Json<Value>, ErrorResponse> {
    schema::check(INITIALIZE, body)?;
    let request = &body["initializeUploadRequest"];
    for extra in ["uploadCaptions", "uploadThumbnail"] {
        if request[extra] == true {
            return Err(ErrorResponse::not_in_sandbox(format!(
                "LinkedIn has `{extra}`, and the sandbox does not"
            )));
        }
    }
    let owner = owner(request, "/initializeUploadRequest/owner", call)?;
    let size = request["fileSizeBytes"].as_u64().unwrap_or_default();
    if !(1..=VIDEO_BYTES).contains(&size) {
        return Err(invalid(
            &format!("fileSizeBytes must be from 1 to {VIDEO_BYTES}"),
            &request["fileSizeBytes"].to_string(),
        ));
    }
    let starts: Vec<u64> = (0..size).step_by(PART_BYTES as usize).collect();
    let parts = starts.iter().map(|start| VideoPart {
        length: PART_BYTES.min(size - start),
        received: None,
    });
    let now = app.now();
    let mut state = app.state();
    let opened = state.open_upload(MediaKind::Video, owner, parts.collect(), now);
    let instructions: Vec<Value> = starts
        .iter()
        .enumerate()
        .map(|(number, start)| {
            json!({
                "uploadUrl": opened.upload_url(&app.base_url, MediaKind::Video, number),
                "firstByte": start,
                "lastByte": PART_BYTES.min(size - start) + start - 1,
            })
        })
        .collect();
    Ok(Json(json!({"value": {
        "uploadUrlsExpireAt": opened.expires.as_millisecond(),
        "video": opened.urn,
        "uploadToken": "",
        "uploadInstructions": instructions,
    }})))
}

async fn upload(
    State(app): State<AppState>,
    Path((id, number)): Path<(String, usize)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ErrorResponse> {
    require_length(&headers)?;
    if media_type(&headers).as_deref() != Some("application/octet-stream") {
        return Err(ErrorResponse::plain(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Content-Type must be application/octet-stream for the parts of a video",
        ));
    }
    let mut state = app.state();
    opened(&app, state.medium_by_id(&id), query.as_deref())?;
    let bytes = complete_body(body)?;
    let urn = format!("{}{id}", MediaKind::Video.prefix());
    let part = state
        .media
        .get_mut(&urn)
        .and_then(|medium| medium.parts.get_mut(number));
    let Some(part) = part else {
        return Err(ErrorResponse::plain(
            StatusCode::NOT_FOUND,
            "part not found",
        ));
    };
    if bytes.len() as u64 != part.length {
        return Err(ErrorResponse::plain(
            StatusCode::BAD_REQUEST,
            format!(
                "the part must have {} bytes, not {}",
                part.length,
                bytes.len()
            ),
        ));
    }
    let etag = format!("/ambry-video/signedId/{}", opaque_id(&urn, number, 24));
    let value = HeaderValue::from_str(&format!("\"{etag}\"")).expect("letters and digits");
    part.received = Some((bytes, etag));
    let mut response = StatusCode::OK.into_response();
    response.headers_mut().insert(header::ETAG, value);
    Ok(response)
}

fn finalize(app: &AppState, call: &RestCall, body: &Value) -> Result<Response, ErrorResponse> {
    schema::check(FINALIZE, body)?;
    let request = &body["finalizeUploadRequest"];
    let urn = request["video"].as_str().unwrap_or_default();
    let mut state = app.state();
    let medium = state.media.get_mut(urn);
    let Some(medium) = medium.filter(|medium| medium.kind == MediaKind::Video) else {
        return Err(error_response(
            "INVALID_VIDEO_ID",
            "is not a video of this sandbox",
            urn,
        ));
    };
    if !call.member.acts_for(&medium.owner) {
        return Err(ErrorResponse::value_denied("/finalizeUploadRequest/video"));
    }
    if request["uploadToken"] != "" {
        let token = request["uploadToken"].as_str().unwrap_or_default();
        return Err(invalid(
            "uploadToken must be the one from the response",
            token,
        ));
    }
    let received = medium.parts.iter().map(|part| part.received.as_ref());
    let Some(received) = received.collect::<Option<Vec<_>>>() else {
        let rule = "has parts that were never uploaded";
        return Err(error_response("MEDIA_ASSET_WAITING_UPLOAD", rule, urn));
    };
    let etags: Vec<&str> = received.iter().map(|(_, etag)| etag.as_str()).collect();
    if request["uploadedPartIds"] != json!(etags) {
        return Err(invalid(
            "uploadedPartIds must be the ETags of all parts, in order and without quotes",
            &request["uploadedPartIds"].to_string(),
        ));
    }
    let pieces: Vec<&[u8]> = received.iter().map(|(bytes, _)| bytes.as_ref()).collect();
    let whole = pieces.concat();
    let seen = file_type::video_type(&whole);
    let note = receive(app, medium, urn, seen, Bytes::from(whole));
    for part in &mut medium.parts {
        // The video has all bytes now, so the parts drop theirs.
        part.received = part.received.take().map(|(_, etag)| (Bytes::new(), etag));
    }
    let mut response = StatusCode::OK.into_response();
    response.extensions_mut().insert(JournalNote(note));
    Ok(response)
}

fn invalid(rule: &str, value: &str) -> ErrorResponse {
    error_response("INVALID_VALUE_FOR_FIELD", rule, value)
}

fn error_response(code: &'static str, rule: &str, value: &str) -> ErrorResponse {
    let fault = InputError::about(code, rule, value);
    ErrorResponse::content(StatusCode::BAD_REQUEST, rule, vec![fault])
}

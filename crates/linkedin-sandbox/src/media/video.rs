//! Videos: opened with their length, sent in parts as the answer says, each part answered with an
//! `ETag`, and put together by a last call that names the parts in order.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{post, put};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::file;
use super::open::{must_act, owner, resource};
use super::upload::{must_have_length, opened, receive};
use crate::app::App;
use crate::errors::{InputError, Refusal};
use crate::protocol::{JsonBody, RestCall, media_type, whole};
use crate::schema::{self, Field, Need, Shape, field};
use crate::state::journal::Note;
use crate::state::medium::{MediaKind, VideoPart};
use crate::state::opaque_id::opaque_id;

/// The length of all parts but the last.
const PART_BYTES: u64 = 4 << 20;

/// The largest video, by the stricter of the two tables on LinkedIn's page.
const VIDEO_BYTES: u64 = 500 << 20;

const INITIALIZE: &[Field] = &[field(
    "initializeUploadRequest",
    Need::Required,
    Shape::Record(&[
        field("owner", Need::Required, Shape::Text),
        field("fileSizeBytes", Need::Required, Shape::Integer),
        field("uploadCaptions", Need::Optional, Shape::Flag),
        field("uploadThumbnail", Need::Optional, Shape::Flag),
    ]),
)];

const FINALIZE: &[Field] = &[field(
    "finalizeUploadRequest",
    Need::Required,
    Shape::Record(&[
        field("video", Need::Required, Shape::Text),
        field("uploadToken", Need::Required, Shape::Text),
        field("uploadedPartIds", Need::Required, Shape::List(&Shape::Text)),
    ]),
)];

pub(crate) fn routes() -> Router<App> {
    let upload = put(upload).layer(DefaultBodyLimit::max(PART_BYTES as usize + 1));
    Router::new()
        .route("/rest/videos", post(act))
        .route("/dms-uploads/sp/v2/{id}/uploaded-video/{part}", upload)
}

async fn act(
    State(app): State<App>,
    call: RestCall,
    RawQuery(query): RawQuery,
    JsonBody(body): JsonBody,
) -> Result<Response, Refusal> {
    let resource = resource(MediaKind::Video);
    if query.as_deref() == Some("action=finalizeUpload") {
        call.must_post(&format!("{resource}.ACTION-finalizeUpload"))?;
        return finalize(&app, &call, &body);
    }
    call.must_post(&format!("{resource}.ACTION-initializeUpload"))?;
    must_act(query.as_deref(), "initializeUpload", MediaKind::Video)?;
    initialize(&app, &call, &body).map(IntoResponse::into_response)
}

fn initialize(app: &App, call: &RestCall, body: &Value) -> Result<Json<Value>, Refusal> {
    schema::check(INITIALIZE, body)?;
    let request = &body["initializeUploadRequest"];
    for extra in ["uploadCaptions", "uploadThumbnail"] {
        if request[extra] == true {
            return Err(Refusal::not_in_sandbox(format!(
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
    State(app): State<App>,
    Path((id, number)): Path<(String, usize)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    must_have_length(&headers)?;
    if media_type(&headers).as_deref() != Some("application/octet-stream") {
        return Err(Refusal::plain(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "the parts of a video are sent as application/octet-stream",
        ));
    }
    let mut state = app.state();
    opened(&app, state.medium_by_id(&id), query.as_deref())?;
    let bytes = whole(body)?;
    let urn = format!("{}{id}", MediaKind::Video.prefix());
    let part = state
        .media
        .get_mut(&urn)
        .and_then(|medium| medium.parts.get_mut(number));
    let Some(part) = part else {
        return Err(Refusal::plain(
            StatusCode::NOT_FOUND,
            "there is no such part",
        ));
    };
    if bytes.len() as u64 != part.length {
        return Err(Refusal::plain(
            StatusCode::BAD_REQUEST,
            format!(
                "the part must have {} bytes and has {}",
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

fn finalize(app: &App, call: &RestCall, body: &Value) -> Result<Response, Refusal> {
    schema::check(FINALIZE, body)?;
    let request = &body["finalizeUploadRequest"];
    let urn = request["video"].as_str().unwrap_or_default();
    let mut state = app.state();
    let medium = state.media.get_mut(urn);
    let Some(medium) = medium.filter(|medium| medium.kind == MediaKind::Video) else {
        return Err(refusal(
            "INVALID_VIDEO_ID",
            "is not a video known here",
            urn,
        ));
    };
    if !call.member.acts_for(&medium.owner) {
        return Err(Refusal::value_denied("/finalizeUploadRequest/video"));
    }
    if request["uploadToken"] != "" {
        let token = request["uploadToken"].as_str().unwrap_or_default();
        return Err(invalid(
            "uploadToken is not the one that was answered",
            token,
        ));
    }
    let received = medium.parts.iter().map(|part| part.received.as_ref());
    let Some(received) = received.collect::<Option<Vec<_>>>() else {
        let rule = "has parts that were never uploaded";
        return Err(refusal("MEDIA_ASSET_WAITING_UPLOAD", rule, urn));
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
    let seen = file::video(&whole);
    let note = receive(app, medium, urn, seen, Bytes::from(whole));
    for part in &mut medium.parts {
        // The video has the bytes; the parts need not keep them too.
        part.received = part.received.take().map(|(_, etag)| (Bytes::new(), etag));
    }
    let mut response = StatusCode::OK.into_response();
    response.extensions_mut().insert(Note(note));
    Ok(response)
}

fn invalid(rule: &str, value: &str) -> Refusal {
    refusal("INVALID_VALUE_FOR_FIELD", rule, value)
}

fn refusal(code: &'static str, rule: &str, value: &str) -> Refusal {
    let fault = InputError::about(code, rule, value);
    Refusal::content(StatusCode::BAD_REQUEST, rule, vec![fault])
}

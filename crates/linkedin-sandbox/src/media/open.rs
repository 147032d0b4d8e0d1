//! Handles the calls that open an upload of a picture or a document, and the calls that return the
//! status of any medium.

use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, Uri};
use axum::routing::{MethodRouter, get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::app::AppState;
use crate::errors::ErrorResponse;
use crate::protocol::{JsonBody, RestCall, illegal_argument, urn_of};
use crate::schema::{self, Field, Presence, ValueShape, field};
use crate::state::medium::{MediaKind, MediaStatus, Medium, id_of};

const INITIALIZE: &[Field] = &[field(
    "initializeUploadRequest",
    Presence::Required,
    ValueShape::Record(&[
        field("owner", Presence::Required, ValueShape::Text),
        field(
            "mediaLibraryMetadata",
            Presence::Optional,
            ValueShape::NotInSandbox,
        ),
    ]),
)];

pub(crate) fn routes() -> Router<AppState> {
    Router::new()
        .route("/rest/images", initializer(MediaKind::Image))
        .route("/rest/documents", initializer(MediaKind::Document))
        .route("/rest/images/{urn}", status_handler(MediaKind::Image))
        .route("/rest/documents/{urn}", status_handler(MediaKind::Document))
        .route("/rest/videos/{urn}", status_handler(MediaKind::Video))
}

fn initializer(kind: MediaKind) -> MethodRouter<AppState> {
    post(
        move |State(app): State<AppState>,
              call: RestCall,
              RawQuery(query): RawQuery,
              JsonBody(body): JsonBody| async move {
            call.require_post_scope(&format!("{}.ACTION-initializeUpload", resource(kind)))?;
            require_action(query.as_deref(), "initializeUpload", kind)?;
            schema::check(INITIALIZE, &body)?;
            let request = &body["initializeUploadRequest"];
            let owner = owner(request, "/initializeUploadRequest/owner", &call)?;
            let now = app.now();
            let opened = app.state().open_upload(kind, owner, Vec::new(), now);
            let answer = json!({"value": {
                "uploadUrlExpiresAt": opened.expires.as_millisecond(),
                "uploadUrl": opened.upload_url(&app.base_url, kind, 0),
                kind.word(): opened.urn,
            }});
            Ok::<_, ErrorResponse>(Json(answer))
        },
    )
}

/// Returns the `owner` of `request`, if the caller can act for it.
pub(crate) fn owner<'r>(
    request: &'r Value,
    path: &str,
    call: &RestCall,
) -> Result<&'r str, ErrorResponse> {
    let owner = request["owner"].as_str().unwrap_or_default();
    if call.member.acts_for(owner) {
        return Ok(owner);
    }
    Err(ErrorResponse::value_denied(path))
}

/// Refuses a query other than `action=` with the value `action`.
pub(crate) fn require_action(
    query: Option<&str>,
    action: &str,
    kind: MediaKind,
) -> Result<(), ErrorResponse> {
    if query.and_then(|query| query.strip_prefix("action=")) == Some(action) {
        return Ok(());
    }
    Err(illegal_argument(format!(
        "a POST to /rest/{}s needs the query action={action}",
        kind.word()
    )))
}

/// Returns the name of the resource in error messages.
pub(crate) fn resource(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => "partnerApiImagesExternal",
        MediaKind::Document => "partnerApiDocumentsExternal",
        MediaKind::Video => "partnerApiVideosExternal",
        MediaKind::Asset => "assets",
    }
}

fn status_handler(kind: MediaKind) -> MethodRouter<AppState> {
    get(
        move |State(app): State<AppState>, call: RestCall, uri: Uri| async move {
            let urn = urn_of(&uri)?;
            let state = app.state();
            let medium = state.media.get(&urn).filter(|medium| medium.kind == kind);
            let Some(medium) = medium else {
                return Err(ErrorResponse::gateway(
                    StatusCode::NOT_FOUND,
                    "NOT_FOUND",
                    format!("{} not found", kind.word()),
                ));
            };
            if !call.member.acts_for(&medium.owner) {
                let word = kind.word();
                let message = format!("Accessing this {word} resource is forbidden");
                return Err(ErrorResponse::denied(message));
            }
            Ok(Json(status(&app, &urn, medium)))
        },
    )
}

fn status(app: &AppState, urn: &str, medium: &Medium) -> Value {
    let state = medium.state(app.now());
    let mut answer = json!({"id": urn, "owner": medium.owner, "status": state.name()});
    match state {
        MediaStatus::Available { .. } => {
            answer["downloadUrl"] = format!("{}/media/{}", app.base_url, id_of(urn)).into();
            answer["downloadUrlExpiresAt"] = medium.expires.as_millisecond().into();
        }
        MediaStatus::Failed(why) if medium.kind == MediaKind::Video => {
            answer["processingFailureReason"] = why.into();
        }
        _ => {}
    }
    answer
}

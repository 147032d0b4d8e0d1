//! The calls that open an upload of a picture or a document, and the calls that tell what became of
//! any medium.

use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, Uri};
use axum::routing::{MethodRouter, get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::app::App;
use crate::errors::Refusal;
use crate::protocol::{JsonBody, RestCall, illegal_argument, urn_in};
use crate::schema::{self, Field, Need, Shape, field};
use crate::state::medium::{MediaKind, MediaStatus, Medium, id_of};

const INITIALIZE: &[Field] = &[field(
    "initializeUploadRequest",
    Need::Required,
    Shape::Record(&[
        field("owner", Need::Required, Shape::Text),
        field("mediaLibraryMetadata", Need::Optional, Shape::Elsewhere),
    ]),
)];

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/rest/images", initializer(MediaKind::Image))
        .route("/rest/documents", initializer(MediaKind::Document))
        .route("/rest/images/{urn}", status_handler(MediaKind::Image))
        .route("/rest/documents/{urn}", status_handler(MediaKind::Document))
        .route("/rest/videos/{urn}", status_handler(MediaKind::Video))
}

fn initializer(kind: MediaKind) -> MethodRouter<App> {
    post(
        move |State(app): State<App>,
              call: RestCall,
              RawQuery(query): RawQuery,
              JsonBody(body): JsonBody| async move {
            call.must_post(&format!("{}.ACTION-initializeUpload", resource(kind)))?;
            must_act(query.as_deref(), "initializeUpload", kind)?;
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
            Ok::<_, Refusal>(Json(answer))
        },
    )
}

/// The owner that `request` names, if the caller may act for it.
pub(crate) fn owner<'r>(
    request: &'r Value,
    path: &str,
    call: &RestCall,
) -> Result<&'r str, Refusal> {
    let owner = request["owner"].as_str().unwrap_or_default();
    if call.member.acts_for(owner) {
        return Ok(owner);
    }
    Err(Refusal::value_denied(path))
}

/// Refuses a query that does not ask for `action` and nothing else.
pub(crate) fn must_act(query: Option<&str>, action: &str, kind: MediaKind) -> Result<(), Refusal> {
    if query.and_then(|query| query.strip_prefix("action=")) == Some(action) {
        return Ok(());
    }
    Err(illegal_argument(format!(
        "a POST to /rest/{}s needs the query action={action}",
        kind.word()
    )))
}

/// The resource as refusals name it.
pub(crate) fn resource(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => "partnerApiImagesExternal",
        MediaKind::Document => "partnerApiDocumentsExternal",
        MediaKind::Video => "partnerApiVideosExternal",
        MediaKind::Asset => "assets",
    }
}

fn status_handler(kind: MediaKind) -> MethodRouter<App> {
    get(
        move |State(app): State<App>, call: RestCall, uri: Uri| async move {
            let urn = urn_in(&uri)?;
            let state = app.state();
            let medium = state.media.get(&urn).filter(|medium| medium.kind == kind);
            let Some(medium) = medium else {
                return Err(Refusal::gateway(
                    StatusCode::NOT_FOUND,
                    "NOT_FOUND",
                    format!("there is no such {}", kind.word()),
                ));
            };
            if !call.member.acts_for(&medium.owner) {
                let word = kind.word();
                let message = format!("Accessing this {word} resource is forbidden");
                return Err(Refusal::denied(message));
            }
            Ok(Json(status(&app, &urn, medium)))
        },
    )
}

fn status(app: &App, urn: &str, medium: &Medium) -> Value {
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

//! The calls that open an upload of a picture or a document, and the calls that tell what became of
//! any medium.

use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, Uri};
use axum::routing::{MethodRouter, get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use super::{Kind, Medium, State as MediumState, id_of, open};
use crate::sandbox::App;
use crate::sandbox::errors::Refusal;
use crate::sandbox::protocol::{JsonBody, RestCall, illegal_argument, urn_in};
use crate::sandbox::schema::{self, Field, Need, Shape, field};

const INITIALIZE: &[Field] = &[field(
    "initializeUploadRequest",
    Need::Required,
    Shape::Record(&[
        field("owner", Need::Required, Shape::Text),
        field("mediaLibraryMetadata", Need::Optional, Shape::Elsewhere),
    ]),
)];

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/rest/images", initializer(Kind::Image))
        .route("/rest/documents", initializer(Kind::Document))
        .route("/rest/images/{urn}", teller(Kind::Image))
        .route("/rest/documents/{urn}", teller(Kind::Document))
        .route("/rest/videos/{urn}", teller(Kind::Video))
}

fn initializer(kind: Kind) -> MethodRouter<App> {
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
            let now = app.sandbox.clock.now();
            let opened = open(&mut app.sandbox.world(), kind, owner, Vec::new(), now);
            let answer = json!({"value": {
                "uploadUrlExpiresAt": opened.expires.as_millisecond(),
                "uploadUrl": opened.upload_url(&app, kind, 0),
                kind.word(): opened.urn,
            }});
            Ok::<_, Refusal>(Json(answer))
        },
    )
}

/// The owner that `request` names, if the caller may act for it.
pub(super) fn owner<'r>(
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
pub(super) fn must_act(query: Option<&str>, action: &str, kind: Kind) -> Result<(), Refusal> {
    if query.and_then(|query| query.strip_prefix("action=")) == Some(action) {
        return Ok(());
    }
    Err(illegal_argument(format!(
        "a POST to /rest/{}s needs the query action={action}",
        kind.word()
    )))
}

/// The resource as refusals name it.
pub(super) fn resource(kind: Kind) -> &'static str {
    match kind {
        Kind::Image => "partnerApiImagesExternal",
        Kind::Document => "partnerApiDocumentsExternal",
        Kind::Video => "partnerApiVideosExternal",
        Kind::Asset => "assets",
    }
}

fn teller(kind: Kind) -> MethodRouter<App> {
    get(
        move |State(app): State<App>, call: RestCall, uri: Uri| async move {
            let urn = urn_in(&uri)?;
            let world = app.sandbox.world();
            let medium = world.media.get(&urn).filter(|medium| medium.kind == kind);
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
            Ok(Json(told(&app, &urn, medium)))
        },
    )
}

fn told(app: &App, urn: &str, medium: &Medium) -> Value {
    let state = medium.state(app.sandbox.clock.now());
    let mut answer = json!({"id": urn, "owner": medium.owner, "status": state.name()});
    match state {
        MediumState::Available { .. } => {
            answer["downloadUrl"] = format!("{}/media/{}", app.base_url, id_of(urn)).into();
            answer["downloadUrlExpiresAt"] = medium.expires.as_millisecond().into();
        }
        MediumState::Failed(why) if medium.kind == Kind::Video => {
            answer["processingFailureReason"] = why.into();
        }
        _ => {}
    }
    answer
}

//! Handles `POST /v2/assets?action=registerUpload`, the older API's upload of pictures and videos. Its
//! assets cannot be used in `/rest/posts`, and media of `/rest` not in the older API.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::open::owner;
use crate::app::AppState;
use crate::errors::ErrorResponse;
use crate::protocol::{JsonBody, LegacyCall, illegal_argument};
use crate::schema::{self, Field, Presence, ValueShape, field};
use crate::state::medium::MediaKind;

/// The recipes that an upload can be registered for.
const RECIPES: [&str; 2] = [
    "urn:li:digitalmediaRecipe:feedshare-image",
    "urn:li:digitalmediaRecipe:feedshare-video",
];

const REGISTER: &[Field] = &[field(
    "registerUploadRequest",
    Presence::Required,
    ValueShape::Record(&[
        field("owner", Presence::Required, ValueShape::Text),
        field(
            "recipes",
            Presence::Required,
            ValueShape::List(&ValueShape::Text),
        ),
        field(
            "serviceRelationships",
            Presence::Required,
            ValueShape::List(&ValueShape::Record(&[
                field(
                    "relationshipType",
                    Presence::Required,
                    ValueShape::Symbol(&["OWNER"]),
                ),
                field("identifier", Presence::Required, ValueShape::Text),
            ])),
        ),
        field(
            "supportedUploadMechanism",
            Presence::Optional,
            ValueShape::List(&ValueShape::Text),
        ),
    ]),
)];

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route("/v2/assets", post(register))
}

async fn register(
    State(app): State<AppState>,
    LegacyCall(call): LegacyCall,
    RawQuery(query): RawQuery,
    JsonBody(body): JsonBody,
) -> Result<Json<Value>, ErrorResponse> {
    call.require_post_scope("assets.ACTION-registerUpload")?;
    if query.as_deref() != Some("action=registerUpload") {
        return Err(illegal_argument(
            "a POST to /v2/assets needs the query action=registerUpload",
        ));
    }
    schema::check(REGISTER, &body)?;
    let request = &body["registerUploadRequest"];
    let recipe = request["recipes"][0].as_str().unwrap_or_default();
    if !RECIPES.contains(&recipe) {
        return Err(ErrorResponse::plain(
            StatusCode::BAD_REQUEST,
            format!("{recipe} is not one of the recipes {}", RECIPES.join(", ")),
        ));
    }
    let owner = owner(request, "/registerUploadRequest/owner", &call)?;
    let now = app.now();
    let opened = app
        .state()
        .open_upload(MediaKind::Asset, owner, Vec::new(), now);
    Ok(Json(json!({"value": {
        "asset": opened.urn,
        "mediaArtifact": format!("urn:li:digitalmediaMediaArtifact:({},urn:li:digitalmediaMediaArtifactClass:uploaded)", opened.urn),
        "uploadMechanism": {
            "com.linkedin.digitalmedia.uploading.MediaUploadHttpRequest": {
                "headers": {},
                "uploadUrl": opened.upload_url(&app.base_url, MediaKind::Asset, 0),
            },
        },
    }})))
}

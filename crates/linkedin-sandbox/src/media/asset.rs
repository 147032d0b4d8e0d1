//! `POST /v2/assets?action=registerUpload`, by which the older API takes pictures and videos. What
//! it opens is of no use in `/rest/posts`, and the other way round.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::open::owner;
use crate::app::App;
use crate::errors::Refusal;
use crate::protocol::{JsonBody, LegacyCall, illegal_argument};
use crate::schema::{self, Field, Need, Shape, field};
use crate::state::medium::MediaKind;

/// What can be made of an upload.
const RECIPES: [&str; 2] = [
    "urn:li:digitalmediaRecipe:feedshare-image",
    "urn:li:digitalmediaRecipe:feedshare-video",
];

const REGISTER: &[Field] = &[field(
    "registerUploadRequest",
    Need::Required,
    Shape::Record(&[
        field("owner", Need::Required, Shape::Text),
        field("recipes", Need::Required, Shape::List(&Shape::Text)),
        field(
            "serviceRelationships",
            Need::Required,
            Shape::List(&Shape::Record(&[
                field(
                    "relationshipType",
                    Need::Required,
                    Shape::Symbol(&["OWNER"]),
                ),
                field("identifier", Need::Required, Shape::Text),
            ])),
        ),
        field(
            "supportedUploadMechanism",
            Need::Optional,
            Shape::List(&Shape::Text),
        ),
    ]),
)];

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/v2/assets", post(register))
}

async fn register(
    State(app): State<App>,
    LegacyCall(call): LegacyCall,
    RawQuery(query): RawQuery,
    JsonBody(body): JsonBody,
) -> Result<Json<Value>, Refusal> {
    call.must_post("assets.ACTION-registerUpload")?;
    if query.as_deref() != Some("action=registerUpload") {
        return Err(illegal_argument(
            "a POST to /v2/assets needs the query action=registerUpload",
        ));
    }
    schema::check(REGISTER, &body)?;
    let request = &body["registerUploadRequest"];
    let recipe = request["recipes"][0].as_str().unwrap_or_default();
    if !RECIPES.contains(&recipe) {
        return Err(Refusal::plain(
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

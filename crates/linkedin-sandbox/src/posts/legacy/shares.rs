//! Handles `POST /v2/shares` as of 2019. LinkedIn has switched it off; the sandbox has it only if the
//! option is set, for programs of that time.

use axum::extract::{FromRequest as _, FromRequestParts as _};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::translate::{accept, article, check_text, fields};
use crate::app::AppState;
use crate::errors::ErrorResponse;
use crate::protocol::{JsonBody, LegacyCall};
use crate::schema::Presence::{Optional, Required};
use crate::schema::ValueShape::{Boolean, List, NotInSandbox, Record, Text};
use crate::schema::{self, Field, field};

const SHARE: &[Field] = &[
    field("owner", Required, Text),
    field("subject", Optional, Text),
    field("text", Required, Record(&[field("text", Required, Text)])),
    field("content", Optional, Record(CONTENT)),
    field("distribution", Required, Record(DISTRIBUTION)),
];

const CONTENT: &[Field] = &[
    field("title", Optional, Text),
    field("description", Optional, Text),
    field("contentEntities", Required, List(&Record(ENTITY))),
];

const ENTITY: &[Field] = &[
    field("entityLocation", Required, Text),
    field(
        "thumbnails",
        Optional,
        List(&Record(&[field("resolvedUrl", Required, Text)])),
    ),
    field("entity", Optional, NotInSandbox),
];

const DISTRIBUTION: &[Field] = &[field(
    "linkedInDistributionTarget",
    Required,
    Record(&[field("visibleToGuest", Optional, Boolean)]),
)];

pub(crate) async fn create(
    State(app): State<AppState>,
    request: Request,
) -> Result<Response, ErrorResponse> {
    if !app.settings.v2_shares {
        return Err(ErrorResponse::gateway(
            StatusCode::NOT_FOUND,
            "RESOURCE_NOT_FOUND",
            "No virtual resource found; LinkedIn has switched /v2/shares off",
        ));
    }
    let (mut parts, body) = request.into_parts();
    let LegacyCall(call) = LegacyCall::from_request_parts(&mut parts, &app).await?;
    let JsonBody(body) = JsonBody::from_request(Request::from_parts(parts, body), &app).await?;
    call.require_post_scope("shares.CREATE")?;
    schema::check(SHARE, &body)?;
    let text = |value: &'_ Value| value.as_str().unwrap_or_default().to_owned();
    let owner = text(&body["owner"]);
    if !call.member.acts_for(&owner) {
        return Err(ErrorResponse::value_denied("/owner"));
    }
    let commentary = text(&body["text"]["text"]);
    check_text(&commentary)?;
    let content = &body["content"];
    let source = content["contentEntities"][0]["entityLocation"].as_str();
    let card = source
        .map(|source| {
            article(
                source,
                content["title"].as_str(),
                content["description"].as_str(),
            )
        })
        .transpose()?;
    let translated = fields(&owner, &commentary, "PUBLIC", card);
    // The picture is a URL, which LinkedIn fetched and the sandbox does not.
    accept(&app, translated, body, |urn| {
        let number = urn.rsplit(':').next().unwrap_or_default();
        json!({"id": number, "activity": format!("urn:li:activity:{number}"), "owner": owner})
    })
}

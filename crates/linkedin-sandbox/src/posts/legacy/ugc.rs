//! Handles `POST /v2/ugcPosts` ("Share on LinkedIn").

use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};

use super::translate::{accept, article, check_text, fault, fields};
use crate::app::AppState;
use crate::errors::ErrorResponse;
use crate::protocol::{JsonBody, LegacyCall};
use crate::schema::Presence::{Optional, Required};
use crate::schema::ValueShape::{List, NotInSandbox, Record, Symbol, Text};
use crate::schema::{self, Field, field};

const CONTENT: &str = "com.linkedin.ugc.ShareContent";
const VISIBILITY: &str = "com.linkedin.ugc.MemberNetworkVisibility";

const POST: &[Field] = &[
    field("author", Required, Text),
    field("lifecycleState", Required, Symbol(&["PUBLISHED"])),
    field(
        "specificContent",
        Required,
        Record(&[field(CONTENT, Required, Record(SHARE))]),
    ),
    field(
        "visibility",
        Required,
        Record(&[field(
            VISIBILITY,
            Required,
            Symbol(&["PUBLIC", "CONNECTIONS"]),
        )]),
    ),
];

const SHARE: &[Field] = &[
    field("shareCommentary", Required, Record(TEXT_FIELDS)),
    field(
        "shareMediaCategory",
        Required,
        Symbol(&["NONE", "ARTICLE", "IMAGE", "VIDEO"]),
    ),
    field("media", Optional, List(&Record(MEDIA))),
];

const MEDIA: &[Field] = &[
    field("status", Required, Symbol(&["READY"])),
    field("originalUrl", Optional, Text),
    field("media", Optional, Text),
    field("title", Optional, Record(TEXT_FIELDS)),
    field("description", Optional, Record(TEXT_FIELDS)),
    field("thumbnails", Optional, NotInSandbox),
];

const TEXT_FIELDS: &[Field] = &[
    field("text", Required, Text),
    field("attributes", Optional, List(&NotInSandbox)),
];

pub(crate) async fn create(
    State(app): State<AppState>,
    LegacyCall(call): LegacyCall,
    JsonBody(body): JsonBody,
) -> Result<Response, ErrorResponse> {
    call.require_post_scope("ugcPosts.CREATE")?;
    call.check_method("CREATE")?;
    schema::check(POST, &body)?;
    let author = text(&body["author"]);
    if !call.member.acts_for(author) {
        return Err(ErrorResponse::value_denied("/author"));
    }
    let share = &body["specificContent"][CONTENT];
    let commentary = text(&share["shareCommentary"]["text"]);
    check_text(commentary)?;
    let visibility = text(&body["visibility"][VISIBILITY]);
    let translated = fields(author, commentary, visibility, content(share)?);
    accept(&app, translated, body, |urn| json!({ "id": urn }))
}

/// Translates the card or media of a post into the fields of the current API.
fn content(share: &Value) -> Result<Option<Value>, ErrorResponse> {
    let category = text(&share["shareMediaCategory"]);
    let none = Vec::new();
    let media = share["media"].as_array().unwrap_or(&none);
    match (category, media.as_slice()) {
        ("NONE", []) => Ok(None),
        ("NONE", _) | (_, []) => Err(fault(
            "INVALID_VALUE_FOR_FIELD",
            "media does not match shareMediaCategory",
            category,
        )),
        ("ARTICLE", [link]) => {
            let source = text(&link["originalUrl"]);
            let title = link["title"]["text"].as_str();
            article(source, title, link["description"]["text"].as_str()).map(Some)
        }
        ("ARTICLE" | "VIDEO", [_, _, ..]) => Err(fault(
            "FIELD_ARRAY_SIZE_TOO_HIGH",
            "an article or a video must be the only medium",
            category,
        )),
        (_, [single]) => Ok(Some(json!({"media": medium(single)}))),
        (_, several) => {
            let images: Vec<Value> = several.iter().map(medium).collect();
            Ok(Some(json!({"multiImage": {"images": images}})))
        }
    }
}

fn medium(media: &Value) -> Value {
    let mut medium = json!({"id": text(&media["media"])});
    if let Some(title) = media["title"]["text"].as_str() {
        medium["title"] = title.into();
    }
    if let Some(alt) = media["description"]["text"].as_str() {
        medium["altText"] = alt.into();
    }
    medium
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

//! The parts that both older calls share: the translation into current fields, checks and storage.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::{Value, json};
use url::Url;

use crate::app::AppState;
use crate::errors::{ErrorResponse, InputError};
use crate::posts::post_body::PostBody;
use crate::posts::{create, duplicate, values};
use crate::state::SandboxState;
use crate::state::medium::{MediaKind, MediaStatus};
use crate::state::stored_post::StoredPost;

/// Stores a post whose `fields` were translated from `raw`. Returns the response, which has the body
/// `answer(urn)` in addition to the usual headers.
pub(crate) fn accept(
    app: &AppState,
    fields: Value,
    raw: Value,
    answer: impl FnOnce(&str) -> Value,
) -> Result<Response, ErrorResponse> {
    let body = PostBody::of(&fields)?;
    let now = app.now();
    let mut state = app.state();
    check_uploads(&body, &state, now)?;
    duplicate::check(&body, &state, now)?;
    let urn = state.next_urn("share", now);
    let answer = answer(&urn);
    let mut post = StoredPost::new(urn, raw, now);
    post.fields = fields;
    post.plain = true;
    let (parts, _) = create::store(&mut state, post).into_parts();
    let mut response = Json(answer).into_response();
    *response.status_mut() = StatusCode::CREATED;
    response.headers_mut().extend(parts.headers);
    response.extensions_mut().extend(parts.extensions);
    Ok(response)
}

/// Refuses media that are not assets of the author.
pub(crate) fn check_uploads(
    body: &PostBody,
    state: &SandboxState,
    now: Timestamp,
) -> Result<(), ErrorResponse> {
    for urn in body.uploads() {
        let medium = state
            .media
            .get(urn)
            .filter(|medium| medium.kind == MediaKind::Asset);
        let Some(medium) = medium else {
            return Err(fault(
                "INVALID_URN_ID",
                "media must be assets of this sandbox",
                urn,
            ));
        };
        if medium.owner != body.author {
            return Err(ErrorResponse::value_denied("/media"));
        }
        if matches!(medium.state(now), MediaStatus::Waiting) {
            return Err(fault(
                "MEDIA_ASSET_WAITING_UPLOAD",
                "was never uploaded",
                urn,
            ));
        }
    }
    Ok(())
}

/// Refuses a text that is blank or too long.
pub(crate) fn check_text(text: &str) -> Result<(), ErrorResponse> {
    values::check_commentary_length(text)?;
    if text.trim().is_empty() {
        return Err(fault(
            "INVALID_VALUE_BLANK_FIELD",
            "the text is blank",
            text,
        ));
    }
    Ok(())
}

/// Returns the fields of a card. Without a title LinkedIn uses that of the linked page; the sandbox
/// uses the host name.
pub(crate) fn article(
    source: &str,
    title: Option<&str>,
    description: Option<&str>,
) -> Result<Value, ErrorResponse> {
    if !values::is_web_address(source) {
        let rule = "a link must be an absolute http or https address";
        return Err(fault("INVALID_URL", rule, source));
    }
    let url = Url::parse(source).ok();
    let host = url.as_ref().and_then(Url::host_str).unwrap_or(source);
    let title = title.filter(|title| !title.is_empty()).unwrap_or(host);
    let mut article = json!({"source": source, "title": title});
    if let Some(description) = description {
        article["description"] = description.into();
    }
    Ok(json!({ "article": article }))
}

/// Returns the fields of a post in the current API.
pub(crate) fn fields(author: &str, text: &str, visibility: &str, content: Option<Value>) -> Value {
    let mut fields = json!({
        "author": author,
        "commentary": text,
        "visibility": visibility,
        "distribution": {"feedDistribution": "MAIN_FEED"},
        "lifecycleState": "PUBLISHED",
    });
    if let Some(content) = content {
        fields["content"] = content;
    }
    fields
}

pub(crate) fn fault(code: &'static str, rule: &str, value: &str) -> ErrorResponse {
    let fault = InputError::about(code, rule, value);
    ErrorResponse::content(StatusCode::BAD_REQUEST, rule, vec![fault])
}

//! Checks the values of a post whose types are right ("Posts API", error table; the length of the
//! commentary from a recorded response).

mod content;
mod input_errors;

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;

use self::content::{ValidationContext, check_content};
use self::input_errors::InputErrors;
pub(crate) use self::input_errors::is_web_address;
use super::post_body::PostBody;
use crate::errors::{ErrorResponse, InputError};
use crate::state::SandboxState;
use crate::state::stored_post::is_post_urn;

/// The longest commentary, in UTF-16 units of the little text as it was sent.
const COMMENTARY: usize = 3000;

/// Refuses a post with invalid values. Most of them are reported together.
pub(crate) fn check(
    body: &PostBody,
    state: &SandboxState,
    now: Timestamp,
) -> Result<(), ErrorResponse> {
    check_commentary_length(&body.commentary)?;
    let mut errors = InputErrors::default();
    match &body.reshare_context {
        Some(reshare) => check_reshare(&mut errors, &reshare.parent, body, state),
        None => errors.check_not_blank("/commentary", &body.commentary),
    }
    errors.check_published("/lifecycleState", &body.lifecycle_state);
    let visibilities: &[&str] = if body.author.starts_with("urn:li:person:") {
        &["PUBLIC", "CONNECTIONS"]
    } else {
        &["PUBLIC"]
    };
    if !visibilities.contains(&body.visibility.as_str()) {
        let allowed = format!("must be {} for this author", visibilities.join(" or "));
        errors.push_invalid("/visibility", &allowed, &body.visibility);
    }
    let author = &body.author;
    check_content(&mut errors, body, &ValidationContext { author, state, now })?;
    errors.into_result()
}

/// Refuses an edit with invalid values.
pub(crate) fn check_patch(patch: &Value) -> Result<(), ErrorResponse> {
    let mut errors = InputErrors::default();
    if let Some(commentary) = patch["commentary"].as_str() {
        check_commentary_length(commentary)?;
        errors.check_not_blank("/patch/$set/commentary", commentary);
    }
    if let Some(state) = patch["lifecycleState"].as_str() {
        errors.check_published("/patch/$set/lifecycleState", state);
    }
    if let Some(page) = patch["contentLandingPage"].as_str() {
        errors.check_address("/patch/$set/contentLandingPage", page);
    }
    errors.into_result()
}

/// Checks the length of the commentary, which has an error of its own.
pub(crate) fn check_commentary_length(commentary: &str) -> Result<(), ErrorResponse> {
    let length = commentary.encode_utf16().count();
    if length <= COMMENTARY {
        return Ok(());
    }
    Err(ErrorResponse::content(
        StatusCode::BAD_REQUEST,
        &format!(
            "ShareCommentary text length ({length} characters) exceeded the maximum allowed \
             ({COMMENTARY} characters)"
        ),
        vec![InputError {
            max_length: Some(COMMENTARY),
            ..InputError::about(
                "FIELD_ARRAY_SIZE_TOO_HIGH",
                "Size of array cannot be higher than the maxLength",
                commentary,
            )
        }],
    ))
}

/// Checks the reshared post. A post of the real LinkedIn is accepted, because it is not known here.
fn check_reshare(errors: &mut InputErrors, parent: &str, body: &PostBody, state: &SandboxState) {
    const PATH: &str = "/reshareContext/parent";
    if !is_post_urn(parent) {
        let rule = "must be the URN of a post, urn:li:share:… or urn:li:ugcPost:…";
        errors.push("INVALID_URN_TYPE", PATH, rule, parent);
        return;
    }
    if body.content.is_some() {
        let rule = "must not have content besides the parent";
        errors.push("INVALID_VALUE_FOR_FIELD", "/reshareContext", rule, parent);
    }
    let Some(post) = state.posts.iter().find(|post| post.id == parent) else {
        return;
    };
    if post.deleted.is_some() {
        errors.push("INVALID_URN_ID", PATH, "is a post that was deleted", parent);
    }
    if post.fields["isReshareDisabledByAuthor"] == true {
        errors.push_invalid(
            PATH,
            "is a post whose author does not allow reshares",
            parent,
        );
    }
}

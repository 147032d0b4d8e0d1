//! The check of a post's values: what the right types may still not hold ("Posts API", error
//! table; the length of the commentary from a recorded answer).

mod content;
mod input_errors;

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;

use self::content::{ValidationContext, check_content};
use self::input_errors::InputErrors;
pub(crate) use self::input_errors::is_web_address;
use super::draft::Draft;
use crate::errors::{InputError, Refusal};
use crate::state::SandboxState;
use crate::state::stored_post::is_post_urn;

/// The longest commentary, in UTF-16 units of the little text as it was sent.
const COMMENTARY: usize = 3000;

/// Refuses a post whose values cannot be published, naming all faults of a kind at once.
pub(crate) fn check(draft: &Draft, state: &SandboxState, now: Timestamp) -> Result<(), Refusal> {
    commentary_fits(&draft.commentary)?;
    let mut errors = InputErrors::default();
    match &draft.reshare_context {
        Some(reshare) => check_reshare(&mut errors, &reshare.parent, draft, state),
        None => errors.not_blank("/commentary", &draft.commentary),
    }
    errors.published("/lifecycleState", &draft.lifecycle_state);
    let visibilities: &[&str] = if draft.author.starts_with("urn:li:person:") {
        &["PUBLIC", "CONNECTIONS"]
    } else {
        &["PUBLIC"]
    };
    if !visibilities.contains(&draft.visibility.as_str()) {
        let allowed = format!("must be {} for this author", visibilities.join(" or "));
        errors.field("/visibility", &allowed, &draft.visibility);
    }
    let author = &draft.author;
    check_content(
        &mut errors,
        draft,
        &ValidationContext { author, state, now },
    )?;
    errors.refuse()
}

/// Refuses an edit whose values cannot be published.
pub(crate) fn check_patch(patch: &Value) -> Result<(), Refusal> {
    let mut errors = InputErrors::default();
    if let Some(commentary) = patch["commentary"].as_str() {
        commentary_fits(commentary)?;
        errors.not_blank("/patch/$set/commentary", commentary);
    }
    if let Some(state) = patch["lifecycleState"].as_str() {
        errors.published("/patch/$set/lifecycleState", state);
    }
    if let Some(page) = patch["contentLandingPage"].as_str() {
        errors.address("/patch/$set/contentLandingPage", page);
    }
    errors.refuse()
}

/// The limit of the commentary, which has an answer of its own.
pub(crate) fn commentary_fits(commentary: &str) -> Result<(), Refusal> {
    let length = commentary.encode_utf16().count();
    if length <= COMMENTARY {
        return Ok(());
    }
    Err(Refusal::content(
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

/// What another post's reshare points at. A post of the real LinkedIn cannot be known here.
fn check_reshare(errors: &mut InputErrors, parent: &str, draft: &Draft, state: &SandboxState) {
    const PATH: &str = "/reshareContext/parent";
    if !is_post_urn(parent) {
        let rule = "must be the URN of a post, urn:li:share:… or urn:li:ugcPost:…";
        errors.push("INVALID_URN_TYPE", PATH, rule, parent);
        return;
    }
    if draft.content.is_some() {
        let rule = "shows its parent, and so takes no content of its own";
        errors.push("INVALID_VALUE_FOR_FIELD", "/reshareContext", rule, parent);
    }
    let Some(post) = state.posts.iter().find(|post| post.id == parent) else {
        return;
    };
    if post.deleted.is_some() {
        errors.push("INVALID_URN_ID", PATH, "is a post that was deleted", parent);
    }
    if post.fields["isReshareDisabledByAuthor"] == true {
        errors.field(
            PATH,
            "is a post that its author lets nobody reshare",
            parent,
        );
    }
}

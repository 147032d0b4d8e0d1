//! The check of a post's values: what the right types may still not hold ("Posts API", error
//! table; the length of the commentary from a recorded answer).

mod content;

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::Value;
use url::Url;

use self::content::Scene;
use super::draft::Draft;
use super::is_post_urn;
use crate::sandbox::errors::{InputError, Refusal};
use crate::sandbox::state::World;

/// The longest commentary, in UTF-16 units of the little text as it was sent.
const COMMENTARY: usize = 3000;
/// The longest title of an article, in UTF-16 units.
const TITLE: usize = 400;
/// The longest description and alternative text, in UTF-16 units: 4086 is refused.
const LONG_TEXT: usize = 4085;

/// Refuses a post whose values cannot be published, naming all faults of a kind at once.
pub(super) fn check(draft: &Draft, world: &World, now: Timestamp) -> Result<(), Refusal> {
    commentary_fits(&draft.commentary)?;
    let mut faults = Faults::default();
    match &draft.reshare_context {
        Some(reshare) => faults.reshare(&reshare.parent, draft, world),
        None => faults.not_blank("/commentary", &draft.commentary),
    }
    faults.published("/lifecycleState", &draft.lifecycle_state);
    let visibilities: &[&str] = if draft.author.starts_with("urn:li:person:") {
        &["PUBLIC", "CONNECTIONS"]
    } else {
        &["PUBLIC"]
    };
    if !visibilities.contains(&draft.visibility.as_str()) {
        let allowed = format!("must be {} for this author", visibilities.join(" or "));
        faults.field("/visibility", &allowed, &draft.visibility);
    }
    let author = &draft.author;
    faults.content(draft, &Scene { author, world, now })?;
    faults.refuse()
}

/// Refuses an edit whose values cannot be published.
pub(super) fn check_patch(patch: &Value) -> Result<(), Refusal> {
    let mut faults = Faults::default();
    if let Some(commentary) = patch["commentary"].as_str() {
        commentary_fits(commentary)?;
        faults.not_blank("/patch/$set/commentary", commentary);
    }
    if let Some(state) = patch["lifecycleState"].as_str() {
        faults.published("/patch/$set/lifecycleState", state);
    }
    if let Some(page) = patch["contentLandingPage"].as_str() {
        faults.address("/patch/$set/contentLandingPage", page);
    }
    faults.refuse()
}

/// The limit of the commentary, which has an answer of its own.
pub(super) fn commentary_fits(commentary: &str) -> Result<(), Refusal> {
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

#[derive(Default)]
struct Faults(Vec<InputError>);

impl Faults {
    /// What another post's reshare points at. A post of the real LinkedIn cannot be known here.
    fn reshare(&mut self, parent: &str, draft: &Draft, world: &World) {
        const PATH: &str = "/reshareContext/parent";
        if !is_post_urn(parent) {
            let rule = "must be the URN of a post, urn:li:share:… or urn:li:ugcPost:…";
            self.push("INVALID_URN_TYPE", PATH, rule, parent);
            return;
        }
        if draft.content.is_some() {
            let rule = "shows its parent, and so takes no content of its own";
            self.push("INVALID_VALUE_FOR_FIELD", "/reshareContext", rule, parent);
        }
        let Some(post) = world.posts.iter().find(|post| post.id == parent) else {
            return;
        };
        if post.deleted.is_some() {
            self.push("INVALID_URN_ID", PATH, "is a post that was deleted", parent);
        }
        if post.fields["isReshareDisabledByAuthor"] == true {
            self.field(
                PATH,
                "is a post that its author lets nobody reshare",
                parent,
            );
        }
    }

    fn array(&mut self, path: &str, count: usize, max_length: usize) {
        if count > max_length {
            let rule = format!("holds {count}, and {max_length} are allowed");
            self.push("FIELD_ARRAY_SIZE_TOO_HIGH", path, &rule, &count.to_string());
            if let Some(fault) = self.0.last_mut() {
                fault.max_length = Some(max_length);
            }
        }
    }

    fn not_blank(&mut self, path: &str, value: &str) {
        if value.trim().is_empty() {
            self.push("INVALID_VALUE_BLANK_FIELD", path, "is blank", value);
        }
    }

    fn published(&mut self, path: &str, state: &str) {
        if state != "PUBLISHED" {
            self.field(path, "must be PUBLISHED", state);
        }
    }

    fn address(&mut self, path: &str, value: &str) {
        if !is_web_address(value) {
            let rule = "must be an absolute http or https address";
            self.push("INVALID_URL", path, rule, value);
        }
    }

    fn length(&mut self, path: &str, value: &str, max_length: usize) {
        let length = value.encode_utf16().count();
        if length > max_length {
            let rule = format!("has {length} characters, and {max_length} are allowed");
            self.push("FIELD_LENGTH_TOO_LONG", path, &rule, value);
            if let Some(fault) = self.0.last_mut() {
                fault.max_length = Some(max_length);
            }
        }
    }

    fn field(&mut self, path: &str, rule: &str, value: &str) {
        self.push("INVALID_VALUE_FOR_FIELD", path, rule, value);
    }

    fn push(&mut self, code: &'static str, path: &str, rule: &str, value: &str) {
        let description = format!("{path} {rule}");
        self.0.push(InputError::about(code, description, value));
    }

    fn refuse(self) -> Result<(), Refusal> {
        let Some(first) = self.0.first() else {
            return Ok(());
        };
        let message = first.description.clone();
        Err(Refusal::content(StatusCode::BAD_REQUEST, &message, self.0))
    }
}

/// Whether `text` is an address that a card may lead to.
pub(super) fn is_web_address(text: &str) -> bool {
    // `Url` mends what LinkedIn would not: missing slashes and white space.
    let unmended = text
        .split_once("://")
        .is_some_and(|(scheme, _)| matches!(scheme, "http" | "https"));
    unmended && !text.contains(char::is_whitespace) && Url::parse(text).is_ok()
}

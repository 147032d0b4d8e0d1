//! Collects errors in the values of a post, by rules that several fields share.

use axum::http::StatusCode;
use url::Url;

use crate::errors::{ErrorResponse, InputError};

/// The errors found so far, in the order of the checks.
#[derive(Default)]
pub(crate) struct InputErrors(Vec<InputError>);

impl InputErrors {
    pub(crate) fn check_array(&mut self, path: &str, count: usize, max_length: usize) {
        if count > max_length {
            let rule = format!("has {count} entries, and {max_length} are allowed");
            self.push("FIELD_ARRAY_SIZE_TOO_HIGH", path, &rule, &count.to_string());
            if let Some(fault) = self.0.last_mut() {
                fault.max_length = Some(max_length);
            }
        }
    }

    pub(crate) fn check_not_blank(&mut self, path: &str, value: &str) {
        if value.trim().is_empty() {
            self.push("INVALID_VALUE_BLANK_FIELD", path, "is blank", value);
        }
    }

    pub(crate) fn check_published(&mut self, path: &str, state: &str) {
        if state != "PUBLISHED" {
            self.push_invalid(path, "must be PUBLISHED", state);
        }
    }

    pub(crate) fn check_address(&mut self, path: &str, value: &str) {
        if !is_web_address(value) {
            let rule = "must be an absolute http or https address";
            self.push("INVALID_URL", path, rule, value);
        }
    }

    pub(crate) fn check_length(&mut self, path: &str, value: &str, max_length: usize) {
        let length = value.encode_utf16().count();
        if length > max_length {
            let rule = format!("has {length} characters, and {max_length} are allowed");
            self.push("FIELD_LENGTH_TOO_LONG", path, &rule, value);
            if let Some(fault) = self.0.last_mut() {
                fault.max_length = Some(max_length);
            }
        }
    }

    pub(crate) fn push_invalid(&mut self, path: &str, rule: &str, value: &str) {
        self.push("INVALID_VALUE_FOR_FIELD", path, rule, value);
    }

    pub(crate) fn push(&mut self, code: &'static str, path: &str, rule: &str, value: &str) {
        let description = format!("{path} {rule}");
        self.0.push(InputError::about(code, description, value));
    }

    pub(crate) fn into_result(self) -> Result<(), ErrorResponse> {
        let Some(first) = self.0.first() else {
            return Ok(());
        };
        let message = first.description.clone();
        Err(ErrorResponse::content(
            StatusCode::BAD_REQUEST,
            &message,
            self.0,
        ))
    }
}

/// Returns `true` if `text` is a URL that a card can link to.
pub(crate) fn is_web_address(text: &str) -> bool {
    // `Url` corrects errors that LinkedIn refuses: missing slashes and white space.
    let unmended = text
        .split_once("://")
        .is_some_and(|(scheme, _)| matches!(scheme, "http" | "https"));
    unmended && !text.contains(char::is_whitespace) && Url::parse(text).is_ok()
}

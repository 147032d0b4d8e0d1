//! Error responses of Mastodon: `{"error": …}`, and for OAuth also `error_description`.

use serde_json::json;

use crate::answer::Answer;

/// Returns an error of the API.
pub(super) fn error(status: u16, message: &str) -> Answer {
    Answer::json(status, &json!({"error": message}))
}

/// Returns the error for an entity that does not exist or belongs to another account.
pub(super) fn not_found() -> Answer {
    error(404, "Record not found")
}

/// Returns the error of a failed validation.
pub(super) fn invalid(messages: &[String]) -> Answer {
    error(422, &format!("Validation failed: {}", messages.join(", ")))
}

/// Returns the error for a body whose syntax is wrong.
pub(super) fn bad_request() -> Answer {
    Answer::json(400, &json!({"status": 400, "error": "Bad Request"}))
}

/// Returns the page for a path that does not exist.
pub(super) fn no_such_page() -> Answer {
    Answer::html(
        404,
        "<!DOCTYPE html><title>The page you are looking for isn't here.</title>",
    )
}

/// Returns an error of the OAuth endpoints.
pub(super) fn oauth(status: u16, code: &str, description: &str) -> Answer {
    Answer::json(
        status,
        &json!({"error": code, "error_description": description}),
    )
}

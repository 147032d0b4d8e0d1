//! Error responses of Discord: a message and a code ("Opcodes and Status Codes", JSON).

use serde_json::{Value, json};

use crate::answer::Answer;

/// Returns an error.
pub(super) fn error(status: u16, code: u32, message: &str) -> Answer {
    Answer::json(status, &json!({"message": message, "code": code}))
}

/// Returns the error for a webhook that was deleted.
pub(super) fn unknown_webhook() -> Answer {
    error(404, 10015, "Unknown Webhook")
}

/// Returns the error for a message of another webhook or thread.
pub(super) fn unknown_message() -> Answer {
    error(404, 10008, "Unknown Message")
}

/// Returns the error for invalid fields.
pub(super) fn invalid_form(errors: &Value) -> Answer {
    Answer::json(
        400,
        &json!({"message": "Invalid Form Body", "code": 50035, "errors": errors}),
    )
}

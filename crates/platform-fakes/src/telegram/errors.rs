//! Responses of the Bot API: `ok` with a result, or an error whose code is also the status.

use serde_json::{Value, json};

use crate::answer::Answer;

/// Returns a successful response.
pub(super) fn result(value: &Value) -> Answer {
    Answer::json(200, &json!({"ok": true, "result": value}))
}

/// Returns an error.
pub(super) fn error(code: u16, description: &str) -> Answer {
    Answer::json(
        code,
        &json!({"ok": false, "error_code": code, "description": description}),
    )
}

/// Returns the error of an invalid parameter.
pub(super) fn bad_request(reason: &str) -> Answer {
    error(400, &format!("Bad Request: {reason}"))
}

/// Returns the error for a chat that has another identifier now.
pub(super) fn migrated(new_id: i64) -> Answer {
    Answer::json(
        400,
        &json!({
            "ok": false,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": new_id},
        }),
    )
}

/// Returns the error for too many messages.
pub(super) fn too_many(seconds: i64) -> Answer {
    Answer::json(
        429,
        &json!({
            "ok": false,
            "error_code": 429,
            "description": format!("Too Many Requests: retry after {seconds}"),
            "parameters": {"retry_after": seconds},
        }),
    )
    .with("retry-after", &seconds.to_string())
}

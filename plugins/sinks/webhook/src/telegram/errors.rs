//! The errors of Telegram's Bot API: `{"ok": false, "error_code": …, "description": …}`. The number is the status, so
//! the remedy depends on the description.

use serde_json::Value;
use syndicate_api::http::{HttpError, HttpResponse};
use syndicate_api::{
    Code, Context, ErrorRow, ErrorTable, PublishError, PublishErrorKind, RetryTime,
};

use PublishErrorKind::{Rejected, Throttled, Unauthorized};

const NEW_TOKEN: &str =
    "get the token from @BotFather with `/token`, and put it into the variable that `token` names";

const fn row(
    code: &'static str,
    kind: PublishErrorKind,
    reason: Code,
    hint: &'static str,
) -> ErrorRow {
    ErrorRow {
        status: None,
        code: Some(code),
        kind,
        reason,
        hint,
    }
}

/// The table of the Bot API.
const ERRORS: ErrorTable = ErrorTable {
    success: Some("/ok"),
    retry: &[RetryTime::BodySeconds("/parameters/retry_after")],
    rows: &[
        row("401", Unauthorized, Code::Unauthorized, NEW_TOKEN),
        // The path contains the token, so an unknown path is a wrong token.
        row("404", Unauthorized, Code::Unauthorized, NEW_TOKEN),
        row(
            "403",
            Rejected,
            Code::Forbidden,
            "add the bot to the chat again, as an administrator who may post messages",
        ),
        row("429", Throttled { until: None }, Code::Throttled, ""),
    ],
    ..ErrorTable::new("Telegram", "/error_code", "/description")
};

/// Parts of descriptions in lower case, with the code and the next step.
const DESCRIPTIONS: &[(&str, Code, &str)] = &[
    (
        "chat not found",
        Code::Rejected,
        "check `chat_id`, and add the bot to the chat, in a channel as an administrator",
    ),
    (
        "not enough rights",
        Code::Forbidden,
        "make the bot an administrator of the channel who may post messages",
    ),
    (
        "need administrator rights",
        Code::Forbidden,
        "make the bot an administrator of the channel who may post messages",
    ),
    (
        "have no rights",
        Code::Forbidden,
        "let the bot send messages in the group's permissions",
    ),
    ("message to edit not found", Code::PostGone, ""),
    ("message to delete not found", Code::PostGone, ""),
    ("message identifier is not specified", Code::PostGone, ""),
    (
        "message can't be edited",
        Code::Rejected,
        "change the message in Telegram",
    ),
    (
        "message can't be deleted",
        Code::Rejected,
        "delete the message in Telegram; a bot may delete it only within 48 hours, in a channel as an administrator",
    ),
    ("message is too long", Code::Rejected, "shorten the text"),
    ("message text is empty", Code::Rejected, "write a text"),
];

/// The description of an edit that changes nothing.
const NOT_MODIFIED: &str = "message is not modified";

/// Checks the response to the creating request.
///
/// # Errors
/// Returns `Unknown` unless it is certain that Telegram created nothing.
pub(super) fn check_create(
    cx: &Context,
    outcome: Result<HttpResponse, HttpError>,
) -> Result<HttpResponse, PublishError> {
    let body = outcome.as_ref().map(HttpResponse::json).unwrap_or_default();
    ERRORS
        .check_create(cx, outcome)
        .map_err(|error| explain(error, &body))
}

/// Checks the response to a request that may be repeated, and returns its result. An edit that changes nothing
/// succeeds.
///
/// # Errors
/// Returns any kind but `Unknown`.
pub(super) fn check_repeatable(
    cx: &Context,
    outcome: Result<HttpResponse, HttpError>,
) -> Result<Value, PublishError> {
    let body = outcome.as_ref().map(HttpResponse::json).unwrap_or_default();
    match ERRORS.check_repeatable(cx, outcome) {
        Err(error) if error.kind == Rejected && description(&body).contains(NOT_MODIFIED) => {
            Ok(Value::Null)
        }
        Err(error) => Err(explain(error, &body)),
        Ok(_) => Ok(body["result"].clone()),
    }
}

fn description(body: &Value) -> String {
    body["description"]
        .as_str()
        .unwrap_or_default()
        .to_lowercase()
}

/// Adds the remedy for the description in `body` to a refusal.
fn explain(mut error: PublishError, body: &Value) -> PublishError {
    if error.kind != Rejected {
        return error;
    }
    if let Some(id) = body
        .pointer("/parameters/migrate_to_chat_id")
        .and_then(Value::as_i64)
    {
        return error.with_hint(format!(
            "the group became a supergroup: set `chat_id: {id}`"
        ));
    }
    let text = description(body);
    let known = DESCRIPTIONS.iter().find(|(part, ..)| text.contains(part));
    let Some((_, code, hint)) = known else {
        return error;
    };
    error.code = *code;
    if hint.is_empty() {
        error
    } else {
        error.with_hint(*hint)
    }
}

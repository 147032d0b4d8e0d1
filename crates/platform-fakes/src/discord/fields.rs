//! The fields of a message, as the execution of a webhook and an edit take them.

use serde_json::{Map, Value, json};

use crate::answer::Answer;
use crate::discord::embeds;
use crate::discord::errors::{error, invalid_form};
use crate::discord::form_errors::FormErrors;
use crate::discord::server::Discord;
use crate::request::Request;

/// The largest number of characters of a text.
const MAX_CONTENT: usize = 2000;

/// The flags that a webhook can set: `SUPPRESS_EMBEDS` and `SUPPRESS_NOTIFICATIONS`.
const FLAGS: u64 = 1 << 2 | 1 << 12;

/// The fields of a message.
pub(super) const EDITABLE: [&str; 4] = ["content", "embeds", "allowed_mentions", "flags"];

/// The further fields of a new message.
pub(super) const CREATE_ONLY: [&str; 4] = ["username", "avatar_url", "tts", "thread_name"];

/// Reads the JSON object of a request.
pub(super) fn object(request: &Request) -> Result<Map<String, Value>, Answer> {
    if request.media_type().as_deref() != Some("application/json") {
        let mut errors = FormErrors::default();
        errors.errors.insert(
            "_errors".to_owned(),
            json!([{
                "code": "CONTENT_TYPE_INVALID",
                "message": "Expected \"Content-Type\" header to be one of \
                            {'application/json', 'multipart/form-data'}.",
            }]),
        );
        return Err(invalid_form(&Value::Object(errors.errors)));
    }
    match serde_json::from_slice(&request.body) {
        Ok(Value::Object(fields)) => Ok(fields),
        _ => Err(error(400, 50109, "The request body contains invalid JSON.")),
    }
}

/// Checks the values of the fields, and that Discord knows all fields.
pub(super) fn check(
    discord: &Discord,
    fields: &Map<String, Value>,
    known: &[&str],
) -> Result<(), Answer> {
    let mut errors = FormErrors::default();
    errors.ignore_unknown(fields, known, "");
    errors.text(fields, "content", "", MAX_CONTENT);
    username(fields, &mut errors);
    if let Some(name) = errors.text(fields, "thread_name", "", 100)
        && name.is_empty()
    {
        let message = "Must be between 1 and 100 in length.";
        errors.add("thread_name", "BASE_TYPE_BAD_LENGTH", message);
    }
    match fields.get("embeds") {
        None | Some(Value::Null) => {}
        Some(Value::Array(embeds)) => embeds::check(embeds, &mut errors),
        Some(_) => errors.add(
            "embeds",
            "LIST_TYPE_CONVERT",
            "Only iterables may be used in a ListType",
        ),
    }
    allowed_mentions(fields, &mut errors);
    let flags = fields.get("flags").filter(|flags| !flags.is_null());
    if flags.is_some_and(|flags| flags.as_u64().is_none_or(|flags| flags & !FLAGS != 0)) {
        errors.ignored.push("flags".to_owned());
    }
    if !errors.errors.is_empty() {
        return Err(invalid_form(&Value::Object(errors.errors)));
    }
    if !errors.ignored.is_empty() && !discord.is_lenient {
        return Err(Answer::strict(&format!(
            "Discord ignores these fields: {}",
            errors.ignored.join(", ")
        )));
    }
    Ok(())
}

/// Refuses a message without a text and without embeds.
pub(super) fn check_not_empty(content: &str, embeds: &[Value]) -> Result<(), Answer> {
    if content.trim().is_empty() && embeds.iter().all(is_empty) {
        return Err(error(400, 50006, "Cannot send an empty message"));
    }
    Ok(())
}

/// Returns `true` for an embed that shows nothing.
fn is_empty(embed: &Value) -> bool {
    let shown = [
        "title",
        "description",
        "image",
        "thumbnail",
        "footer",
        "author",
        "fields",
    ];
    shown
        .iter()
        .all(|name| embed.get(name).is_none_or(Value::is_null))
}

fn username(fields: &Map<String, Value>, errors: &mut FormErrors) {
    let Some(name) = errors.text(fields, "username", "", 80) else {
        return;
    };
    for word in ["clyde", "discord"] {
        if name.to_lowercase().contains(word) {
            let message = format!("Username cannot contain \"{word}\"");
            errors.add("username", "USERNAME_INVALID_CONTAINS", &message);
        }
    }
    if name.is_empty() {
        let message = "Must be between 1 and 80 in length.";
        errors.add("username", "BASE_TYPE_BAD_LENGTH", message);
    }
}

/// Checks `allowed_mentions` ("Allowed Mentions Object").
fn allowed_mentions(fields: &Map<String, Value>, errors: &mut FormErrors) {
    let allowed = match fields.get("allowed_mentions") {
        None | Some(Value::Null) => return,
        Some(Value::Object(allowed)) => allowed,
        Some(_) => {
            errors.add(
                "allowed_mentions",
                "MODEL_TYPE_CONVERT",
                "Only dictionaries may be used in a ModelType",
            );
            return;
        }
    };
    let known = ["parse", "roles", "users", "replied_user"];
    errors.ignore_unknown(allowed, &known, "allowed_mentions");
    let kinds = allowed.get("parse").and_then(Value::as_array);
    for kind in ["roles", "users"] {
        let is_parsed = kinds.is_some_and(|kinds| kinds.iter().any(|name| name == kind));
        let ids = allowed.get(kind).and_then(Value::as_array);
        if is_parsed && ids.is_some_and(|ids| !ids.is_empty()) {
            let code = "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE";
            let message =
                format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
            errors.add("allowed_mentions", code, &message);
        }
    }
    for (index, kind) in kinds.into_iter().flatten().enumerate() {
        let kind = kind.as_str().unwrap_or_default();
        if !["roles", "users", "everyone"].contains(&kind) {
            let path = format!("allowed_mentions.parse.{index}");
            let message = "Value must be one of ('users', 'roles', 'everyone').";
            errors.add(&path, "BASE_TYPE_CHOICES", message);
        }
    }
}

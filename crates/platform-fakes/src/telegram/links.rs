//! URLs of entities and link previews, and `link_preview_options` ("LinkPreviewOptions").

use serde_json::Value;
use url::Url;

use crate::answer::Answer;
use crate::telegram::errors::bad_request;

/// The fields of the options.
const OPTIONS: [&str; 5] = [
    "is_disabled",
    "url",
    "prefer_small_media",
    "prefer_large_media",
    "show_above_text",
];

/// Checks the URL of an entity.
pub(super) fn check_url(url: &str) -> Result<(), String> {
    if url.is_empty() {
        return Err(format!("entity URL '{url}' is invalid: URL host is empty"));
    }
    match Url::parse(url) {
        Ok(parsed) if ["http", "https", "tg", "ton"].contains(&parsed.scheme()) => Ok(()),
        Ok(_) => Err(format!(
            "entity URL '{url}' is invalid: Unsupported URL protocol"
        )),
        Err(_) => Err(format!("entity URL '{url}' is invalid: Wrong HTTP URL")),
    }
}

/// Checks `link_preview_options`.
pub(super) fn check_options(options: Option<&Value>, is_lenient: bool) -> Result<(), Answer> {
    let fields = match options {
        None => return Ok(()),
        Some(Value::Object(fields)) => fields,
        Some(_) => return Err(bad_request("can't parse link preview options JSON object")),
    };
    if is_lenient {
        return Ok(());
    }
    for (name, value) in fields {
        let is_valid = match name.as_str() {
            "url" => value.as_str().is_some_and(|url| check_url(url).is_ok()),
            name => OPTIONS.contains(&name) && value.is_boolean(),
        };
        if !is_valid {
            return Err(Answer::strict(&format!(
                "Telegram ignores `link_preview_options.{name}` with the value {value}"
            )));
        }
    }
    if fields.get("prefer_small_media") == Some(&Value::Bool(true))
        && fields.get("prefer_large_media") == Some(&Value::Bool(true))
    {
        return Err(Answer::strict("a preview cannot be both small and large"));
    }
    Ok(())
}

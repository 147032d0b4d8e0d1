//! Formats a profile as JSON.

use serde_json::{Value, json};
use syndicate_api::Context;

use super::profile::{ProfileStatus, renewed_until};
use super::text::hint;

/// Returns the status of a profile as a JSON object.
pub(super) fn profile_json(cx: &Context, status: &ProfileStatus) -> Value {
    let ProfileStatus {
        stored,
        version,
        pages,
    } = status;
    let mut value = json!({
        "platform": stored.platform, "profile": stored.profile,
        "file": stored.file.to_string_lossy(),
        "api_version": version.as_ref().map(|(name, _)| name),
        "api_version_until": version.as_ref().and_then(|(_, last)| *last),
        "pages": pages.as_ref().ok().cloned().flatten(),
    });
    let more = match &stored.credential {
        Ok(credential) => json!({
            "state": if status.is_good(cx.now()) { "good" } else { "expired" },
            "who": credential.account_name, "author": credential.account, "scopes": credential.scopes,
            "issued": credential.issued, "expires": credential.expires,
            "days_left": credential.days_left(cx.now()), "renewed_until": renewed_until(cx, credential),
            "renewal_started": stored.renewal_started, "error": pages.as_ref().err(),
        }),
        Err(error) => {
            json!({"state": "unreadable", "error": format!("{error:#}"), "hint": hint(error)})
        }
    };
    if let (Some(value), Value::Object(more)) = (value.as_object_mut(), more) {
        value.extend(more);
    }
    value
}

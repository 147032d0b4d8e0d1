//! Formats a profile as JSON.

use serde_json::{Value, json};
use syndicate_api::Context;

use super::profile::{ProfileStatus, renewed_until};
use super::text::hint;

/// Returns the status of a profile as a JSON object.
pub(super) fn profile_json(cx: &Context, status: &ProfileStatus) -> Value {
    let ProfileStatus {
        kept,
        version,
        pages,
    } = status;
    let mut value = json!({
        "platform": kept.platform, "profile": kept.profile,
        "file": kept.file.to_string_lossy(),
        "api_version": version.as_ref().map(|(name, _)| name),
        "api_version_until": version.as_ref().and_then(|(_, last)| *last),
        "pages": pages.as_ref().ok().cloned().flatten(),
    });
    let more = match &kept.grant {
        Ok(grant) => json!({
            "state": if grant.is_expired(cx.now()) { "expired" } else { "good" },
            "who": grant.account_name, "author": grant.account, "scopes": grant.scopes,
            "issued": grant.issued, "expires": grant.expires,
            "days_left": grant.days_left(cx.now()), "renewed_until": renewed_until(cx, grant),
            "error": pages.as_ref().err(),
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

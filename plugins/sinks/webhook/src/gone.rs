//! Remembers webhooks that their platform has deleted, so that no later run sends a request to them. Discord bans
//! addresses that keep sending such requests.

use syndicate_api::{Code, Context, PublishError, PublishErrorKind, sha256_hex};

use crate::webhook_url::ResolvedUrl;

const NEW_WEBHOOK: &str =
    "create a new webhook, and put its URL into the variable that `url` names";

/// Records that the webhook is gone for good.
pub(crate) fn remember(cx: &Context, url: &ResolvedUrl) {
    cx.kv_cache.put(&key(url), "gone");
}

/// Removes the record, because the webhook has answered.
pub(crate) fn forget(cx: &Context, url: &ResolvedUrl) {
    if cx.kv_cache.get(&key(url)).is_some() {
        cx.kv_cache.put(&key(url), "");
    }
}

/// Checks that the webhook is not known to be gone.
///
/// # Errors
/// Returns `Rejected` if it is.
pub(crate) fn check(cx: &Context, url: &ResolvedUrl) -> Result<(), PublishError> {
    match cx.kv_cache.get(&key(url)).as_deref() {
        Some("gone") => Err(deleted(
            "the webhook was deleted, as its platform answered before",
        )),
        _ => Ok(()),
    }
}

/// Returns the error of a webhook that is known to be deleted.
pub(crate) fn deleted(message: &str) -> PublishError {
    gone(message).with_hint(format!("{NEW_WEBHOOK}; nothing is sent to the old one"))
}

/// Returns the error of a webhook that answers that it is gone for good.
pub(crate) fn gone(message: &str) -> PublishError {
    PublishError::new(PublishErrorKind::Rejected, Code::Rejected, message).with_hint(NEW_WEBHOOK)
}

/// Returns the key of the record. A digest of a random URL reveals nothing about it.
fn key(url: &ResolvedUrl) -> String {
    let digest = sha256_hex(url.as_str().as_bytes());
    format!("webhook gone {}", digest.get(..32).unwrap_or_default())
}

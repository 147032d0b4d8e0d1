//! Remembers the account of a credential, so that the platform is asked once.

use plugin_protocol::AccountOk;
use syndicate_api::{Context, ExposeSecret as _, sha256_hex};

use super::settings::SinkSettings;

/// Returns the name under which the account is remembered. It contains a hash of the secrets.
pub(super) fn cache_key(plugin: &str, settings: &SinkSettings, cx: &Context) -> String {
    let endpoint = settings
        .endpoint
        .as_ref()
        .map_or("", |endpoint| endpoint.as_str());
    let secrets = settings.known_secrets(cx);
    let secrets: Vec<&str> = secrets
        .iter()
        .map(|secret| secret.expose_secret())
        .collect();
    let hash = sha256_hex(secrets.join("\n").as_bytes());
    format!("plugin_account {plugin} {endpoint} {hash}")
}

/// Returns the account that is remembered under `key`.
pub(super) fn cached(cx: &Context, key: &str) -> Option<AccountOk> {
    serde_json::from_str(&cx.kv_cache.get(key)?).ok()
}

/// Remembers `account` under `key`.
pub(super) fn remember(cx: &Context, key: &str, account: &AccountOk) {
    if let Ok(text) = serde_json::to_string(account) {
        cx.kv_cache.put(key, &text);
    }
}

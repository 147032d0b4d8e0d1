//! Remembers the names of accounts, so that plans and previews name the sender without a request.

use syndicate_api::{Context, Sender};

/// Records that the sink `server` sends as `name`.
pub(crate) fn remember(cx: &Context, server: &str, name: &str) {
    let key = key(server);
    if cx.kv_cache.get(&key).as_deref() != Some(name) {
        cx.kv_cache.put(&key, name);
    }
}

/// Returns the sender of the sink `server`, with its recorded name.
pub(crate) fn sender(cx: &Context, server: &str, id: Option<&str>) -> Sender {
    Sender {
        name: cx
            .kv_cache
            .get(&key(server))
            .filter(|name| !name.is_empty()),
        id: id.map(str::to_owned),
        profile: None,
    }
}

fn key(server: &str) -> String {
    format!("webhook sender {server}")
}

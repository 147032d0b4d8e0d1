//! Remembers the names of accounts, so that plans and previews name the sender without a request.

use syndicate_api::text::excerpt;
use syndicate_api::{Context, Sender};

/// The longest name that is kept, in characters.
const MAX_NAME: usize = 80;

/// Records that the sink `server` sends as `name`, and returns the name on one line, as messages show it.
pub(crate) fn remember(cx: &Context, server: &str, name: &str) -> String {
    let (key, name) = (key(server), excerpt(name, MAX_NAME));
    if cx.kv_cache.get(&key).as_deref() != Some(&name) {
        cx.kv_cache.put(&key, &name);
    }
    name
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

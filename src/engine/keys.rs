//! The kinds of an item's keys: ids, addresses and paths.

use std::collections::BTreeSet;

use syndicate_api::{Code, Item, normalise_key};

/// Returns whether `key` is an address.
pub(super) fn is_url(key: &str) -> bool {
    key.starts_with("https://") || key.starts_with("http://")
}

/// Returns whether `key` is a path of a source.
pub(super) fn is_path(key: &str) -> bool {
    !is_url(key) && !key.starts_with("id:")
}

/// Returns the ids among `keys` that authors gave, in their normal form. The global ids of feeds are not
/// among them: generators change those.
pub(super) fn author_ids<'k>(keys: impl Iterator<Item = &'k str>) -> BTreeSet<String> {
    let authored = keys.filter(|key| {
        let lower = key.to_ascii_lowercase();
        let is_global = lower.starts_with("id:tag:") || lower.starts_with("id:urn:");
        lower.starts_with("id:") && !is_global
    });
    authored.map(normalise_key).collect()
}

/// Returns whether a source further up has the same post.
pub(super) fn is_shadow(item: &Item) -> bool {
    matches!(item.hold, Some((Code::SamePost, _)))
}

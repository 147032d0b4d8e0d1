//! Classifies an item's keys: ids, URLs and paths, and computes digests of keys and other values.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher as _};

use syndicate_api::{Code, Item, normalise_key};

/// Returns `true` if `key` is a URL.
pub(super) fn is_url(key: &str) -> bool {
    key.starts_with("https://") || key.starts_with("http://")
}

/// Returns `true` if `key` is a path in a source.
pub(super) fn is_path(key: &str) -> bool {
    !is_url(key) && !key.starts_with("id:")
}

/// Returns the ids among `keys` that authors set, normalized. Global ids of feeds are excluded, because
/// generators change them.
pub(super) fn author_ids<'k>(keys: impl Iterator<Item = &'k str>) -> BTreeSet<String> {
    let authored = keys.filter(|key| {
        let lower = key.to_ascii_lowercase();
        let is_global = lower.starts_with("id:tag:") || lower.starts_with("id:urn:");
        lower.starts_with("id:") && !is_global
    });
    authored.map(normalise_key).collect()
}

/// Returns `true` if a source listed earlier has the same post.
pub(super) fn is_shadow(item: &Item) -> bool {
    matches!(item.hold, Some((Code::SamePost, _)))
}

/// Returns a digest of `value` for indexes in memory. Different values may have the same digest.
pub(super) fn digest(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

//! Keys of items by rank: a `syndicate.id` decides over an address, an address over a path.

use std::borrow::Cow;

use syndicate_api::normalise_key;

/// What a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum KeyRank {
    /// A name that the author or a feed gave the post: `id:…`.
    Id,
    /// An address.
    Url,
    /// A file or an entry of a source: `SOURCE:…`.
    Path,
}

/// The keys of one event or item, by rank and in their normal form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct IdentityKeys {
    pub(super) ids: Vec<String>,
    pub(super) urls: Vec<String>,
    pub(super) paths: Vec<String>,
}

impl IdentityKeys {
    /// Sorts `keys` by rank.
    pub(super) fn of<'k>(keys: impl IntoIterator<Item = &'k str>) -> Self {
        let mut sorted = Self::default();
        for key in keys {
            let key = normalise_key(key);
            let list = match rank(&key) {
                KeyRank::Id => &mut sorted.ids,
                KeyRank::Url => &mut sorted.urls,
                KeyRank::Path => &mut sorted.paths,
            };
            if !list.contains(&key) {
                list.push(key);
            }
        }
        sorted
    }

    /// Returns every key.
    pub(super) fn all(&self) -> impl Iterator<Item = &String> {
        self.ids.iter().chain(&self.urls).chain(&self.paths)
    }

    /// Returns the ids that part, which are those that authors give. A feed's global ids only join:
    /// generators change them when a site is moved.
    pub(super) fn parting_ids(&self) -> impl Iterator<Item = &String> {
        self.ids.iter().filter(|id| parts(id))
    }
}

/// Returns the rank of `key`.
pub(super) fn rank(key: &str) -> KeyRank {
    if key.starts_with("id:") {
        KeyRank::Id
    } else if key.starts_with("https://") || key.starts_with("http://") {
        KeyRank::Url
    } else {
        KeyRank::Path
    }
}

/// Returns whether two different ids of this kind are two posts.
pub(super) fn parts(id: &str) -> bool {
    let id: Cow<'_, str> = id.strip_prefix("id:").unwrap_or(id).into();
    let lower = id.to_ascii_lowercase();
    !lower.starts_with("tag:") && !lower.starts_with("urn:")
}

/// Returns the source that a path key names.
pub(super) fn source(key: &str) -> Option<&str> {
    if rank(key) != KeyRank::Path {
        return None;
    }
    Some(key.split_once(':')?.0)
}

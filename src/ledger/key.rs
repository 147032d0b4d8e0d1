//! Identity keys by rank: a `syndicate.id` ranks above a URL, a URL above a path.

use std::borrow::Cow;

use syndicate_api::{is_normal_key, normalise_key};

/// The rank of an identity key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum KeyRank {
    /// An id that the author or a feed gave the post: `id:…`.
    Id,
    /// A URL.
    Url,
    /// A file or entry of a source: `SOURCE:…`.
    Path,
}

/// The keys of one event or item, normalized and separated by rank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct IdentityKeys<'k> {
    pub(super) ids: Vec<Cow<'k, str>>,
    pub(super) urls: Vec<Cow<'k, str>>,
    pub(super) paths: Vec<Cow<'k, str>>,
}

impl<'k> IdentityKeys<'k> {
    /// Separates `keys` by rank.
    pub(super) fn of(keys: impl IntoIterator<Item = &'k str>) -> Self {
        let mut sorted = Self::default();
        for key in keys {
            let key = match is_normal_key(key) {
                true => Cow::Borrowed(key),
                false => Cow::Owned(normalise_key(key)),
            };
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

    /// Returns the ids that keep posts separate, which are those set by authors. A feed's global ids only
    /// join posts: generators change them when a site moves.
    pub(super) fn parting_ids(&self) -> impl Iterator<Item = &Cow<'k, str>> {
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

/// Returns `true` if two different ids of this kind mean two posts.
pub(super) fn parts(id: &str) -> bool {
    let id: Cow<'_, str> = id.strip_prefix("id:").unwrap_or(id).into();
    let lower = id.to_ascii_lowercase();
    !lower.starts_with("tag:") && !lower.starts_with("urn:")
}

/// Returns the source name in a path key.
pub(super) fn source(key: &str) -> Option<&str> {
    if rank(key) != KeyRank::Path {
        return None;
    }
    Some(key.split_once(':')?.0)
}

//! Identity keys as the numbers of their texts, by rank.

use packed_events::Texts;
use syndicate_api::is_normal_key;

use super::key::{IdentityKeys, KeyRank, parts, rank};

/// The keys of one event or item, as numbers of their texts.
#[derive(Clone, Debug, Default)]
pub(super) struct KeyNumbers {
    pub(super) ids: Vec<u32>,
    pub(super) urls: Vec<u32>,
    pub(super) paths: Vec<u32>,
    /// `true` if there is a URL, also one without a number.
    pub(super) has_url: bool,
    /// `true` if there is an id set by an author, also one without a number.
    pub(super) has_author_id: bool,
}

impl KeyNumbers {
    /// Separates keys by rank. Returns `None` if one is not in its normal form.
    pub(super) fn of_normal(keys: &[u32], texts: &Texts) -> Option<Self> {
        let mut numbers = Self::default();
        for number in keys {
            let key = texts.get(*number);
            if !is_normal_key(key) {
                return None;
            }
            let list = match rank(key) {
                KeyRank::Id => {
                    numbers.has_author_id |= parts(key);
                    &mut numbers.ids
                }
                KeyRank::Url => {
                    numbers.has_url = true;
                    &mut numbers.urls
                }
                KeyRank::Path => &mut numbers.paths,
            };
            if !list.contains(number) {
                list.push(*number);
            }
        }
        Some(numbers)
    }

    /// Returns the numbers of `keys`, which are added to `texts`.
    pub(super) fn intern(keys: &IdentityKeys<'_>, texts: &mut Texts) -> Self {
        Self::of(keys, |key| Some(texts.intern(key)))
    }

    /// Returns the numbers of those `keys` that are in `texts`. No record has the others.
    pub(super) fn find(keys: &IdentityKeys<'_>, texts: &Texts) -> Self {
        Self::of(keys, |key| texts.find(key))
    }

    fn of(keys: &IdentityKeys<'_>, mut number: impl FnMut(&str) -> Option<u32>) -> Self {
        let mut numbers = |keys: &[std::borrow::Cow<'_, str>]| -> Vec<u32> {
            keys.iter().filter_map(|key| number(key)).collect()
        };
        Self {
            ids: numbers(&keys.ids),
            urls: numbers(&keys.urls),
            paths: numbers(&keys.paths),
            has_url: !keys.urls.is_empty(),
            has_author_id: keys.parting_ids().next().is_some(),
        }
    }

    /// Returns `true` if it has no key.
    pub(super) fn is_empty(&self) -> bool {
        self.ids.is_empty() && self.urls.is_empty() && self.paths.is_empty()
    }

    /// Returns every key.
    pub(super) fn all(&self) -> impl Iterator<Item = u32> {
        let all = self.ids.iter().chain(&self.urls).chain(&self.paths);
        all.copied()
    }
}

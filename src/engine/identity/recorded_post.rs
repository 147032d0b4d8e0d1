//! A recorded post, reduced to the values that items are compared with.

use std::collections::BTreeSet;

use syndicate_api::{Item, ItemEvidence, normalise_key};

use super::claims::{last_path, last_url};
use crate::engine::keys::author_ids;
use crate::ledger::ItemRecord;

/// A recorded post.
pub(super) struct RecordedPost {
    /// The evidence of each of its versions.
    pub(super) versions: Vec<ItemEvidence>,
    pub(super) ids: BTreeSet<String>,
    pub(super) urls: BTreeSet<String>,
    /// The path that was recorded last, prefixed with the name of its source.
    pub(super) path: Option<String>,
    /// The URL that was recorded last.
    pub(super) url: Option<String>,
    pub(super) is_taken: bool,
    pub(super) has_vanished: bool,
}

impl RecordedPost {
    pub(super) fn of(record: &ItemRecord<'_>, is_taken: bool) -> Self {
        let mut versions: Vec<ItemEvidence> = Vec::new();
        for evidence in record.events.iter().filter_map(|event| event.evidence()) {
            if !versions.contains(evidence) {
                versions.push(evidence.clone());
            }
        }
        Self {
            versions,
            ids: record.ids.clone(),
            urls: record.urls.clone(),
            path: last_path(record),
            url: last_url(record),
            is_taken,
            has_vanished: false,
        }
    }

    pub(super) fn source(&self) -> Option<&str> {
        Some(self.path.as_deref()?.split_once(':')?.0)
    }

    /// Returns the display name: the file, otherwise the URL.
    pub(super) fn name(&self) -> String {
        let file = self.path.as_deref().and_then(|path| path.split_once(':'));
        let file = file.map(|(_, file)| file.to_owned());
        file.or_else(|| self.url.clone())
            .or_else(|| self.ids.first().cloned())
            .unwrap_or_default()
    }

    /// Returns `true` if the post has the URL of `item`, but none of its ids.
    pub(super) fn has_only_url_of(&self, item: &Item) -> bool {
        let has_id = item
            .keys
            .iter()
            .any(|key| self.ids.contains(&normalise_key(key)));
        // An alias declares that both are the same post.
        let at_own = item.keys.first().is_some_and(|own| self.urls.contains(own));
        !has_id && at_own
    }

    /// Returns `true` if ids set by authors show that `item` is another post.
    pub(super) fn is_apart(&self, item: &Item) -> bool {
        let theirs = author_ids(self.ids.iter().map(String::as_str));
        are_apart(&theirs, &author_ids(item.keys.iter().map(String::as_str)))
    }

    /// Returns `true` if `item` has an author's id that the record lacks.
    pub(super) fn lacks_id_of(&self, item: &Item) -> bool {
        let own = author_ids(item.keys.iter().map(String::as_str));
        own.iter().any(|id| !self.ids.contains(id))
    }
}

/// Returns `true` if the ids that authors set show that two posts are different ones.
pub(super) fn are_apart(one: &BTreeSet<String>, other: &BTreeSet<String>) -> bool {
    !one.is_empty() && !other.is_empty() && one.is_disjoint(other)
}

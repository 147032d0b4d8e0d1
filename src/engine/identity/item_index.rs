//! Counts the values of a scan's items by which they are matched with recorded posts and with each other.

use std::collections::{BTreeMap, HashMap};

use syndicate_api::{Item, normalise_key};

use crate::engine::PipelineScan;
use crate::engine::keys::digest;
use crate::engine::pipeline_names::site_of;

/// The kind of a counted value.
#[derive(Clone, Copy, Debug, Hash)]
enum ValueKind {
    Key,
    Title,
    Text,
}

/// The number of items with each value.
#[derive(Default)]
pub(in crate::engine) struct ItemIndex {
    /// Number of items by the digest of the value.
    counts: HashMap<u64, u32>,
    /// Number of items by the host of their site.
    sites: BTreeMap<String, usize>,
}

impl ItemIndex {
    /// Indexes the items of `scanned`.
    pub(in crate::engine) fn of(scanned: &PipelineScan) -> Self {
        let mut index = Self::default();
        for (_, item) in &scanned.items {
            index.add(item);
        }
        index
    }

    /// Adds an item.
    pub(in crate::engine) fn add(&mut self, item: &Item) {
        for value in values(item) {
            *self.counts.entry(value).or_default() += 1;
        }
        if let Some(site) = site_of(item) {
            *self.sites.entry(site).or_default() += 1;
        }
    }

    /// Removes an item that was added.
    pub(in crate::engine) fn remove(&mut self, item: &Item) {
        for value in values(item) {
            if let Some(count) = self.counts.get_mut(&value) {
                *count -= 1;
                if *count == 0 {
                    self.counts.remove(&value);
                }
            }
        }
        let Some(site) = site_of(item) else { return };
        if let Some(count) = self.sites.get_mut(&site) {
            *count -= 1;
            if *count == 0 {
                self.sites.remove(&site);
            }
        }
    }

    /// Returns `true` if an item has this normalized key.
    pub(super) fn has_key(&self, key: &str) -> bool {
        self.has(ValueKind::Key, key)
    }

    /// Returns `true` if an item has this title.
    pub(super) fn has_title(&self, title: &str) -> bool {
        self.has(ValueKind::Title, title)
    }

    /// Returns `true` if an item has the text of `item`.
    pub(in crate::engine) fn has_text_of(&self, item: &Item) -> bool {
        let text = item.evidence.text.as_ref();
        text.is_some_and(|text| self.has(ValueKind::Text, &text.digest))
    }

    /// Returns `true` if an item is of this site.
    pub(super) fn has_site(&self, site: &str) -> bool {
        self.sites.contains_key(site)
    }

    fn has(&self, kind: ValueKind, value: &str) -> bool {
        self.counts.contains_key(&digest((kind, value)))
    }
}

/// Returns the digests of an item's values.
fn values(item: &Item) -> impl Iterator<Item = u64> + '_ {
    let keys = item.keys.iter().map(|key| normalise_key(key));
    let keys = keys.map(|key| digest((ValueKind::Key, key.as_str())));
    let title = item.evidence.title.as_deref();
    let title = title.map(|title| digest((ValueKind::Title, title)));
    let text = item.evidence.text.as_ref();
    let text = text.map(|text| digest((ValueKind::Text, text.digest.as_str())));
    keys.chain(title).chain(text)
}

//! Counts the values of a scan's items by which they are matched with recorded posts and with each other.

use std::collections::{BTreeMap, HashMap};

use syndicate_api::{Item, TextDigest, normalise_key};

use crate::engine::PipelineScan;
use crate::engine::keys::digest;
use crate::engine::pipeline_names::site_of;

/// The kind of a counted value.
#[derive(Clone, Copy, Debug, Hash)]
enum ValueKind {
    Key,
    Title,
}

/// The number of items with each value.
#[derive(Default)]
pub(in crate::engine) struct ItemIndex {
    /// Number of items by the digest of the value.
    counts: HashMap<u64, u32>,
    /// Number of items by the host of their site.
    sites: BTreeMap<String, usize>,
    /// The items by the digest of their text.
    texts: HashMap<u64, TextOwner>,
}

/// The item that has, or had, a text. A removed item may have it still: its file may be gone, so that the text
/// cannot be read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TextOwner {
    /// The item whose id has this digest.
    One(u64),
    Several,
}

impl ItemIndex {
    /// Indexes the items of `scanned`, without their texts.
    pub(in crate::engine) fn of(scanned: &PipelineScan) -> Self {
        let mut index = Self::default();
        for (_, item) in &scanned.items {
            index.add(item);
        }
        index
    }

    /// Adds an item, without its text.
    pub(in crate::engine) fn add(&mut self, item: &Item) {
        for value in values(item) {
            *self.counts.entry(value).or_default() += 1;
        }
        if let Some(site) = site_of(item) {
            *self.sites.entry(site).or_default() += 1;
        }
    }

    /// Adds the text of an item, which is read if it was not before.
    pub(in crate::engine) fn add_text(&mut self, item: &Item) {
        let Some(text) = text_of(item) else { return };
        let own = TextOwner::One(digest(item.id()));
        let owner = self.texts.entry(digest_of(text)).or_insert(own);
        if *owner != own {
            *owner = TextOwner::Several;
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

    /// Returns `true` if another item than `item` may have its text, among those whose texts were added.
    pub(in crate::engine) fn may_have_copy(&self, item: &Item) -> bool {
        let owner = text_of(item).and_then(|text| self.texts.get(&digest_of(text)));
        owner.is_some_and(|owner| *owner != TextOwner::One(digest(item.id())))
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
    let title = item.evidence_without_text().title.as_deref();
    let title = title.map(|title| digest((ValueKind::Title, title)));
    keys.chain(title)
}

/// Returns the digest of an item's text; `None` if it is short, or in a file that has changed. No post is made of a
/// file that has changed.
fn text_of(item: &Item) -> Option<&TextDigest> {
    item.text.digest().ok().flatten()
}

fn digest_of(text: &TextDigest) -> u64 {
    digest(&text.digest)
}

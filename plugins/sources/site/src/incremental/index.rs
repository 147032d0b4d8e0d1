//! Index of a scan's items by the values that posts compare with each other: keys, names and time zones. A change of a
//! post whose values no other post has, before and after the change, changes no other item, fault or note.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::sync::Arc;

use rustc_hash::FxHashSet;
use syndicate_api::{Diagnostic, Item};

use crate::conflict_copies::has_copy_word;
use crate::generators::Folder;
use crate::identity::ID_PREFIX;
use crate::likely_copies::{originals, path_stem};
use crate::paths::{relative_to, trim_folder};
use crate::site::Site;

/// Facts about a scan besides its items.
pub(crate) struct ScanFacts<'a> {
    /// `true` if the posts are joined with built pages.
    pub(crate) is_joined: bool,
    /// The files of the content folders, relative to the site's root. Some of them are not posts.
    pub(crate) files: &'a FxHashSet<Arc<str>>,
    pub(crate) faults: &'a [Diagnostic],
    /// The files that each note is about.
    pub(crate) notes: &'a BTreeMap<String, Vec<String>>,
    /// Number of posts without a URL.
    pub(crate) without_url: usize,
}

/// The index of the items of a scan.
pub(crate) struct ItemIndex {
    /// One for each item, in the order of the items.
    entries: Vec<Entry>,
    counts: Counts,
    /// The files, relative to pipeline.yaml, that faults and notes are about.
    reported: HashSet<String>,
    /// `true` if the name of a file may be that of a copy.
    has_copy_names: bool,
}

/// The numbers of items.
#[derive(Default)]
struct Counts {
    /// Number of items with each value, by its digest.
    values: HashMap<u64, u32>,
    /// Number of items whose names may be those of copies of the file with this name, by its digest.
    originals: HashMap<u64, u32>,
    /// Number of items whose URLs depend on the time zone of the machine.
    zone_differences: usize,
}

/// The place of a file in the order of a scan: the index of its content folder, and its path relative to the site's
/// root in form C.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FilePlace {
    pub(super) folder: usize,
    pub(super) path: Box<str>,
}

struct Entry {
    place: FilePlace,
    /// Digests of the keys that other items may have.
    values: Box<[u64]>,
    /// The digest of the name without extension.
    stem: u64,
    /// Digests of the names of possible originals.
    originals: Box<[u64]>,
    has_zone_difference: bool,
}

impl ItemIndex {
    /// Indexes `items`, from before those that clash were separated. Returns `None` if a change of any post may change
    /// other items, faults or notes.
    pub(crate) fn of(site: &Site, items: &[Arc<Item>], facts: &ScanFacts<'_>) -> Option<Self> {
        let folders = site.content();
        if facts.is_joined || facts.without_url > 0 || are_nested(&folders) {
            return None;
        }
        let faults = facts.faults.iter().filter_map(|fault| fault.path.clone());
        let noted = facts.notes.values().flatten().cloned();
        let mut index = Self {
            entries: Vec::with_capacity(items.len()),
            counts: Counts::default(),
            reported: faults.chain(noted).collect(),
            has_copy_names: facts.files.iter().any(|file| has_copy_word(file)),
        };
        for item in items {
            let place = place_of(site, &folders, item)?;
            if index.entries.last().is_some_and(|last| last.place >= place) {
                return None;
            }
            let entry = Entry::of(site, place, item);
            index.counts.add(&entry);
            index.entries.push(entry);
        }
        Some(index)
    }

    /// Returns the position of the item of a file, or the one at which it would be inserted.
    pub(super) fn position(&self, place: &FilePlace) -> Result<usize, usize> {
        self.entries
            .binary_search_by(|entry| entry.place.cmp(place))
    }

    /// Returns `true` if a fault or note is about the file at `path`, relative to pipeline.yaml.
    pub(super) fn is_reported(&self, path: &str) -> bool {
        self.reported.contains(path)
    }

    /// Returns `true` if a new or removed file may be the original of another one.
    pub(super) fn has_copy_names(&self) -> bool {
        self.has_copy_names
    }

    /// Returns `true` if the item at this position was read from the file at `path`, relative to pipeline.yaml, and not
    /// from one whose name has another Unicode form.
    pub(super) fn is_of_file(&self, at: usize, path: &str) -> bool {
        self.entries[at].stem == digest(path_stem(path))
    }

    /// Inserts an item. Returns `false` if that may change others.
    pub(super) fn insert(&mut self, at: usize, place: FilePlace, site: &Site, item: &Item) -> bool {
        let new = Entry::of(site, place, item);
        let is_isolated = self.counts.is_isolated(&new) && self.keeps_notes(site, None, Some(&new));
        self.counts.add(&new);
        self.entries.insert(at, new);
        is_isolated
    }

    /// Replaces the item at this position. Returns `false` if that may change others.
    pub(super) fn replace(&mut self, at: usize, site: &Site, item: &Item) -> bool {
        let new = Entry::of(site, self.entries[at].place.clone(), item);
        let keeps_notes = self.keeps_notes(site, Some(&self.entries[at]), Some(&new));
        let old = std::mem::replace(&mut self.entries[at], new);
        let new = &self.entries[at];
        self.counts.subtract(&old);
        let is_isolated = self.counts.is_isolated(&old) && self.counts.is_isolated(new);
        self.counts.add(new);
        keeps_notes && is_isolated
    }

    /// Removes the item at this position. Returns `false` if that may change others.
    pub(super) fn remove(&mut self, at: usize, site: &Site) -> bool {
        let keeps_notes = self.keeps_notes(site, Some(&self.entries[at]), None);
        let old = self.entries.remove(at);
        self.counts.subtract(&old);
        keeps_notes && self.counts.is_isolated(&old)
    }

    /// Returns `true` if the notes about all posts stay the same when `new` replaces `old`.
    fn keeps_notes(&self, site: &Site, old: Option<&Entry>, new: Option<&Entry>) -> bool {
        let differs = |entry: Option<&Entry>| entry.is_some_and(|entry| entry.has_zone_difference);
        let before = self.counts.zone_differences;
        let after = before + usize::from(differs(new)) - usize::from(differs(old));
        let keeps_zone_note = match site.counts_zone_differences() {
            true => before == after,
            false => (before > 0) == (after > 0),
        };
        let count = self.entries.len() + usize::from(new.is_some()) - usize::from(old.is_some());
        // The first and the last post change the note about an empty site.
        keeps_zone_note && !self.entries.is_empty() && count > 0
    }
}

impl Counts {
    /// Returns `true` if no counted item has a value of `entry`.
    fn is_isolated(&self, entry: &Entry) -> bool {
        let mut values = entry.values.iter();
        entry.originals.is_empty()
            && !self.originals.contains_key(&entry.stem)
            && !values.any(|value| self.values.contains_key(value))
    }

    fn add(&mut self, entry: &Entry) {
        for value in &entry.values {
            *self.values.entry(*value).or_default() += 1;
        }
        for original in &entry.originals {
            *self.originals.entry(*original).or_default() += 1;
        }
        self.zone_differences += usize::from(entry.has_zone_difference);
    }

    fn subtract(&mut self, entry: &Entry) {
        for value in &entry.values {
            subtract(&mut self.values, *value);
        }
        for original in &entry.originals {
            subtract(&mut self.originals, *original);
        }
        self.zone_differences -= usize::from(entry.has_zone_difference);
    }
}

impl Entry {
    fn of(site: &Site, place: FilePlace, item: &Item) -> Self {
        let file_key = file_key_prefix(site);
        let keys = item.keys.iter().filter(|key| !key.starts_with(&file_key));
        // Without an id, a key is a URL: the post's own, an alias or a canonical URL.
        let values = keys.map(|key| digest((key.starts_with(ID_PREFIX), key)));
        let stem = path_stem(item.path.as_deref().unwrap_or_default());
        Self {
            values: values.collect(),
            stem: digest(stem),
            originals: originals(stem).into_iter().map(digest).collect(),
            has_zone_difference: site.zone_note([item]).is_some(),
            place,
        }
    }
}

/// Returns the place of the file at `path`, relative to the site's root in form C, and its path relative to its content
/// folder.
pub(super) fn place_of_file<'p>(folders: &[Folder], path: &'p str) -> Option<(FilePlace, &'p str)> {
    folders.iter().enumerate().find_map(|(folder, of)| {
        let below = relative_to(path, trim_folder(&of.path))?;
        let path = path.into();
        Some((FilePlace { folder, path }, below))
    })
}

/// Returns the place of an item's file.
fn place_of(site: &Site, folders: &[Folder], item: &Item) -> Option<FilePlace> {
    let prefix = file_key_prefix(site);
    let path = item.keys.iter().find_map(|key| key.strip_prefix(&prefix))?;
    Some(place_of_file(folders, path)?.0)
}

fn file_key_prefix(site: &Site) -> String {
    format!("{}:", site.source)
}

/// Returns `true` if a content folder contains another one.
fn are_nested(folders: &[Folder]) -> bool {
    let is_in = |one: &Folder, other: &Folder| {
        relative_to(trim_folder(&one.path), trim_folder(&other.path)).is_some()
    };
    let mut pairs = folders.iter().enumerate().flat_map(|(at, one)| {
        let others = folders.iter().enumerate();
        others.filter_map(move |(other, folder)| (at != other).then_some((one, folder)))
    });
    pairs.any(|(one, other)| is_in(one, other))
}

fn subtract(counts: &mut HashMap<u64, u32>, value: u64) {
    if let Some(count) = counts.get_mut(&value) {
        *count -= 1;
        if *count == 0 {
            counts.remove(&value);
        }
    }
}

fn digest(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

//! The keys of all items, each stored once, with the groups that have it.

use std::collections::HashMap;
use std::hash::BuildHasher as _;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

/// The mark for "none" in place of an index.
pub(super) const NONE: u32 = u32::MAX;

/// The groups of each key.
#[derive(Clone, Debug, Default)]
pub(super) struct KeyTable {
    /// All keys, one after the other.
    text: String,
    /// The end of each key in `text`.
    ends: Vec<usize>,
    /// The numbers of the keys, by their text.
    numbers: HashTable<u32>,
    /// The first group of each key.
    first: Vec<u32>,
    /// All groups of the keys that have several, in the order in which the groups got the key.
    several: HashMap<u32, Vec<u32>>,
}

impl KeyTable {
    /// Returns the groups of `key`, in the order in which they got it.
    pub(super) fn groups(&self, key: &str) -> impl Iterator<Item = usize> + use<'_> {
        let number = self.number(key);
        let several = number.and_then(|number| self.several.get(&number));
        let first = number
            .filter(|_| several.is_none())
            .map(|number| &self.first[number as usize]);
        let groups = first.into_iter().chain(several.into_iter().flatten());
        groups.map(|group| *group as usize)
    }

    /// Returns the last group that got `key`.
    pub(super) fn last_group(&self, key: &str) -> Option<usize> {
        let number = self.number(key)?;
        let last = match self.several.get(&number) {
            Some(several) => several.last().copied(),
            None => self.first.get(number as usize).copied(),
        };
        Some(last? as usize)
    }

    /// Adds `key` to the group with the number `group`.
    pub(super) fn add(&mut self, key: &str, group: u32) {
        let Some(number) = self.number(key) else {
            self.insert(key, group);
            return;
        };
        let first = self.first[number as usize];
        match self.several.get_mut(&number) {
            Some(several) if several.last() == Some(&group) => {}
            Some(several) => several.push(group),
            None if first == group => {}
            None => {
                self.several.insert(number, vec![first, group]);
            }
        }
    }

    fn insert(&mut self, key: &str, group: u32) {
        let number = index(self.ends.len());
        self.text.push_str(key);
        self.ends.push(self.text.len());
        self.first.push(group);
        let (text, ends) = (&self.text, &self.ends);
        self.numbers.insert_unique(hash(key), number, |number| {
            hash(key_at(text, ends, *number))
        });
    }

    fn number(&self, key: &str) -> Option<u32> {
        let is_key = |number: &u32| key_at(&self.text, &self.ends, *number) == key;
        self.numbers.find(hash(key), is_key).copied()
    }
}

fn key_at<'t>(text: &'t str, ends: &[usize], number: u32) -> &'t str {
    let number = number as usize;
    let start = number.checked_sub(1).map_or(0, |before| ends[before]);
    &text[start..ends[number]]
}

/// Returns the hash of `text`. The texts are those of the user's own ledger.
pub(super) fn hash(text: &str) -> u64 {
    FxBuildHasher.hash_one(text)
}

/// Returns `at` as an index of the ledger's tables.
pub(super) fn index(at: usize) -> u32 {
    u32::try_from(at).expect("a ledger has fewer than 2^32 events")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_keep_order_of_their_keys() {
        let mut table = KeyTable::default();
        for (key, group) in [("a", 1), ("b", 2), ("a", 1), ("a", 3), ("a", 1), ("", 4)] {
            table.add(key, group);
        }
        let groups = |key: &str| table.groups(key).collect::<Vec<_>>();
        assert_eq!(groups("a"), [1, 3, 1]);
        assert_eq!(groups("b"), [2]);
        assert_eq!(groups(""), [4]);
        assert_eq!(groups("c"), [0; 0]);
        assert_eq!(table.last_group("a"), Some(1));
        assert_eq!(table.last_group("c"), None);
    }
}

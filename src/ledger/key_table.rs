//! The groups that have each key.

use std::collections::HashMap;

use packed_events::NONE;

/// The groups of each key, by the key's number.
#[derive(Clone, Debug, Default)]
pub(super) struct KeyTable {
    /// The first group of each key, or `NONE`.
    pub(super) first: Vec<u32>,
    /// All groups of the keys that have several, in the order in which the groups got the key.
    pub(super) several: HashMap<u32, Vec<u32>>,
}

impl KeyTable {
    /// Returns the groups of a key, in the order in which they got it.
    pub(super) fn groups(&self, key: u32) -> impl Iterator<Item = usize> + use<'_> {
        let first = self.first.get(key as usize);
        let first = first.filter(|group| **group != NONE);
        let several = first.and_then(|_| self.several.get(&key));
        let first = first.filter(|_| several.is_none());
        let groups = first.into_iter().chain(several.into_iter().flatten());
        groups.map(|group| *group as usize)
    }

    /// Returns the last group that got a key.
    pub(super) fn last_group(&self, key: u32) -> Option<usize> {
        self.groups(key).last()
    }

    /// Adds a key to the group with the number `group`.
    pub(super) fn add(&mut self, key: u32, group: u32) {
        let place = key as usize;
        if place >= self.first.len() {
            self.first.resize(place + 1, NONE);
        }
        let first = self.first[place];
        if first == NONE {
            self.first[place] = group;
            return;
        }
        match self.several.get_mut(&key) {
            Some(several) if several.last() == Some(&group) => {}
            Some(several) => several.push(group),
            None if first == group => {}
            None => {
                self.several.insert(key, vec![first, group]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_keep_order_of_their_keys() {
        let mut table = KeyTable::default();
        for (key, group) in [(0, 1), (5, 2), (0, 1), (0, 3), (0, 1), (2, 4)] {
            table.add(key, group);
        }
        let groups = |key| table.groups(key).collect::<Vec<_>>();
        assert_eq!(groups(0), [1, 3, 1]);
        assert_eq!(groups(5), [2]);
        assert_eq!(groups(2), [4]);
        assert_eq!(groups(1), [0; 0]);
        assert_eq!(groups(6), [0; 0]);
        assert_eq!(table.last_group(0), Some(1));
        assert_eq!(table.last_group(1), None);
    }
}

//! Groups the events of one item.
//!
//! Events join by id, otherwise by URL. A path joins them only if one side has no URL, since
//! a path may be reused for another post, or if a `moved` event names the earlier keys. Two different
//! ids set by authors never join, even at one URL.
//!
//! Events are inserted in time order, so that the groups depend only on the set of events.

use std::collections::{BTreeSet, HashMap};

use super::key::{IdentityKeys, parts};
use super::{Event, EventKind};

/// The number of a group, valid only for the ledger state that returned it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(usize);

/// Groups of events, each about one item.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    slots: Vec<Slot>,
    /// The groups that have a key, by their number when they got it, in that order.
    by_key: HashMap<String, Vec<usize>>,
    /// Groups of `moved` events that were inserted before the events whose keys they name, because the
    /// clocks of two machines differ.
    unlinked: Vec<(usize, IdentityKeys)>,
}

#[derive(Clone, Debug)]
enum Slot {
    /// Merged into another group.
    Joined(usize),
    Group(Group),
}

/// One item's events, as indices into the ledger state, and all its keys.
#[derive(Clone, Debug, Default)]
pub(super) struct Group {
    pub(super) members: Vec<usize>,
    pub(super) ids: BTreeSet<String>,
    pub(super) urls: BTreeSet<String>,
    pub(super) paths: BTreeSet<String>,
}

impl Groups {
    /// Inserts the event with the index `index` into its group. Events must be inserted in time order.
    pub(super) fn insert(&mut self, index: usize, event: &Event) {
        let keys = IdentityKeys::of(event.keys());
        if keys == IdentityKeys::default() {
            return;
        }
        let mut targets = self.targets(&keys);
        if let EventKind::Moved { from, .. } = &event.kind {
            match from {
                Some(from) if !from.is_empty() => {
                    let from = IdentityKeys::of(from.iter().map(String::as_str));
                    let old = self.targets(&from);
                    if old.is_empty() {
                        let group = self.join(targets);
                        self.add(group, index, keys);
                        self.unlinked.push((group, from));
                        return;
                    }
                    targets.extend(old);
                }
                Some(_) => {}
                // In 0.1.0 every shared key joined two records.
                None => targets.extend(self.having(keys.all())),
            }
        }
        let group = self.join(targets);
        self.add(group, index, keys);
        self.link();
    }

    /// Joins the groups of `moved` events with the groups they name, once these exist.
    fn link(&mut self) {
        for (group, from) in std::mem::take(&mut self.unlinked) {
            let mut found = self.targets(&from);
            if found.is_empty() {
                self.unlinked.push((group, from));
            } else {
                found.insert(self.root(group));
                self.join(found);
            }
        }
    }

    /// Returns the groups of the item with these keys. There are several if no recorded event joins them.
    /// An id has precedence. If no record has the id, the records without an id that have the URL are
    /// returned, since an author may add an id later.
    pub(super) fn find(&self, keys: &IdentityKeys) -> BTreeSet<usize> {
        let named = self.having(&keys.ids);
        if !named.is_empty() && keys.parting_ids().next().is_some() {
            return named;
        }
        let mut found = self.joined(keys);
        if keys.parting_ids().next().is_some() {
            found.retain(|number| !self.has_author_id(*number));
        }
        found.extend(named);
        found
    }

    /// Returns the groups that an event with these keys belongs to. An event with an author's id joins an
    /// URL only through a `moved` event that names it: another post may have had the URL before.
    fn targets(&self, keys: &IdentityKeys) -> BTreeSet<usize> {
        let named = self.having(&keys.ids);
        if keys.parting_ids().next().is_some() {
            return named;
        }
        let mut targets = self.joined(keys);
        let unnamed = |number: &usize| !self.has_author_id(*number);
        if targets.iter().any(unnamed) {
            targets.retain(unnamed);
        } else if let Some(last) = targets.last().copied() {
            targets = BTreeSet::from([last]);
        }
        targets.extend(named);
        targets
    }

    /// Returns the groups with the same URL or, if one side has no URL, the same path.
    fn joined(&self, keys: &IdentityKeys) -> BTreeSet<usize> {
        let mut found = self.having(&keys.urls);
        let by_path = self.having(&keys.paths);
        let without_url = |number: &usize| self.group(*number).urls.is_empty();
        found.extend(by_path.into_iter().filter(without_url));
        if keys.urls.is_empty() && found.is_empty() {
            // Several posts with different URLs may have had this path. The last one still has it.
            let last = keys.paths.iter().filter_map(|path| self.last_having(path));
            found.extend(last.max());
        }
        found
    }

    fn has_author_id(&self, number: usize) -> bool {
        self.group(number).ids.iter().any(|id| parts(id))
    }

    /// Returns the groups that have one of `keys`.
    fn having<'k>(&self, keys: impl IntoIterator<Item = &'k String>) -> BTreeSet<usize> {
        let groups = keys.into_iter().filter_map(|key| self.by_key.get(key));
        groups.flatten().map(|number| self.root(*number)).collect()
    }

    fn last_having(&self, key: &str) -> Option<usize> {
        let last = self.by_key.get(key)?.last()?;
        Some(self.root(*last))
    }

    /// Returns the groups with this path.
    pub(super) fn at_path(&self, path: &str) -> Vec<usize> {
        self.having([&path.to_owned()]).into_iter().collect()
    }

    /// Returns the group with this number.
    pub(super) fn group(&self, number: usize) -> &Group {
        const NONE: &Group = &Group {
            members: Vec::new(),
            ids: BTreeSet::new(),
            urls: BTreeSet::new(),
            paths: BTreeSet::new(),
        };
        match &self.slots[self.root(number)] {
            Slot::Group(group) => group,
            Slot::Joined(_) => NONE,
        }
    }

    /// Returns each group with its number.
    pub(super) fn all(&self) -> impl Iterator<Item = (GroupId, &Group)> {
        self.slots
            .iter()
            .enumerate()
            .filter_map(|(number, slot)| match slot {
                Slot::Group(group) => Some((GroupId(number), group)),
                Slot::Joined(_) => None,
            })
    }

    fn root(&self, mut number: usize) -> usize {
        while let Slot::Joined(other) = &self.slots[number] {
            number = *other;
        }
        number
    }

    fn join(&mut self, groups: BTreeSet<usize>) -> usize {
        let mut groups: Vec<usize> = groups.into_iter().collect();
        // Merging into the largest group keeps lookups logarithmic.
        groups.sort_by_key(|number| std::cmp::Reverse(self.group(*number).members.len()));
        let Some((target, others)) = groups.split_first() else {
            self.slots.push(Slot::Group(Group::default()));
            return self.slots.len() - 1;
        };
        for other in others {
            let joined = std::mem::replace(&mut self.slots[*other], Slot::Joined(*target));
            if let (Slot::Group(group), Slot::Group(more)) = (&mut self.slots[*target], joined) {
                group.members.extend(more.members);
                group.ids.extend(more.ids);
                group.urls.extend(more.urls);
                group.paths.extend(more.paths);
            }
        }
        *target
    }

    fn add(&mut self, number: usize, index: usize, keys: IdentityKeys) {
        for key in keys.all() {
            let groups = self.by_key.entry(key.clone()).or_default();
            if groups.last() != Some(&number) {
                groups.push(number);
            }
        }
        if let Slot::Group(group) = &mut self.slots[number] {
            group.members.push(index);
            group.ids.extend(keys.ids);
            group.urls.extend(keys.urls);
            group.paths.extend(keys.paths);
        }
    }
}

impl GroupId {
    pub(super) fn new(number: usize) -> Self {
        Self(number)
    }

    pub(super) fn number(self) -> usize {
        self.0
    }
}

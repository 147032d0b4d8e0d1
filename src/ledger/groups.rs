//! Groups the events of one item.
//!
//! Events join by id, otherwise by URL. A path joins them only if one side has no URL, since
//! a path may be reused for another post, or if a `moved` event names the earlier keys. Two different
//! ids set by authors never join, even at one URL.
//!
//! Events are inserted in time order, so that the groups depend only on the set of events.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::key::{IdentityKeys, parts};
use super::key_table::{KeyTable, NONE, index};
use super::{Attempt, Event, EventKind};

/// The number of a group, valid only for the ledger state that returned it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(usize);

/// Groups of events, each about one item.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    groups: Vec<Group>,
    /// The next member of the same group, by event.
    next: Vec<u32>,
    /// The group that each event was inserted into.
    of_event: Vec<u32>,
    /// The groups that have a key, by their number when they got it, in that order.
    by_key: KeyTable,
    /// Groups of `moved` events that were inserted before the events whose keys they name, because the
    /// clocks of two machines differ.
    unlinked: Vec<(usize, IdentityKeys<'static>)>,
    /// The attempt and the group of the last event, which the next event often shares.
    last: Option<(Arc<Attempt>, usize)>,
}

/// One item's events, as a list through [`Groups::next`].
#[derive(Clone, Copy, Debug)]
struct Group {
    /// The group that this one was merged into, or `NONE`.
    joined: u32,
    first: u32,
    last: u32,
    count: u32,
    has_url: bool,
    has_author_id: bool,
}

impl Groups {
    /// Inserts the event with the index `place` into its group, and returns the group, unless the event has no
    /// keys. Events must be inserted in time order.
    pub(super) fn insert(&mut self, place: usize, event: &Event) -> Option<usize> {
        if let (Some(attempt), Some((last, group))) = (event.kind.attempt(), &self.last)
            && Arc::ptr_eq(attempt, last)
        {
            // The event before had the same keys, so it joined all groups that they lead to.
            let group = self.root(*group);
            self.append(group, place);
            return Some(group);
        }
        let keys = IdentityKeys::of(event.keys());
        if keys == IdentityKeys::default() {
            return None;
        }
        let group = self.insert_by_keys(place, event, &keys);
        // With an id, the groups of the keys may differ after this event.
        let attempt = event.kind.attempt().filter(|_| keys.ids.is_empty());
        self.last = attempt.map(|attempt| (Arc::clone(attempt), group));
        Some(self.root(group))
    }

    fn insert_by_keys(&mut self, place: usize, event: &Event, keys: &IdentityKeys<'_>) -> usize {
        let mut targets = self.targets(keys);
        if let EventKind::Moved { from, .. } = &event.kind {
            match from {
                Some(from) if !from.is_empty() => {
                    let from = IdentityKeys::of(from.iter().map(String::as_str));
                    let old = self.targets(&from);
                    if old.is_empty() {
                        let group = self.join(targets);
                        self.add(group, place, keys);
                        self.unlinked.push((group, from.into_owned()));
                        return group;
                    }
                    targets.extend(old);
                }
                Some(_) => {}
                // In 0.1.0 every shared key joined two records.
                None => targets.extend(self.having(keys.all())),
            }
        }
        let group = self.join(targets);
        self.add(group, place, keys);
        self.link();
        group
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
    pub(super) fn find(&self, keys: &IdentityKeys<'_>) -> BTreeSet<usize> {
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
    fn targets(&self, keys: &IdentityKeys<'_>) -> BTreeSet<usize> {
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
    fn joined(&self, keys: &IdentityKeys<'_>) -> BTreeSet<usize> {
        let mut found = self.having(&keys.urls);
        let by_path = self.having(&keys.paths);
        let without_url = |number: &usize| !self.group(*number).has_url;
        found.extend(by_path.into_iter().filter(without_url));
        if keys.urls.is_empty() && found.is_empty() {
            // Several posts with different URLs may have had this path. The last one still has it.
            let last = keys.paths.iter().filter_map(|path| self.last_having(path));
            found.extend(last.max());
        }
        found
    }

    fn has_author_id(&self, number: usize) -> bool {
        self.group(number).has_author_id
    }

    /// Returns the groups that have one of `keys`.
    fn having<'k, K: AsRef<str> + 'k>(
        &self,
        keys: impl IntoIterator<Item = &'k K>,
    ) -> BTreeSet<usize> {
        let groups = keys
            .into_iter()
            .flat_map(|key| self.by_key.groups(key.as_ref()));
        groups.map(|number| self.root(number)).collect()
    }

    fn last_having(&self, key: &str) -> Option<usize> {
        Some(self.root(self.by_key.last_group(key)?))
    }

    /// Returns the groups with this path.
    pub(super) fn at_path(&self, path: &str) -> Vec<usize> {
        self.having([&path]).into_iter().collect()
    }

    /// Returns `true` if the group with this number has `key`.
    pub(super) fn has_key(&self, number: usize, key: &str) -> bool {
        let mut groups = self.by_key.groups(key);
        groups.any(|group| self.root(group) == number)
    }

    /// Returns the group of the event with this index, if it has keys.
    pub(super) fn of_event(&self, place: usize) -> Option<usize> {
        let group = self.of_event.get(place).filter(|group| **group != NONE)?;
        Some(self.root(*group as usize))
    }

    fn group(&self, number: usize) -> &Group {
        &self.groups[self.root(number)]
    }

    /// Returns the events of the group with this number.
    pub(super) fn members(&self, number: usize) -> impl Iterator<Item = usize> {
        let first = Some(self.group(number).first);
        let next = |place: &u32| Some(self.next[*place as usize]).filter(|next| *next != NONE);
        let places = std::iter::successors(first.filter(|first| *first != NONE), next);
        places.map(|place| place as usize)
    }

    /// Returns the number of each group.
    pub(super) fn all(&self) -> impl Iterator<Item = GroupId> {
        let numbers = 0..self.groups.len();
        numbers.filter(|number| self.is_root(*number)).map(GroupId)
    }

    /// Returns `true` unless the group was merged into another one.
    pub(super) fn is_root(&self, number: usize) -> bool {
        self.groups[number].joined == NONE
    }

    fn root(&self, mut number: usize) -> usize {
        while !self.is_root(number) {
            number = self.groups[number].joined as usize;
        }
        number
    }

    fn join(&mut self, groups: BTreeSet<usize>) -> usize {
        let mut groups: Vec<usize> = groups.into_iter().collect();
        // Merging into the largest group keeps lookups logarithmic.
        groups.sort_by_key(|number| std::cmp::Reverse(self.group(*number).count));
        let Some((target, others)) = groups.split_first() else {
            self.groups.push(Group {
                joined: NONE,
                first: NONE,
                last: NONE,
                count: 0,
                has_url: false,
                has_author_id: false,
            });
            return self.groups.len() - 1;
        };
        for other in others {
            self.merge(*target, *other);
        }
        *target
    }

    /// Merges the group `other` into the group `target`.
    fn merge(&mut self, target: usize, other: usize) {
        let more = self.groups[other];
        self.groups[other].joined = index(target);
        let group = &mut self.groups[target];
        if more.first != NONE {
            match group.last {
                NONE => group.first = more.first,
                last => self.next[last as usize] = more.first,
            }
            group.last = more.last;
        }
        group.count += more.count;
        group.has_url |= more.has_url;
        group.has_author_id |= more.has_author_id;
    }

    fn add(&mut self, number: usize, place: usize, keys: &IdentityKeys<'_>) {
        for key in keys.all() {
            self.by_key.add(key, index(number));
        }
        let group = &mut self.groups[number];
        group.has_url |= !keys.urls.is_empty();
        group.has_author_id |= keys.ids.iter().any(|id| parts(id));
        self.append(number, place);
    }

    /// Appends the event with the index `place` to the group with this number.
    fn append(&mut self, number: usize, place: usize) {
        if self.next.len() <= place {
            self.next.resize(place + 1, NONE);
            self.of_event.resize(place + 1, NONE);
        }
        self.of_event[place] = index(number);
        let group = &mut self.groups[number];
        match group.last {
            NONE => group.first = index(place),
            last => self.next[last as usize] = index(place),
        }
        group.last = index(place);
        group.count += 1;
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

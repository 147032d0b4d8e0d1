//! Compares items whose keys lead to no record with the recorded posts.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::rc::Rc;

use syndicate_api::{Item, ItemEvidence, normalise_key};

use super::claims::Claims;
use super::compare::Comparison;
use super::loose_records::LooseRecords;
use super::record_lookup::{has_other_evidence, is_on_record};
use super::recorded_post::RecordedPost;
use super::relation::{Identity, KnownPost, Relation};
use super::vanished_posts::VanishedPosts;
use crate::engine::keys::{author_ids, is_path, is_shadow};
use crate::engine::{PipelineScan, StageChain};
use crate::ledger::{GroupId, LedgerState};

/// The type of source whose files can vanish. Feeds drop old entries, so theirs are not considered.
const FILES: &str = "site";

/// The recorded posts: every post that exists, may exist, existed or was adopted. Each is read from the ledger
/// when it is compared, since most scans match all records by their keys.
pub(super) struct Records<'a> {
    pub(super) scanned: &'a PipelineScan,
    pub(super) ledger_state: &'a LedgerState,
    stages: &'a StageChain,
    claims: &'a Claims,
    sinks: Vec<&'a str>,
    /// The posts that were compared so far.
    known: RefCell<HashMap<GroupId, Option<Rc<RecordedPost>>>>,
    /// The keys of all items of the scan.
    keys: OnceCell<HashSet<String>>,
    /// Number of items that have a title.
    titles: OnceCell<HashMap<&'a str, usize>>,
    /// Number of items and records that have a title, for the titles that were compared so far.
    counts: RefCell<HashMap<String, usize>>,
    vanished: VanishedPosts,
}

impl<'a> Records<'a> {
    pub(super) fn of(
        scanned: &'a PipelineScan,
        ledger_state: &'a LedgerState,
        stages: &'a StageChain,
        claims: &'a Claims,
    ) -> Self {
        Self {
            scanned,
            ledger_state,
            stages,
            claims,
            sinks: stages.sink_names(),
            known: RefCell::default(),
            keys: OnceCell::new(),
            titles: OnceCell::new(),
            counts: RefCell::default(),
            vanished: VanishedPosts::default(),
        }
    }

    /// Returns `true` if the group has a recorded post.
    fn is_known(&self, group: GroupId) -> bool {
        is_on_record(self.ledger_state, group, &self.sinks)
    }

    /// Returns the recorded post of a group, if there is one.
    pub(super) fn known(&self, group: GroupId) -> Option<Rc<RecordedPost>> {
        if let Some(known) = self.known.borrow().get(&group) {
            return known.clone();
        }
        let known = self.is_known(group).then(|| {
            let is_taken = self.claims.taken.contains(&group);
            let mut known = RecordedPost::of(&self.ledger_state.record(group), is_taken);
            known.has_vanished = !is_taken && self.has_vanished(&known);
            Rc::new(known)
        });
        self.known.borrow_mut().insert(group, known.clone());
        known
    }

    /// Returns `true` if the path and the URL of a post are both missing from the scan. Paths with errors are
    /// excluded.
    fn has_vanished(&self, known: &RecordedPost) -> bool {
        let Some(source) = known.source() else {
            return false;
        };
        let is_read = self
            .stages
            .sources
            .iter()
            .any(|of| of.name == source && of.kind == FILES);
        let scanned = self.keys.get_or_init(|| {
            let items = self.scanned.items.iter();
            let keys = items.flat_map(|(_, item)| &item.keys);
            keys.map(|key| normalise_key(key)).collect()
        });
        let is_there = known
            .path
            .iter()
            .chain(&known.url)
            .any(|key| scanned.contains(key));
        let path = known.path.as_deref().and_then(|path| path.split_once(':'));
        let is_faulty = path.is_some_and(|(_, path)| {
            let faults = self.scanned.faults.iter();
            let mut files = faults.filter_map(|fault| fault.path.as_deref());
            files.any(|file| covers(file, path))
        });
        is_read && !is_there && !is_faulty
    }

    /// Returns the recorded posts that no item has.
    pub(super) fn loose(&self) -> LooseRecords {
        let groups = self.ledger_state.groups().into_iter();
        let groups = groups.filter(|group| !self.claims.taken.contains(group));
        let mut loose = LooseRecords::default();
        for (group, known) in groups.filter_map(|group| Some((group, self.known(group)?))) {
            loose.add(group, &known);
        }
        loose
    }

    /// Returns the number of items, and of recorded posts that no item has, with this title.
    fn count_title(&self, title: &str) -> usize {
        if let Some(count) = self.counts.borrow().get(title) {
            return *count;
        }
        let items = self.titles.get_or_init(|| {
            let mut titles: HashMap<&str, usize> = HashMap::new();
            let items = self.scanned.items.iter();
            for (_, item) in items.filter(|(_, item)| !is_shadow(item)) {
                if let Some(title) = &item.evidence_without_text().title {
                    *titles.entry(title).or_default() += 1;
                }
            }
            titles
        });
        let groups = self.ledger_state.groups_with_title(title).into_iter();
        let others = groups.filter(|group| !self.claims.taken.contains(group));
        let others = others.filter(|group| self.is_known(*group)).count();
        let count = items.get(title).copied().unwrap_or(0) + others;
        self.counts.borrow_mut().insert(title.to_owned(), count);
        count
    }

    /// Finds items whose keys lead to a record assigned to another item. An author's id separates the two;
    /// without one, their posts would be recorded as those of the other item.
    pub(super) fn find_displaced(&self, identities: &mut [Identity], claims: &Claims) {
        for (index, group) in &claims.displaced {
            let item = &self.scanned.items[*index].1;
            let has_id = !author_ids(item.keys.iter().map(String::as_str)).is_empty();
            if identities[*index].groups.is_empty() && !has_id {
                identities[*index].relation = Relation::Displaced(self.old(*group));
            }
        }
    }

    /// Finds items whose URL belonged to another post.
    pub(super) fn find_replaced(&self, identities: &mut [Identity]) {
        for (index, (_, item)) in self.scanned.items.iter().enumerate() {
            let identity = &mut identities[index];
            let replaced = identity.groups.iter().copied().find(|group| {
                if !has_other_evidence(self.ledger_state, *group, item) {
                    return false;
                }
                let known = self.known(*group);
                known.is_some_and(|known| known.has_only_url_of(item))
            });
            let Some(group) = replaced else { continue };
            let Some(known) = self.known(group) else {
                continue;
            };
            if known.lacks_id_of(item) {
                // An author's id makes it a separate post.
                identity.groups.retain(|other| *other != group);
            } else {
                identity.relation = Relation::Replaced(self.old(group));
            }
        }
    }

    /// Finds items that are, or may be, recorded posts with other keys.
    pub(super) fn find_moved(&self, identities: &mut [Identity]) {
        let unmatched: Vec<usize> = (0..identities.len())
            .filter(|index| self.is_open(&identities[*index]))
            .filter(|index| !is_shadow(&self.scanned.items[*index].1))
            .collect();
        let mut by_text: BTreeMap<usize, Vec<GroupId>> = BTreeMap::new();
        let mut claimants: HashMap<GroupId, usize> = HashMap::new();
        for index in unmatched {
            let item = &self.scanned.items[index].1;
            if let Some(relation) = self.at_same_path(item) {
                settle(&mut identities[index], relation);
                continue;
            }
            let groups = self.surely_vanished(item);
            for group in &groups {
                *claimants.entry(*group).or_default() += 1;
            }
            by_text.insert(index, groups);
        }
        let mut sure = BTreeSet::new();
        for (index, groups) in &by_text {
            let relation = match groups.as_slice() {
                [one] if claimants[one] == 1 => {
                    sure.insert(*one);
                    Relation::Moved(self.old(*one))
                }
                [one, ..] => Relation::Renamed(KnownPost {
                    is_only: groups.len() == 1,
                    ..self.old(*one)
                }),
                [] => continue,
            };
            settle(&mut identities[*index], relation);
        }
        // An item that certainly matches one post cannot match another one.
        for (index, _) in by_text.iter().filter(|(_, groups)| groups.is_empty()) {
            let item = &self.scanned.items[*index].1;
            if let Some(relation) = self.perhaps_vanished(item, &sure) {
                settle(&mut identities[*index], relation);
            }
        }
    }

    /// Returns `true` if the item's keys lead to no post that exists or may exist. A failure or an approval
    /// alone does not identify a post.
    pub(super) fn is_open(&self, identity: &Identity) -> bool {
        let mut groups = identity.groups.iter();
        identity.relation == Relation::Keys && !groups.any(|group| self.is_known(*group))
    }

    /// Compares `item` with the recorded posts that had its path and another URL.
    fn at_same_path(&self, item: &Item) -> Option<Relation> {
        let paths = item.keys.iter().filter(|key| is_path(key));
        let groups = paths.flat_map(|path| self.ledger_state.groups_at_path(path));
        let mut perhaps = None;
        for group in groups {
            let Some(known) = self.known(group) else {
                continue;
            };
            if known.is_taken || known.is_apart(item) {
                continue;
            }
            let comparisons = self.compare(&known, item);
            let is_bare = known.versions.iter().all(ItemEvidence::is_empty);
            if is_bare || comparisons.iter().any(Comparison::is_same_at_path) {
                return Some(Relation::Moved(self.old(group)));
            }
            if comparisons.iter().any(Comparison::agrees) {
                perhaps = Some(Relation::Renamed(self.old(group)));
            }
        }
        perhaps
    }

    fn surely_vanished(&self, item: &Item) -> Vec<GroupId> {
        if !self.ledger_state.has_evidence() {
            return Vec::new();
        }
        let Some(text) = &item.evidence().text else {
            return Vec::new();
        };
        let groups = self.ledger_state.groups_with_text(text).into_iter();
        let is_it = |group: &GroupId| {
            let Some(known) = self.known(*group) else {
                return false;
            };
            self.is_candidate(&known, item)
                && !known.lacks_id_of(item)
                && self
                    .compare(&known, item)
                    .iter()
                    .any(Comparison::is_same_as_vanished)
        };
        groups.filter(is_it).collect()
    }

    fn perhaps_vanished(&self, item: &Item, sure: &BTreeSet<GroupId>) -> Option<Relation> {
        if !self.ledger_state.has_evidence() {
            return None;
        }
        let has_vanished =
            |group: GroupId| self.known(group).is_some_and(|known| known.has_vanished);
        let evidence = item.evidence();
        let candidates = self
            .vanished
            .alike(self.ledger_state, &evidence, has_vanished);
        let alike = candidates.into_iter().filter_map(|group| {
            let known = self.known(group)?;
            if sure.contains(&group) || !self.is_candidate(&known, item) {
                return None;
            }
            let comparisons = self.compare(&known, item);
            let agreeing = comparisons.iter().filter(|of| of.agrees());
            let best = agreeing.max_by_key(|of| of.likeness())?;
            Some((*best, group))
        });
        let alike: Vec<_> = alike.collect();
        let (best, group) = alike.iter().max_by_key(|(best, _)| best.likeness())?;
        let renamed = KnownPost {
            is_only: alike.len() == 1,
            ..self.old(*group)
        };
        // A copy of another post often has the day or the title of a missing one.
        match self.copied(item, &evidence).filter(|_| !best.is_copy()) {
            Some(of) => Some(Relation::Copy {
                of,
                or_renamed: Some(Box::new(renamed)),
            }),
            None => Some(Relation::Renamed(renamed)),
        }
    }

    /// Returns `true` if `item` may be the vanished post of the same source.
    fn is_candidate(&self, known: &RecordedPost, item: &Item) -> bool {
        known.has_vanished && known.source() == Some(item.source.as_str()) && !known.is_apart(item)
    }

    fn compare(&self, known: &RecordedPost, item: &Item) -> Vec<Comparison> {
        // The two compared items themselves account for a count of 2.
        let is_common = |title: &String| self.count_title(title) > 2;
        let (versions, evidence) = (known.versions.iter(), item.evidence());
        versions
            .map(|version| Comparison::of(version, &evidence, is_common))
            .collect()
    }

    /// Returns the name of the recorded post of a group.
    pub(super) fn old(&self, group: GroupId) -> KnownPost {
        let known = self.known(group);
        let known = known
            .unwrap_or_else(|| Rc::new(RecordedPost::of(&self.ledger_state.record(group), true)));
        KnownPost {
            name: known.name(),
            url: known.url.clone(),
            group,
            is_only: true,
        }
    }
}

/// Sets the relation of an item to the recorded posts.
pub(super) fn settle(identity: &mut Identity, relation: Relation) {
    if let Relation::Moved(old) = &relation {
        identity.groups.push(old.group);
    }
    identity.relation = relation;
}

/// Returns `true` if an error at `fault`, a file or folder relative to pipeline.yaml, may concern the
/// file `path`, which is relative to its source's folder.
fn covers(fault: &str, path: &str) -> bool {
    let (fault, path) = (Path::new(fault), Path::new(path));
    fault.ends_with(path)
        || path
            .ancestors()
            .skip(1)
            .any(|folder| !folder.as_os_str().is_empty() && fault.ends_with(folder))
}

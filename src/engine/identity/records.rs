//! Compares items whose keys lead to no record with the recorded posts.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use syndicate_api::{Item, ItemEvidence, TextKind, normalise_key};

use super::claims::Claims;
use super::compare::Comparison;
use super::record_digests::RecordDigests;
use super::recorded_post::RecordedPost;
use super::relation::{Identity, KnownPost, Relation};
use super::vanished::{Vanished, text_key};
use crate::engine::keys::{author_ids, digest, is_path, is_shadow};
use crate::engine::{PipelineScan, StageChain};
use crate::ledger::{GroupId, LedgerState};

/// The type of source whose files can vanish. Feeds drop old entries, so theirs are not considered.
const FILES: &str = "site";

/// The recorded posts.
pub(super) struct Records<'a> {
    scanned: &'a PipelineScan,
    ledger_state: &'a LedgerState,
    stages: &'a StageChain,
    /// Every post that exists, may exist, existed or was adopted.
    known: BTreeMap<GroupId, RecordedPost>,
    by_text: HashMap<(TextKind, String), Vec<GroupId>>,
    /// Number of items and records that have a title.
    titles: HashMap<String, usize>,
    vanished: Vanished,
}

impl<'a> Records<'a> {
    pub(super) fn of(
        scanned: &'a PipelineScan,
        ledger_state: &'a LedgerState,
        stages: &'a StageChain,
        claims: &Claims,
    ) -> Self {
        let mut records = Self {
            scanned,
            ledger_state,
            stages,
            known: BTreeMap::new(),
            by_text: HashMap::new(),
            titles: HashMap::new(),
            vanished: Vanished::default(),
        };
        let sinks = stages.sink_names();
        for group in ledger_state.groups() {
            if is_on_record(ledger_state, group, &sinks) {
                let is_taken = claims.taken.contains(&group);
                let known = RecordedPost::of(&ledger_state.record(group), is_taken);
                records.known.insert(group, known);
            }
        }
        records.mark_vanished();
        records.index();
        records
    }

    /// Returns the digests of the records.
    pub(super) fn into_digests(self) -> RecordDigests {
        let loose = self.known.values().filter(|known| !known.is_taken);
        let versions = loose.clone().flat_map(|known| &known.versions);
        let titles = versions.filter_map(|version| version.title.clone());
        RecordDigests {
            texts: self.by_text.keys().map(digest).collect(),
            loose_titles: titles.collect(),
            has_loose: loose.count() > 0,
            vanished: self.vanished,
        }
    }

    fn index(&mut self) {
        for (group, known) in &self.known {
            for version in known.versions.iter().filter(|_| known.has_vanished) {
                self.vanished.insert(*group, version);
            }
            let texts = known
                .versions
                .iter()
                .filter_map(|version| version.text.as_ref());
            for text in texts {
                let groups = self.by_text.entry(text_key(text)).or_default();
                if !groups.contains(group) {
                    groups.push(*group);
                }
            }
            if !known.is_taken {
                let titles: BTreeSet<_> = known
                    .versions
                    .iter()
                    .filter_map(|v| v.title.as_ref())
                    .collect();
                for title in titles {
                    *self.titles.entry(title.clone()).or_default() += 1;
                }
            }
        }
        for (_, item) in &self.scanned.items {
            if let Some(title) = item.evidence.title.as_ref().filter(|_| !is_shadow(item)) {
                *self.titles.entry(title.clone()).or_default() += 1;
            }
        }
    }

    /// Marks posts whose path and URL are both missing from the scan. Paths with errors are excluded.
    fn mark_vanished(&mut self) {
        let keys = self.scanned.items.iter().flat_map(|(_, item)| &item.keys);
        let keys: BTreeSet<String> = keys.map(|key| normalise_key(key)).collect();
        for known in self.known.values_mut().filter(|known| !known.is_taken) {
            let Some(source) = known.source() else {
                continue;
            };
            let is_read = self
                .stages
                .sources
                .iter()
                .any(|of| of.name == source && of.kind == FILES);
            let is_there = known
                .path
                .iter()
                .chain(&known.url)
                .any(|key| keys.contains(key));
            let path = known.path.as_deref().and_then(|path| path.split_once(':'));
            let is_faulty = path.is_some_and(|(_, path)| {
                let faults = self.scanned.faults.iter();
                let mut files = faults.filter_map(|fault| fault.path.as_deref());
                files.any(|file| covers(file, path))
            });
            known.has_vanished = is_read && !is_there && !is_faulty;
        }
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
                let known = self.known.get(group);
                known.is_some_and(|known| known.is_replaced_by(item))
            });
            let Some(group) = replaced else { continue };
            let Some(known) = self.known.get(&group) else {
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
    fn is_open(&self, identity: &Identity) -> bool {
        let mut groups = identity.groups.iter();
        identity.relation == Relation::Keys && !groups.any(|group| self.known.contains_key(group))
    }

    /// Compares `item` with the recorded posts that had its path and another URL.
    fn at_same_path(&self, item: &Item) -> Option<Relation> {
        let paths = item.keys.iter().filter(|key| is_path(key));
        let groups = paths.flat_map(|path| self.ledger_state.groups_at_path(path));
        let mut perhaps = None;
        for group in groups {
            let Some(known) = self.known.get(&group) else {
                continue;
            };
            if known.is_taken || known.is_apart(item) {
                continue;
            }
            let comparisons = self.compare(known, item);
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
        let Some(text) = &item.evidence.text else {
            return Vec::new();
        };
        let groups = self.by_text.get(&text_key(text)).into_iter().flatten();
        let is_it = |group: &&GroupId| {
            let known = &self.known[*group];
            self.is_candidate(known, item)
                && !known.lacks_id_of(item)
                && self
                    .compare(known, item)
                    .iter()
                    .any(Comparison::is_same_as_vanished)
        };
        groups.filter(is_it).copied().collect()
    }

    fn perhaps_vanished(&self, item: &Item, sure: &BTreeSet<GroupId>) -> Option<Relation> {
        let candidates = self.vanished.alike(&item.evidence);
        let alike = candidates.into_iter().filter_map(|group| {
            let known = &self.known[&group];
            if sure.contains(&group) || !self.is_candidate(known, item) {
                return None;
            }
            let comparisons = self.compare(known, item);
            let best = comparisons
                .iter()
                .filter(|of| of.agrees())
                .map(Comparison::likeness)
                .max()?;
            Some((best, group))
        });
        let alike: Vec<_> = alike.collect();
        let (_, group) = alike.iter().max_by_key(|(likeness, _)| *likeness)?;
        Some(Relation::Renamed(KnownPost {
            is_only: alike.len() == 1,
            ..self.old(*group)
        }))
    }

    /// Returns `true` if `item` may be the vanished post of the same source.
    fn is_candidate(&self, known: &RecordedPost, item: &Item) -> bool {
        known.has_vanished && known.source() == Some(item.source.as_str()) && !known.is_apart(item)
    }

    /// Finds items with the same text as another recorded post.
    pub(super) fn find_copies(&self, identities: &mut [Identity]) {
        for (index, (_, item)) in self.scanned.items.iter().enumerate() {
            let identity = &identities[index];
            if !self.is_open(identity) || is_shadow(item) {
                continue;
            }
            let Some(text) = &item.evidence.text else {
                continue;
            };
            let mut groups = self.by_text.get(&text_key(text)).into_iter().flatten();
            let copied = groups.find(|group| {
                let known = &self.known[*group];
                let same_text = |version: &ItemEvidence| {
                    let comparison = Comparison::of(version, &item.evidence, |_| false);
                    version.text.as_ref() == Some(text) && !comparison.is_other_language
                };
                !known.is_apart(item) && known.versions.iter().any(same_text)
            });
            if let Some(group) = copied {
                settle(&mut identities[index], Relation::Copy(self.old(*group)));
            }
        }
    }

    fn compare(&self, known: &RecordedPost, item: &Item) -> Vec<Comparison> {
        // The two compared items themselves account for a count of 2.
        let is_common = |title: &String| self.titles.get(title).is_some_and(|count| *count > 2);
        let versions = known.versions.iter();
        versions
            .map(|version| Comparison::of(version, &item.evidence, is_common))
            .collect()
    }

    fn old(&self, group: GroupId) -> KnownPost {
        let known = self.known.get(&group).map(RecordedPost::name);
        let name = known
            .unwrap_or_else(|| RecordedPost::of(&self.ledger_state.record(group), true).name());
        KnownPost {
            name,
            group,
            is_only: true,
        }
    }
}

/// Returns `true` if the post of `group` exists, may exist, existed or was adopted.
pub(super) fn is_on_record(ledger_state: &LedgerState, group: GroupId, sinks: &[&str]) -> bool {
    let is_on = |sink: &&str| ledger_state.state_of(&[group], sink).is_on_record();
    sinks.iter().any(is_on)
}

fn settle(identity: &mut Identity, relation: Relation) {
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

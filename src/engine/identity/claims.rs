//! Assigns recorded groups of events to items by their keys. If several items claim a group, the item
//! with the strongest key gets it: a reused path does not take the record away from the post that still
//! has its recorded URL.

use std::collections::{BTreeMap, BTreeSet};

use syndicate_api::{Item, normalise_key};

use crate::engine::PipelineScan;
use crate::engine::keys::{is_path, is_shadow, is_url};
use crate::ledger::{GroupId, ItemRecord, LedgerState};

/// The strength of an item's claim to a group, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// By an earlier path of the post.
    FormerPath,
    /// By the last path of the post.
    Path,
    /// By an alias or a canonical URL.
    Alias,
    /// By a URL that the post had earlier.
    FormerUrl,
    /// By the URL that was recorded last.
    Url,
    /// By an id.
    Id,
}

/// The groups of each item, by its index in the scan.
pub(super) struct Claims {
    pub(super) groups: Vec<Vec<GroupId>>,
    /// Items that claim one group with equal strength.
    pub(super) clashes: Vec<Vec<usize>>,
    /// Every group that is assigned to an item.
    pub(super) taken: BTreeSet<GroupId>,
    /// Items whose keys lead to a group assigned to another item, with that group. Their posts would be
    /// recorded as those of the other item.
    pub(super) displaced: Vec<(usize, GroupId)>,
}

impl Claims {
    pub(super) fn of(scanned: &PipelineScan, ledger_state: &LedgerState) -> Self {
        let mut claimants: BTreeMap<GroupId, Vec<usize>> = BTreeMap::new();
        for (index, (_, item)) in scanned.items.iter().enumerate() {
            if is_shadow(item) {
                continue;
            }
            for group in ledger_state.groups_of(&item.keys) {
                claimants.entry(group).or_default().push(index);
            }
        }
        let mut claims = Self {
            groups: vec![Vec::new(); scanned.items.len()],
            clashes: Vec::new(),
            taken: BTreeSet::new(),
            displaced: Vec::new(),
        };
        for (group, claimants) in claimants {
            if let [only] = claimants.as_slice() {
                claims.taken.insert(group);
                claims.groups[*only].push(group);
                continue;
            }
            let record = ledger_state.record(group);
            let strength = |index: usize| strength(&scanned.items[index].1, &record);
            let claimants = claimants.into_iter();
            let claimants: Vec<_> = claimants.map(|index| (strength(index), index)).collect();
            claims.decide(group, &claimants);
        }
        claims
    }

    fn decide(&mut self, group: GroupId, claimants: &[(Strength, usize)]) {
        self.taken.insert(group);
        let strongest = claimants.iter().map(|(strength, _)| *strength).max();
        let winners = claimants
            .iter()
            .filter(|(strength, _)| Some(*strength) == strongest);
        let winners: Vec<usize> = winners.map(|(_, index)| *index).collect();
        for winner in &winners {
            self.groups[*winner].push(group);
        }
        let losers = claimants.iter().map(|(_, index)| *index);
        let losers = losers.filter(|index| !winners.contains(index));
        self.displaced.extend(losers.map(|index| (index, group)));
        if winners.len() > 1 && !self.clashes.contains(&winners) {
            self.clashes.push(winners);
        }
    }
}

fn strength(item: &Item, record: &ItemRecord<'_>) -> Strength {
    let keys: Vec<String> = item.keys.iter().map(|key| normalise_key(key)).collect();
    let own = keys.first();
    if keys.iter().any(|key| record.ids.contains(key)) {
        Strength::Id
    } else if own.is_some() && own == last_url(record).as_ref() {
        Strength::Url
    } else if own.is_some_and(|own| record.urls.contains(own)) {
        Strength::FormerUrl
    } else if keys.iter().any(|key| record.urls.contains(key)) {
        Strength::Alias
    } else {
        let is_last = last_path(record).is_some_and(|last| keys.contains(&last));
        if is_last {
            Strength::Path
        } else {
            Strength::FormerPath
        }
    }
}

/// Returns the first key of this kind in the latest event that has one. The first key is the post's
/// own, the others are aliases.
fn last(record: &ItemRecord<'_>, is_kind: impl Fn(&str) -> bool) -> Option<String> {
    record.events.iter().rev().find_map(|event| {
        let keys = event.keys();
        let own = keys.into_iter().find(|key| is_kind(key))?;
        Some(normalise_key(own))
    })
}

/// Returns the path that was recorded last for the post, prefixed with the name of its source.
pub(in crate::engine) fn last_path(record: &ItemRecord<'_>) -> Option<String> {
    last(record, is_path)
}

/// Returns the URL that was recorded last for the post.
pub(in crate::engine) fn last_url(record: &ItemRecord<'_>) -> Option<String> {
    last(record, is_url)
}

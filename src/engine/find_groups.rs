//! Finds recorded posts by name: the post that has the file or URL now, or else the posts that had it
//! when they were last recorded.

use std::collections::BTreeSet;

use syndicate_api::{normalise_key, normalise_url};

use super::identity::{Identities, last_path, last_url};
use super::{PipelineScan, Selection, StageChain};
use crate::ledger::{GroupId, ItemRecord, LedgerState};

/// Returns the event groups of the post that `name`, a file, URL or key, identifies. Scanned items take
/// precedence, because a path may now belong to another post.
#[must_use]
pub(crate) fn find_groups(
    name: &str,
    ledger_state: &LedgerState,
    read: Option<(&PipelineScan, &StageChain)>,
) -> Vec<GroupId> {
    if let Some((scanned, stages)) = read
        && let Some(index) = Selection::index_of(name, scanned, stages)
    {
        let identities = Identities::of(scanned, ledger_state, stages);
        return identities.get(index).groups.clone();
    }
    let is_last = |record: &ItemRecord<'_>| {
        let keys = [last_path(record), last_url(record)].into_iter().flatten();
        is_named(keys, name)
    };
    let last = matching(ledger_state, is_last);
    if last.is_empty() {
        matching(ledger_state, |record| is_named(all_keys(record), name))
    } else {
        last
    }
}

/// Returns the event groups of all posts that `name` identifies, or identified at any time: several posts can have had one
/// file or URL after each other.
#[must_use]
pub(crate) fn find_groups_ever(
    name: &str,
    ledger_state: &LedgerState,
    (scanned, stages): (&PipelineScan, &StageChain),
) -> Vec<GroupId> {
    let read = Some((scanned, stages));
    let now = find_groups(name, ledger_state, read).into_iter();
    let index = Selection::index_of(name, scanned, stages);
    let item = index.map(|index| &scanned.items[index].1);
    let keys = item.into_iter().flat_map(|item| &item.keys);
    let keys: BTreeSet<String> = keys.map(|key| normalise_key(key)).collect();
    let ever = matching(ledger_state, |record| {
        is_named(all_keys(record), name) || all_keys(record).any(|key| keys.contains(&key))
    });
    let groups: BTreeSet<GroupId> = now.chain(ever).collect();
    groups.into_iter().collect()
}

fn matching(
    ledger_state: &LedgerState,
    is_match: impl Fn(&ItemRecord<'_>) -> bool,
) -> Vec<GroupId> {
    let groups = ledger_state.groups().into_iter();
    groups
        .filter(|group| is_match(&ledger_state.record(*group)))
        .collect()
}

/// Returns every key that the recorded post ever had.
fn all_keys(record: &ItemRecord<'_>) -> impl Iterator<Item = String> {
    let keys = record.ids.iter().chain(&record.urls).chain(&record.paths);
    keys.cloned()
}

fn is_named(mut keys: impl Iterator<Item = String>, name: &str) -> bool {
    let address = normalise_url(name);
    let file = syndicate_api::nfc(name.trim_start_matches("./")).replace('\\', "/");
    keys.any(|key| {
        let by_file = key.split_once(':').is_some_and(|(_, path)| path == file);
        key == name || by_file || Some(&key) == address.as_ref()
    })
}

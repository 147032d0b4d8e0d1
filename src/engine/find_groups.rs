//! Finds recorded posts by name: the post that has the file or URL now, or else the posts that had it
//! when they were last recorded.

use syndicate_api::normalise_url;

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
    let is_ever = |record: &ItemRecord<'_>| {
        let keys = record.ids.iter().chain(&record.urls).chain(&record.paths);
        is_named(keys.cloned(), name)
    };
    let matching = |is: &dyn Fn(&ItemRecord<'_>) -> bool| -> Vec<GroupId> {
        let groups = ledger_state.groups().into_iter();
        groups
            .filter(|group| is(&ledger_state.record(*group)))
            .collect()
    };
    let last = matching(&is_last);
    if last.is_empty() {
        matching(&is_ever)
    } else {
        last
    }
}

fn is_named(mut keys: impl Iterator<Item = String>, name: &str) -> bool {
    let address = normalise_url(name);
    let file = syndicate_api::nfc(name.trim_start_matches("./")).replace('\\', "/");
    keys.any(|key| {
        let by_file = key.split_once(':').is_some_and(|(_, path)| path == file);
        key == name || by_file || Some(&key) == address.as_ref()
    })
}

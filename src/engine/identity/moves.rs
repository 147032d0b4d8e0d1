//! Creates the events that a build records about identities: new keys of renamed posts, while the old
//! keys still lead to them, and evidence that older ledgers lack.

use syndicate_api::{Context, Item};

use super::{Identities, Identity, Relation};
use crate::engine::PipelineScan;
use crate::engine::keys::{author_ids, is_shadow};
use crate::ledger::{Event, EventKind, GroupId, Ids, LedgerState};

/// Returns the `moved` events of all recorded items whose keys or evidence the ledger lacks.
pub(in crate::engine) fn moved_events(
    scanned: &PipelineScan,
    identities: &Identities,
    ledger_state: &LedgerState,
    cx: &Context,
    ids: &dyn Ids,
) -> Vec<Event> {
    let items = scanned.items.iter().enumerate();
    let items =
        items.filter(|(index, (_, item))| !identities.is_clashing(*index) && !is_shadow(item));
    let kinds =
        items.filter_map(|(index, (_, item))| moved(item, identities.get(index), ledger_state));
    kinds.map(|kind| Event::new(ids, cx.now(), kind)).collect()
}

/// Returns `true` if the ledger has the keys and evidence of `item`, or no record of it.
pub(in crate::engine) fn is_recorded(
    item: &Item,
    identity: &Identity,
    ledger_state: &LedgerState,
) -> bool {
    moved(item, identity, ledger_state).is_none()
}

fn moved(item: &Item, identity: &Identity, ledger_state: &LedgerState) -> Option<EventKind> {
    if identity.groups.is_empty() || matches!(identity.relation, Relation::Replaced(_)) {
        return None;
    }
    let is_moved = matches!(identity.relation, Relation::Moved(_));
    if !is_moved
        && !lacks_keys(item, &identity.groups, ledger_state)
        && has_evidence(item, &identity.groups, ledger_state)
    {
        return None;
    }
    let from = match &identity.relation {
        Relation::Moved(old) => keys_of(old.group, ledger_state),
        // An id added later joins only the keys that the event names.
        _ if identity.groups.len() > 1 || lacks_id(item, &identity.groups, ledger_state) => {
            let groups = identity.groups.iter();
            groups
                .flat_map(|group| keys_of(*group, ledger_state))
                .collect()
        }
        _ => Vec::new(),
    };
    Some(EventKind::Moved {
        item: item.id().to_owned(),
        keys: item.keys.clone(),
        from: Some(from),
        evidence: item.recorded_evidence(),
    })
}

fn lacks_keys(item: &Item, groups: &[GroupId], ledger_state: &LedgerState) -> bool {
    let has = |key: &String| {
        let mut groups = groups.iter();
        groups.any(|group| ledger_state.has_key(*group, key))
    };
    groups.len() > 1 || !item.keys.iter().all(has)
}

fn lacks_id(item: &Item, groups: &[GroupId], ledger_state: &LedgerState) -> bool {
    let ids = author_ids(item.keys.iter().map(String::as_str));
    let mut known = groups.iter().map(|group| ledger_state.record(*group));
    !ids.is_empty() && known.any(|record| record.ids.is_disjoint(&ids))
}

/// Returns `true` if the ledger has evidence that distinguishes the item from others.
fn has_evidence(item: &Item, groups: &[GroupId], ledger_state: &LedgerState) -> bool {
    let mut groups = groups.iter();
    groups.any(|group| ledger_state.evidence_of(*group).next().is_some())
        || item.recorded_evidence().is_none()
}

/// Returns every key that the recorded post ever had.
pub(in crate::engine) fn keys_of(group: GroupId, ledger_state: &LedgerState) -> Vec<String> {
    let record = ledger_state.record(group);
    let keys = record.urls.iter().chain(&record.paths).chain(&record.ids);
    keys.cloned().collect()
}

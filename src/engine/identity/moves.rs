//! What a build puts on record about identities: the new keys of posts that were renamed, while the old
//! ones still lead there, and the evidence of posts of ledgers that lack it.

use syndicate_api::{Context, Item, normalise_key};

use super::{Identities, Identity, Relation};
use crate::engine::Scanned;
use crate::engine::keys::{author_ids, is_shadow};
use crate::ledger::{Book, Event, GroupId, Ids, Kind};

/// Returns the `moved` events of all items on record whose keys or evidence the ledger lacks.
pub(in crate::engine) fn moved_events(
    scanned: &Scanned,
    identities: &Identities,
    book: &Book,
    cx: &Context,
    ids: &dyn Ids,
) -> Vec<Event> {
    let items = scanned.items.iter().enumerate();
    let items =
        items.filter(|(index, (_, item))| !identities.is_clashing(*index) && !is_shadow(item));
    let kinds = items.filter_map(|(index, (_, item))| moved(item, identities.get(index), book));
    kinds.map(|kind| Event::new(ids, cx.now(), kind)).collect()
}

fn moved(item: &Item, identity: &Identity, book: &Book) -> Option<Kind> {
    if identity.groups.is_empty() || matches!(identity.relation, Relation::Replaced(_)) {
        return None;
    }
    let is_moved = matches!(identity.relation, Relation::Moved(_));
    if !is_moved
        && !lacks_keys(item, &identity.groups, book)
        && has_evidence(item, &identity.groups, book)
    {
        return None;
    }
    let from = match &identity.relation {
        Relation::Moved(old) => keys_of(old.group, book),
        // An id that was given later joins only what is named.
        _ if identity.groups.len() > 1 || lacks_id(item, &identity.groups, book) => {
            let groups = identity.groups.iter();
            groups.flat_map(|group| keys_of(*group, book)).collect()
        }
        _ => Vec::new(),
    };
    Some(Kind::Moved {
        item: item.id().to_owned(),
        keys: item.keys.clone(),
        from: Some(from),
        evidence: Some(item.evidence.clone()).filter(|evidence| !evidence.is_empty()),
    })
}

fn lacks_keys(item: &Item, groups: &[GroupId], book: &Book) -> bool {
    let records: Vec<_> = groups.iter().map(|group| book.record(*group)).collect();
    let has = |key: &String| {
        let key = normalise_key(key);
        records.iter().any(|record| {
            record.ids.contains(&key) || record.urls.contains(&key) || record.paths.contains(&key)
        })
    };
    groups.len() > 1 || !item.keys.iter().all(has)
}

fn lacks_id(item: &Item, groups: &[GroupId], book: &Book) -> bool {
    let ids = author_ids(item.keys.iter().map(String::as_str));
    let mut known = groups.iter().map(|group| book.record(*group));
    !ids.is_empty() && known.any(|record| record.ids.is_disjoint(&ids))
}

/// Returns whether the ledger can tell the item from another one later.
fn has_evidence(item: &Item, groups: &[GroupId], book: &Book) -> bool {
    let mut events = groups.iter().flat_map(|group| book.record(*group).events);
    item.evidence.is_empty() || events.any(|event| event.evidence().is_some())
}

/// Returns every key that the post on record ever had.
pub(in crate::engine) fn keys_of(group: GroupId, book: &Book) -> Vec<String> {
    let record = book.record(group);
    let keys = record.urls.iter().chain(record.paths).chain(record.ids);
    keys.cloned().collect()
}

//! Replaces single entries of a plan.

use std::sync::Arc;

use syndicate_api::Item;

use super::entry::PlanEntry;
use super::order::in_order;

/// The changes of a plan.
#[derive(Debug, Default)]
pub(crate) struct PlanUpdate {
    /// The indices of the entries that were planned again.
    pub planned: Vec<usize>,
    /// The entries that they replace, and those that are gone.
    pub replaced: Vec<PlanEntry>,
}

/// Removes the entries of the items `old` from `entries`, and inserts `new` or replaces earlier entries by them. Returns
/// `None` if the order is ambiguous.
pub(super) fn merge(
    entries: &mut Vec<PlanEntry>,
    old: &[Arc<Item>],
    new: Vec<PlanEntry>,
) -> Option<PlanUpdate> {
    let mut update = PlanUpdate::default();
    let mut places = Vec::new();
    let mut gone: Vec<usize> = Vec::new();
    for item in old {
        let first = entries.partition_point(|entry| is_before(entry, item));
        let own = entries[first..].iter().enumerate();
        let own = own.take_while(|(_, entry)| in_order(place(entry), (item, usize::MAX)).is_le());
        let own = own.filter(|(_, entry)| Arc::ptr_eq(&entry.read_item, item));
        gone.extend(own.map(|(at, _)| first + at));
    }
    gone.sort_unstable();
    for entry in new {
        places.push((Arc::clone(&entry.read_item), entry.sink_index));
        // An edited post usually keeps its place, so that no other entry moves.
        let same = gone.iter().position(|at| fits(entries, *at, &entry));
        let at = match same {
            Some(index) => Ok(gone.remove(index)),
            None => find(entries, &entry.read_item, entry.sink_index)?,
        };
        match at {
            Ok(at) => {
                let before = std::mem::replace(&mut entries[at], entry);
                update.replaced.push(before);
            }
            Err(at) => {
                entries.insert(at, entry);
                gone.iter_mut()
                    .filter(|gone| **gone >= at)
                    .for_each(|gone| *gone += 1);
            }
        }
    }
    gone.sort_unstable();
    for at in gone.into_iter().rev() {
        update.replaced.push(entries.remove(at));
    }
    for (item, sink_index) in places {
        update.planned.push(find(entries, &item, sink_index)?.ok()?);
    }
    Some(update)
}

fn place(entry: &PlanEntry) -> (&Item, usize) {
    (&entry.read_item, entry.sink_index)
}

fn is_before(entry: &PlanEntry, item: &Item) -> bool {
    in_order(place(entry), (item, 0)).is_lt()
}

/// Returns `true` if `entry` can replace the one at this index without a change of the order.
fn fits(entries: &[PlanEntry], at: usize, entry: &PlanEntry) -> bool {
    let before = at.checked_sub(1).map(|before| &entries[before]);
    let after = entries.get(at + 1);
    entries[at].sink_index == entry.sink_index
        && before.is_none_or(|before| in_order(place(before), place(entry)).is_lt())
        && after.is_none_or(|after| in_order(place(entry), place(after)).is_lt())
}

/// Returns the index of the entry of a delivery, or the one at which it would be inserted. Returns `None` if another
/// delivery has the same place.
fn find(
    entries: &[PlanEntry],
    item: &Arc<Item>,
    sink_index: usize,
) -> Option<Result<usize, usize>> {
    let found = entries.binary_search_by(|entry| in_order(place(entry), (item, sink_index)));
    match found {
        Ok(at) if !Arc::ptr_eq(&entries[at].read_item, item) => None,
        found => Some(found),
    }
}

//! The order of the entries of a plan.

use std::cmp::Ordering;

use syndicate_api::Item;

use super::guard;

/// Compares two deliveries, each of an item as its source read it to the sink with this index, by their order in plans.
pub(super) fn in_order(left: (&Item, usize), right: (&Item, usize)) -> Ordering {
    oldest_first(left.0, right.0).then(left.1.cmp(&right.1))
}

fn oldest_first(left: &Item, right: &Item) -> Ordering {
    let date = |item: &Item| guard::due(item).map(jiff::Zoned::timestamp);
    match (date(left), date(right)) {
        (Some(left), Some(right)) => left.cmp(&right),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
    .then_with(|| left.label().cmp(right.label()))
}

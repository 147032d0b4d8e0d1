//! Lists the events of an item by sink and in time order, for display.

use std::collections::BTreeSet;

use syndicate_api::Receipt;

use super::delivery_state::{DeliveryState, replay};
use super::ledger_state::concerns;
use super::order::in_time;
use super::{Event, GroupId, LedgerState};

/// The history of one item.
#[derive(Clone, Debug)]
pub(crate) struct History<'a> {
    /// The item's group of events.
    pub group: GroupId,
    /// The item's id in its latest event.
    pub item: &'a str,
    /// All keys the item ever had.
    pub keys: BTreeSet<&'a str>,
    /// The event that first recorded the item.
    pub first: &'a Event,
    /// The item's deliveries, sorted by sink name.
    pub deliveries: Vec<DeliveryHistory<'a>>,
}

/// The history of one delivery.
#[derive(Clone, Debug)]
pub(crate) struct DeliveryHistory<'a> {
    /// The sink; `None` if the item was adopted for every sink and no sink was ever named.
    pub sink: Option<&'a str>,
    /// The resulting state.
    pub state: DeliveryState,
    /// The delivery's events in time order, never empty. Events for every sink are in each delivery.
    pub events: Vec<&'a Event>,
}

impl LedgerState {
    /// Returns the history of each item, in the order in which the items were first recorded.
    #[must_use]
    pub(crate) fn histories(&self) -> Vec<History<'_>> {
        self.in_order(self.items())
    }

    /// Returns the histories of the items that have an open attempt or step, or several posts on one sink,
    /// and perhaps of others, in the same order.
    #[must_use]
    pub(crate) fn unsettled_histories(&self) -> Vec<History<'_>> {
        self.in_order(self.unsettled_items())
    }

    /// Returns the item, other than that of `groups`, whose delivery to `sink` is the post `receipt`.
    #[must_use]
    pub(crate) fn other_item_of(
        &self,
        receipt: &Receipt,
        sink: &str,
        groups: &[GroupId],
    ) -> Option<String> {
        let id = receipt.id.as_deref()?;
        let is_that_post = |delivery: &DeliveryHistory<'_>| {
            let recorded = match &delivery.state {
                DeliveryState::Sent { receipt, .. } => receipt.as_ref(),
                _ => None,
            };
            delivery.sink == Some(sink)
                && recorded.is_some_and(|recorded| recorded.id.as_deref() == Some(id))
        };
        let histories = self.histories().into_iter();
        let mut others = histories.filter(|history| !groups.contains(&history.group));
        let other = others.find(|history| history.deliveries.iter().any(is_that_post))?;
        Some(other.item.to_owned())
    }

    fn in_order<'a>(
        &'a self,
        items: impl Iterator<Item = (GroupId, Vec<&'a Event>)>,
    ) -> Vec<History<'a>> {
        let histories = items.filter_map(|(id, events)| of(events, self, id));
        let mut histories: Vec<_> = histories.collect();
        histories.sort_by(|a, b| in_time(a.first, b.first));
        histories
    }
}

/// Builds the history from `events`, all of one item; `None` if there are none.
pub(super) fn of<'a>(
    mut events: Vec<&'a Event>,
    ledger_state: &LedgerState,
    group: GroupId,
) -> Option<History<'a>> {
    events.sort_by(|a, b| in_time(a, b));
    let first = *events.first()?;
    let item = events.iter().rev().find_map(|event| event.item());
    let sinks: BTreeSet<&str> = events.iter().filter_map(|event| event.sink()).collect();
    let mut deliveries: Vec<_> = sinks
        .into_iter()
        .map(|sink| {
            let backfilled = ledger_state.backfilled(sink);
            let about_it = events
                .iter()
                .filter(|event| concerns(event, sink, backfilled));
            delivery(Some(sink), about_it.copied().collect())
        })
        .collect();
    if deliveries.is_empty() {
        deliveries.push(delivery(None, events.clone()));
    }
    Some(History {
        group,
        item: item.unwrap_or_default(),
        keys: events.iter().flat_map(|event| event.keys()).collect(),
        first,
        deliveries,
    })
}

fn delivery<'a>(sink: Option<&'a str>, events: Vec<&'a Event>) -> DeliveryHistory<'a> {
    DeliveryHistory {
        sink,
        state: replay(events.iter().copied()),
        events,
    }
}

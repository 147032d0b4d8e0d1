//! What happened to an item, for people: its events by sink and in time order.

use std::collections::BTreeSet;

use super::delivery_state::{DeliveryState, replay};
use super::ledger_state::concerns;
use super::order::in_time;
use super::{Event, GroupId, LedgerState};

/// What happened to one item.
#[derive(Clone, Debug)]
pub(crate) struct History<'a> {
    /// Its group of events.
    pub group: GroupId,
    /// The item, as its latest event names it.
    pub item: &'a str,
    /// Every key that it was ever known by.
    pub keys: BTreeSet<&'a str>,
    /// The event by which it became known.
    pub first: &'a Event,
    /// Its deliveries, by the names of their sinks.
    pub deliveries: Vec<DeliveryHistory<'a>>,
}

/// What happened to one delivery.
#[derive(Clone, Debug)]
pub(crate) struct DeliveryHistory<'a> {
    /// The sink; `None` where the item was adopted for every sink and no sink was ever named.
    pub sink: Option<&'a str>,
    /// What it all amounts to.
    pub state: DeliveryState,
    /// Its events in time order, never empty. What holds for every sink stands in each.
    pub events: Vec<&'a Event>,
}

impl LedgerState {
    /// Returns the history of each item, the one that was recorded first coming first.
    #[must_use]
    pub(crate) fn histories(&self) -> Vec<History<'_>> {
        let items = self.items();
        let histories = items.filter_map(|(id, events)| of(events, self, id));
        let mut histories: Vec<_> = histories.collect();
        histories.sort_by(|a, b| in_time(a.first, b.first));
        histories
    }
}

/// The history that `events`, all of one item, tell; `None` where there are none.
fn of<'a>(
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

//! The recorded events and keys of one item.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::ledger::key::IdentityKeys;
use crate::ledger::order::in_time;
use crate::ledger::{Event, EventKind};

/// The recorded events and keys of one item.
#[derive(Clone, Debug, Default)]
pub(crate) struct ItemRecord<'b> {
    /// The events, in time order.
    pub events: Vec<&'b Event>,
    /// All ids the item ever had.
    pub ids: BTreeSet<String>,
    /// All URLs that the item ever had.
    pub urls: BTreeSet<String>,
    /// All paths the item ever had, each with its source.
    pub paths: BTreeSet<String>,
}

impl<'b> ItemRecord<'b> {
    /// Returns the record of the item with `events`, in any order.
    pub(super) fn of(events: impl Iterator<Item = &'b Event>) -> Self {
        let mut record = Self {
            events: events.collect(),
            ..Self::default()
        };
        record.events.sort_by(|a, b| in_time(a, b));
        for event in &record.events {
            let keys = IdentityKeys::of(event.keys());
            record.ids.extend(keys.ids.into_iter().map(Cow::into_owned));
            record
                .urls
                .extend(keys.urls.into_iter().map(Cow::into_owned));
            let paths = keys.paths.into_iter();
            record.paths.extend(paths.map(Cow::into_owned));
        }
        record
    }
}

/// Returns `true` if `event` concerns deliveries to `sink`. Adoptions for every sink do not, if they are
/// older than `backfilled`.
pub(in crate::ledger) fn concerns(
    event: &Event,
    sink: &str,
    backfilled: Option<Timestamp>,
) -> bool {
    match event.sink() {
        Some(named) => named == sink,
        None => {
            matches!(event.kind, EventKind::Adopted { .. })
                && backfilled.is_none_or(|since| event.at > since)
        }
    }
}

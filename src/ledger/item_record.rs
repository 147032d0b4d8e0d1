//! The recorded events and keys of an item.

use std::collections::BTreeSet;

use super::Event;

/// The recorded events and keys of one item.
#[derive(Clone, Debug)]
pub(crate) struct ItemRecord<'b> {
    /// The events, in time order.
    pub events: Vec<&'b Event>,
    /// All ids the item ever had.
    pub ids: &'b BTreeSet<String>,
    /// All URLs that the item ever had.
    pub urls: &'b BTreeSet<String>,
    /// All paths the item ever had, each with its source.
    pub paths: &'b BTreeSet<String>,
}

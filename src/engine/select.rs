//! Selects the deliveries of a run, for example by `--only`. A file or URL selects a post. A hash
//! selects a payload, so that exactly the previewed payload is sent or nothing.

use std::path::Path;
use std::sync::Arc;

use syndicate_api::{Diagnostic, Diagnostics, Item, nfc, normalise_url};

use super::hash_prefix::parse_hash_prefix;
use super::unknown_name::unknown_post;
use super::{PipelineScan, PlanEntry, StageChain};
use crate::ledger::DeliveryState;

/// A delivery at the end of its grace period, with its payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    /// The item's id.
    pub item: String,
    /// The sink's name.
    pub sink: String,
    /// The payload's hash.
    pub hash: String,
}

/// The selected deliveries of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// Selected items, by id.
    items: Vec<String>,
    /// Selected payload hashes or hash prefixes.
    hashes: Vec<String>,
    /// The only selected sink, if set.
    sink: Option<String>,
    /// The id of the only selected item, if set.
    item: Option<String>,
    /// The selected states of deliveries.
    states: States,
    /// The only selected deliveries, each with its payload. Unlike a selection by name, this one does not
    /// override the policy.
    due: Option<Vec<Due>>,
    /// `true` if updates replace changes that were made on the platform.
    overwrites: bool,
}

/// A filter by the state of a delivery.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum States {
    #[default]
    Any,
    /// Failed deliveries.
    Failed,
    /// Sent deliveries, to be updated.
    Sent,
}

impl Selection {
    /// Selects the items and payloads in `names`. File names are relative to the working directory or to
    /// pipeline.yaml.
    ///
    /// # Errors
    /// The errors of all names that are neither an item of `scanned` nor a hash.
    pub(crate) fn new(
        names: &[String],
        scanned: &PipelineScan,
        stages: &StageChain,
    ) -> Result<Self, Diagnostics> {
        let mut selection = Self::default();
        let mut faults = Vec::new();
        for name in names {
            if let Some(item) = find(name, scanned, &stages.base) {
                selection.items.push(item.id().to_owned());
            } else if let Some(hash) = parse_hash_prefix(name) {
                selection.hashes.push(hash);
            } else {
                faults.extend(not_found(name, scanned, &stages.base).0);
            }
        }
        match faults.is_empty() {
            true => Ok(selection),
            false => Err(Diagnostics(faults)),
        }
    }

    /// Returns the item that `name`, a file, URL or key, identifies.
    ///
    /// # Errors
    /// If the item does not exist.
    pub(crate) fn item_of(
        name: &str,
        scanned: &PipelineScan,
        stages: &StageChain,
    ) -> Result<Arc<Item>, Diagnostics> {
        let item = find(name, scanned, &stages.base);
        item.cloned()
            .ok_or_else(|| not_found(name, scanned, &stages.base))
    }

    /// Returns `true` if `name`, a file, URL or key, identifies an item.
    pub(crate) fn is_item(name: &str, (scanned, stages): (&PipelineScan, &StageChain)) -> bool {
        Self::index_of(name, scanned, stages).is_some()
    }

    /// Returns the index in `scanned` of the item that `name`, a file, URL or key, identifies.
    pub(super) fn index_of(
        name: &str,
        scanned: &PipelineScan,
        stages: &StageChain,
    ) -> Option<usize> {
        let item = find(name, scanned, &stages.base)?;
        let items = scanned.items.iter();
        items
            .into_iter()
            .position(|(_, other)| Arc::ptr_eq(other, item))
    }

    /// Selects the deliveries of the item with any of these keys.
    #[must_use]
    pub(crate) fn of_keys(keys: &[String], scanned: &PipelineScan) -> Self {
        let known = |item: &Item| item.keys.iter().any(|key| keys.contains(key));
        let mut items = scanned.items.iter().map(|(_, item)| item);
        let item = items.find(|item| known(item));
        // An empty id matches no item; an empty list would select all of them.
        let id = item.map_or("", |item| item.id());
        Self {
            items: vec![id.to_owned()],
            ..Self::default()
        }
    }

    /// Selects the items with these indices in `scanned`. An empty list selects nothing.
    #[must_use]
    pub(crate) fn of_indices(indices: &[usize], scanned: &PipelineScan) -> Self {
        let ids = indices
            .iter()
            .map(|index| scanned.items[*index].1.id().to_owned());
        // An empty id matches no item; an empty list would select all of them.
        let none = indices.is_empty().then(String::new);
        Self {
            items: ids.chain(none).collect(),
            ..Self::default()
        }
    }

    /// Selects exactly these deliveries. The policy applies to them.
    #[must_use]
    pub(crate) fn of_due(due: Vec<Due>) -> Self {
        Self {
            due: Some(due),
            ..Self::default()
        }
    }

    /// Restricts the selection to one sink. Two sinks of one type may have equal payloads.
    #[must_use]
    pub(crate) fn for_sink(self, sink: &str) -> Self {
        let sink = Some(sink.to_owned());
        Self { sink, ..self }
    }

    /// Restricts the selection to one item. Two items may have equal payloads.
    #[must_use]
    pub(crate) fn of_item(self, id: &str) -> Self {
        let item = Some(id.to_owned());
        Self { item, ..self }
    }

    /// Restricts the selection to failed deliveries.
    #[must_use]
    pub(crate) fn failed_only(self) -> Self {
        let states = States::Failed;
        Self { states, ..self }
    }

    /// Restricts the selection to sent deliveries, to update those that changed.
    #[must_use]
    pub(crate) fn changes_only(self) -> Self {
        let states = States::Sent;
        Self { states, ..self }
    }

    /// Lets updates replace changes that were made on the platform, if `overwrites` is `true`.
    #[must_use]
    pub(crate) fn overwriting(self, overwrites: bool) -> Self {
        Self { overwrites, ..self }
    }

    /// Returns `true` if updates replace changes that were made on the platform.
    #[must_use]
    pub(crate) fn overwrites(&self) -> bool {
        self.overwrites
    }

    /// Returns `true` if the selection is for updates, which then do not depend on `policy.on_change`.
    #[must_use]
    pub(crate) fn is_of_changes(&self) -> bool {
        self.states == States::Sent
    }

    /// Returns `true` if a delivery in this state may be selected.
    #[must_use]
    pub(crate) fn may_select_state(&self, state: &DeliveryState) -> bool {
        match self.states {
            States::Any => true,
            States::Failed => matches!(state, DeliveryState::Failed { .. }),
            States::Sent => matches!(state, DeliveryState::Sent { .. }),
        }
    }

    /// Returns `true` if every item is selected.
    #[must_use]
    pub(crate) fn is_all(&self) -> bool {
        self.items.is_empty() && self.hashes.is_empty()
    }

    /// Returns `true` if `item` may be selected. Its payload is not known yet.
    #[must_use]
    pub(crate) fn may_select(&self, item: &Item) -> bool {
        self.concerns(item) && (self.is_all() || !self.hashes.is_empty() || self.names(item))
    }

    /// Returns `true` if a delivery of `item` may be among the only selected ones.
    #[must_use]
    pub(crate) fn may_be_due(&self, item: &Item) -> bool {
        let is_due = |due: &Vec<Due>| due.iter().any(|due| due.item == item.id());
        self.due.as_ref().is_none_or(is_due)
    }

    /// Returns `true` if only certain payloads are selected, whose plan is not shown.
    #[must_use]
    pub(crate) fn is_of_due(&self) -> bool {
        self.due.is_some()
    }

    fn concerns(&self, item: &Item) -> bool {
        self.item.as_ref().is_none_or(|id| id == item.id())
    }

    /// Returns `true` if `item` is selected by name and not only by its payload.
    #[must_use]
    pub(crate) fn names(&self, item: &Item) -> bool {
        self.items.iter().any(|id| id == item.id())
    }

    /// Returns `true` if `entry` is selected.
    #[must_use]
    pub(crate) fn selects(&self, entry: &PlanEntry) -> bool {
        if self.sink.as_ref().is_some_and(|sink| *sink != entry.sink) {
            return false;
        }
        if !self.concerns(&entry.item) {
            return false;
        }
        let hash = entry
            .composed
            .as_ref()
            .map(|composed| composed.hash.as_str());
        if let Some(due) = &self.due {
            let is = |due: &Due, hash| {
                due.hash == hash && due.sink == entry.sink && due.item == entry.item.id()
            };
            return hash.is_some_and(|hash| due.iter().any(|due| is(due, hash)));
        }
        if self.is_all() || self.names(&entry.item) {
            return true;
        }
        hash.is_some_and(|hash| self.hashes.iter().any(|wanted| hash.starts_with(wanted)))
    }

    /// Returns the selected hashes that no entry has.
    #[must_use]
    pub(crate) fn missing<'s>(&'s self, entries: &[PlanEntry]) -> Vec<&'s str> {
        let has = |wanted: &str| {
            entries
                .iter()
                .filter_map(|entry| entry.composed.as_deref())
                .any(|c| c.hash.starts_with(wanted))
        };
        self.hashes
            .iter()
            .map(String::as_str)
            .filter(|wanted| !has(wanted))
            .collect()
    }
}

fn find<'s>(name: &str, scanned: &'s PipelineScan, base: &Path) -> Option<&'s Arc<Item>> {
    let key = normalise_url(name);
    let is_named = path_matcher(name, base);
    scanned.items.iter().map(|(_, item)| item).find(|item| {
        let by_key = item
            .keys
            .iter()
            .any(|known| Some(known) == key.as_ref() || known == name);
        by_key || item.path.as_deref().is_some_and(&is_named)
    })
}

/// Returns a function that tests whether `name` is a path, which is relative to `base`, the folder of pipeline.yaml.
fn path_matcher(name: &str, base: &Path) -> impl Fn(&str) -> bool {
    let file = std::fs::canonicalize(name).ok();
    let plain = nfc(name.trim_start_matches("./")).replace('\\', "/");
    move |path| {
        nfc(path) == plain
            || (file.is_some() && base.join(path).canonicalize().ok().as_ref() == file.as_ref())
    }
}

/// Returns the errors for `name`, which is not an item of `scanned`: those of its file if the file could not be read.
fn not_found(name: &str, scanned: &PipelineScan, base: &Path) -> Diagnostics {
    let is_named = path_matcher(name, base);
    let is_of_file = |fault: &&Diagnostic| fault.path.as_deref().is_some_and(&is_named);
    let faults: Vec<Diagnostic> = scanned.faults.iter().filter(is_of_file).cloned().collect();
    Diagnostics(match faults.is_empty() {
        true => vec![unknown_post(name, scanned)],
        false => faults,
    })
}

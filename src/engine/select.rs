//! `--only`: which deliveries a run is about. A post is named by its file or address; a payload by
//! its hash, and then exactly what was previewed is sent or nothing.

use std::path::Path;
use std::sync::Arc;

use syndicate_api::{Diagnostic, Item, nfc, normalise_url};

use super::hash_prefix::parse_hash_prefix;
use super::unknown_name::unknown_post;
use super::{PipelineScan, PlanEntry, StageChain};
use crate::ledger::DeliveryState;

/// A delivery whose debounce time is over, with its payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    /// The item's id.
    pub item: String,
    /// The sink's name.
    pub sink: String,
    /// The payload's hash.
    pub hash: String,
}

/// The deliveries that a run is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// Items, by their ids.
    items: Vec<String>,
    /// Payload hashes, or beginnings of them.
    hashes: Vec<String>,
    /// The one sink that it is about, if it is.
    sink: Option<String>,
    /// The id of the one item that it is about, if it is.
    item: Option<String>,
    /// Which of their deliveries, by what became of them.
    states: States,
    /// The only deliveries that are meant, each with its payload. Unlike the others this names
    /// nothing: the policy holds for them.
    due: Option<Vec<Due>>,
}

/// Deliveries by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum States {
    #[default]
    Any,
    /// Those that failed before.
    Failed,
    /// Those that are out, to be changed there.
    Sent,
}

impl Selection {
    /// What `names` stand for among `scanned`. Files are looked for from the working folder and from
    /// pipeline.yaml.
    ///
    /// # Errors
    /// The first name that is neither a post nor the form of a hash.
    pub(crate) fn new(
        names: &[String],
        scanned: &PipelineScan,
        stages: &StageChain,
    ) -> Result<Self, Diagnostic> {
        let mut selection = Self::default();
        for name in names {
            if let Some(item) = find(name, scanned, &stages.base) {
                selection.items.push(item.id().to_owned());
            } else if let Some(hash) = parse_hash_prefix(name) {
                selection.hashes.push(hash);
            } else {
                return Err(unknown_post(name, scanned));
            }
        }
        Ok(selection)
    }

    /// Returns the item that `name`, a file, an address or a key, stands for.
    ///
    /// # Errors
    /// When it stands for none.
    pub(crate) fn item_of(
        name: &str,
        scanned: &PipelineScan,
        stages: &StageChain,
    ) -> Result<Arc<Item>, Diagnostic> {
        let item = find(name, scanned, &stages.base);
        item.cloned().ok_or_else(|| unknown_post(name, scanned))
    }

    /// Returns whether `name`, a file, an address or a key, stands for an item.
    pub(crate) fn is_item(name: &str, (scanned, stages): (&PipelineScan, &StageChain)) -> bool {
        Self::index_of(name, scanned, stages).is_some()
    }

    /// Returns the index in `scanned` of the item that `name`, a file, an address or a key, stands for.
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

    /// The deliveries of the item that any of `keys` makes known.
    #[must_use]
    pub(crate) fn of_keys(keys: &[String], scanned: &PipelineScan) -> Self {
        let known = |item: &Item| item.keys.iter().any(|key| keys.contains(key));
        let mut items = scanned.items.iter().map(|(_, item)| item);
        let item = items.find(|item| known(item));
        // Nothing but an id that no item has would stand for none.
        let id = item.map_or("", |item| item.id());
        Self {
            items: vec![id.to_owned()],
            ..Self::default()
        }
    }

    /// Selects exactly these deliveries, under the policy like any others.
    #[must_use]
    pub(crate) fn of_due(due: Vec<Due>) -> Self {
        Self {
            due: Some(due),
            ..Self::default()
        }
    }

    /// The same, without the deliveries to other sinks: two of one type may have equal payloads.
    #[must_use]
    pub(crate) fn for_sink(self, sink: &str) -> Self {
        let sink = Some(sink.to_owned());
        Self { sink, ..self }
    }

    /// The same, without the deliveries of other items: two posts may have equal payloads, too.
    #[must_use]
    pub(crate) fn of_item(self, id: &str) -> Self {
        let item = Some(id.to_owned());
        Self { item, ..self }
    }

    /// The same, without the deliveries that did not fail before.
    #[must_use]
    pub(crate) fn failed_only(self) -> Self {
        let states = States::Failed;
        Self { states, ..self }
    }

    /// The same, without the deliveries that are not out, and for the sake of what has changed.
    #[must_use]
    pub(crate) fn changes_only(self) -> Self {
        let states = States::Sent;
        Self { states, ..self }
    }

    /// Whether it is about changes of what is out, whatever the policy says about those.
    #[must_use]
    pub(crate) fn is_of_changes(&self) -> bool {
        self.states == States::Sent
    }

    /// Whether a delivery in this state may be meant.
    #[must_use]
    pub(crate) fn may_select_state(&self, state: &DeliveryState) -> bool {
        match self.states {
            States::Any => true,
            States::Failed => matches!(state, DeliveryState::Failed { .. }),
            States::Sent => matches!(state, DeliveryState::Sent { .. }),
        }
    }

    /// Whether it names every item.
    #[must_use]
    pub(crate) fn is_all(&self) -> bool {
        self.items.is_empty() && self.hashes.is_empty()
    }

    /// Whether `item` may be among what is meant; which payload it has is not known yet.
    #[must_use]
    pub(crate) fn may_select(&self, item: &Item) -> bool {
        self.concerns(item) && (self.is_all() || !self.hashes.is_empty() || self.names(item))
    }

    fn concerns(&self, item: &Item) -> bool {
        self.item.as_ref().is_none_or(|id| id == item.id())
    }

    /// Whether `item` is named, and not just its payload.
    #[must_use]
    pub(crate) fn names(&self, item: &Item) -> bool {
        self.items.iter().any(|id| id == item.id())
    }

    /// Whether `entry` is meant.
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

    /// The hashes that no entry has.
    #[must_use]
    pub(crate) fn missing<'s>(&'s self, entries: &[PlanEntry]) -> Vec<&'s str> {
        let has = |wanted: &str| {
            entries
                .iter()
                .filter_map(|entry| entry.composed.as_ref())
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
    let file = std::fs::canonicalize(name).ok();
    let plain = nfc(name.trim_start_matches("./")).replace('\\', "/");
    scanned.items.iter().map(|(_, item)| item).find(|item| {
        let by_key = item
            .keys
            .iter()
            .any(|known| Some(known) == key.as_ref() || known == name);
        let by_path = item.path.as_ref().is_some_and(|path| nfc(path) == plain);
        by_key || by_path || {
            let own = item.path.as_ref().map(|path| base.join(path));
            file.is_some() && own.is_some_and(|own| own.canonicalize().ok() == file)
        }
    })
}

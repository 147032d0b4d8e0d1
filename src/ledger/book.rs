//! The book: the set of a ledger's events, and what it says about each delivery. Reading the same
//! line twice changes nothing, and neither does any other order of lines.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use super::index::Index;
use super::state::{State, fold};
use super::wire::line;
use super::{Event, History, Kind, Traffic, history, traffic};

/// The set of a ledger's events.
#[derive(Clone, Debug, Default)]
pub struct Book {
    events: Vec<Event>,
    /// The places of the events of each id: one, unless somebody edited a copy of a line.
    by_id: HashMap<String, Vec<usize>>,
    index: Index,
}

impl Book {
    /// Adds `event`, and tells whether it was new to the book.
    pub fn insert(&mut self, event: Event) -> bool {
        let places = self.by_id.entry(event.id.clone()).or_default();
        if places.iter().any(|place| self.events[*place] == event) {
            return false;
        }
        let place = self.events.len();
        places.push(place);
        self.index.insert(place, &event.keys());
        self.events.push(event);
        true
    }

    /// What became of the delivery of the item known by `keys` to `sink`.
    #[must_use]
    pub fn state(&self, keys: &[String], sink: &str) -> State {
        fold(
            self.index
                .members(keys)
                .map(|place| &self.events[place])
                .filter(|event| concerns(event, sink)),
        )
    }

    /// Whether the payload with this `hash` was approved for the delivery of the item known by `keys`
    /// to `sink`.
    #[must_use]
    pub fn is_approved(&self, keys: &[String], sink: &str, hash: &str) -> bool {
        self.index
            .members(keys)
            .any(|place| match &self.events[place].kind {
                Kind::Approved {
                    sink: to, hash: of, ..
                } => to == sink && of == hash,
                _ => false,
            })
    }

    /// The events of this attempt, in time order.
    #[must_use]
    pub fn attempt(&self, id: &str) -> Vec<&Event> {
        let of = |event: &&Event| event.kind.attempt().is_some_and(|of| of.id == id);
        let mut events: Vec<_> = self.events.iter().filter(of).collect();
        events.sort_by(|a, b| in_time(a, b));
        events
    }

    /// The sinks to which something went out, or may have.
    #[must_use]
    pub fn senders(&self) -> BTreeSet<&str> {
        let attempts = self.events.iter().filter_map(|event| event.kind.attempt());
        attempts.map(|attempt| attempt.sink.as_str()).collect()
    }

    /// What went out to `sink`, or may have, and when it takes something again.
    #[must_use]
    pub fn traffic(&self, sink: &str) -> Traffic {
        traffic::of(
            self.events
                .iter()
                .filter(|event| event.sink() == Some(sink)),
        )
    }

    /// Whether the item known by `keys` is on record, but not by all of them.
    #[must_use]
    pub fn lacks(&self, keys: &[String]) -> bool {
        let known = keys.iter().filter(|key| self.index.has(key)).count();
        known > 0 && known < keys.len()
    }

    /// What happened to each item, the one that was recorded first coming first.
    #[must_use]
    pub fn histories(&self) -> Vec<History<'_>> {
        let mut histories: Vec<_> = self
            .index
            .groups()
            .filter_map(|places| {
                history::of(places.iter().map(|place| &self.events[*place]).collect())
            })
            .collect();
        histories.sort_by(|a, b| in_time(a.first, b.first));
        histories
    }

    /// What happened to the delivery of the item known by `keys` to `sink`, in time order.
    #[must_use]
    pub fn events_of(&self, keys: &[String], sink: &str) -> Vec<&Event> {
        let members = self.index.members(keys).map(|place| &self.events[place]);
        let mut events: Vec<_> = members.filter(|event| concerns(event, sink)).collect();
        events.sort_by(|a, b| in_time(a, b));
        events
    }

    /// Every event, in time order.
    #[must_use]
    pub fn events(&self) -> Vec<&Event> {
        let mut events: Vec<_> = self.events.iter().collect();
        events.sort_by(|a, b| in_time(a, b));
        events
    }

    /// Whether nothing was ever recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }
}

impl Extend<Event> for Book {
    fn extend<I: IntoIterator<Item = Event>>(&mut self, events: I) {
        for event in events {
            self.insert(event);
        }
    }
}

impl FromIterator<Event> for Book {
    fn from_iter<I: IntoIterator<Item = Event>>(events: I) -> Self {
        let mut book = Self::default();
        book.extend(events);
        book
    }
}

/// Whether `event` has a say about deliveries to `sink`.
pub(super) fn concerns(event: &Event, sink: &str) -> bool {
    match event.sink() {
        Some(named) => named == sink,
        None => matches!(event.kind, Kind::Adopted { .. }),
    }
}

/// The one order of events. Those of the same instant stand as they must have happened.
pub(super) fn in_time(a: &Event, b: &Event) -> Ordering {
    (a.at, rank(&a.kind), &a.id)
        .cmp(&(b.at, rank(&b.kind), &b.id))
        .then_with(|| line(a).cmp(&line(b)))
}

fn rank(kind: &Kind) -> u8 {
    match kind {
        Kind::Created => 0,
        Kind::Adopted { .. } | Kind::Approved { .. } | Kind::Moved { .. } => 1,
        Kind::Intent { .. } => 2,
        Kind::Sent { .. } | Kind::Failed { .. } | Kind::Unknown { .. } => 3,
        Kind::Probed { .. } => 4,
        Kind::Settled { .. } => 5,
        Kind::Updated { .. } => 6,
        Kind::Retracted { .. } => 7,
        Kind::Other(_) => 8,
    }
}

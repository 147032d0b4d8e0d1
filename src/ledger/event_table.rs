//! The events of a ledger, with tables that find them by id and by attempt.

use std::collections::HashMap;
use std::sync::Arc;

use hashbrown::HashTable;
use jiff::Timestamp;

use super::key_table::{NONE, hash, index};
use super::order::in_time;
use super::{Event, EventKind};

/// The events of a ledger, in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub(super) struct EventTable {
    events: Vec<Arc<Event>>,
    /// The events by id: one of each, unless someone edited a copy of a line.
    by_id: HashTable<u32>,
    /// The first event of each attempt, by the attempt's id.
    by_attempt: HashTable<u32>,
    /// The next event of the same attempt, by event.
    next_of_attempt: Vec<u32>,
    /// The events that concern the ledger itself: `created`, `known` and `closed`.
    heads: Vec<u32>,
    /// The last event with an account, by sink.
    accounts: HashMap<String, u32>,
    /// `true` if an event was added after a later one.
    is_unordered: bool,
}

impl EventTable {
    /// Reserves space for `count` more events.
    pub(super) fn reserve(&mut self, count: usize) {
        self.events.reserve(count);
        let events = &self.events;
        let id = |place: &u32| hash(&events[*place as usize].id);
        self.by_id.reserve(count, id);
    }

    /// Adds `event`, unless the table has it. Returns its index.
    pub(super) fn add(&mut self, event: Arc<Event>) -> Option<usize> {
        let id = hash(&event.id);
        let is_known = |place: &u32| *self.events[*place as usize] == *event;
        if self.by_id.find(id, is_known).is_some() {
            return None;
        }
        let place = self.events.len();
        let last = self.events.last();
        self.is_unordered |= last.is_some_and(|last| in_time(last, &event).is_gt());
        self.events.push(Arc::clone(&event));
        self.next_of_attempt.push(NONE);
        self.add_to_tables(&event, index(place));
        let events = &self.events;
        self.by_id
            .insert_unique(id, index(place), |place| hash(&events[*place as usize].id));
        Some(place)
    }

    fn add_to_tables(&mut self, event: &Event, place: u32) {
        match &event.kind {
            EventKind::Created { .. } | EventKind::Known { .. } | EventKind::Closed { .. } => {
                self.heads.push(place);
            }
            _ => {}
        }
        let Some(attempt) = event.kind.attempt() else {
            return;
        };
        if attempt.account.is_some() {
            let last = self.accounts.entry(attempt.sink.clone()).or_insert(place);
            if in_time(&self.events[*last as usize], event).is_le() {
                *last = place;
            }
        }
        let id = hash(&attempt.id);
        let mut last = self.first_of_attempt(&attempt.id);
        while let Some(next) = last.and_then(|last| self.next_of_attempt(last)) {
            last = Some(next);
        }
        if let Some(last) = last {
            self.next_of_attempt[last as usize] = place;
            return;
        }
        let events = &self.events;
        let attempt_id = |place: &u32| {
            let attempt = events[*place as usize].kind.attempt();
            hash(attempt.map_or("", |attempt| attempt.id.as_str()))
        };
        self.by_attempt.insert_unique(id, place, attempt_id);
    }

    fn first_of_attempt(&self, id: &str) -> Option<u32> {
        let is_it = |place: &u32| {
            let attempt = self.events[*place as usize].kind.attempt();
            attempt.is_some_and(|attempt| attempt.id == id)
        };
        self.by_attempt.find(hash(id), is_it).copied()
    }

    fn next_of_attempt(&self, place: u32) -> Option<u32> {
        let next = self.next_of_attempt.get(place as usize).copied();
        next.filter(|next| *next != NONE)
    }

    /// Returns the number of events.
    pub(super) fn len(&self) -> usize {
        self.events.len()
    }

    /// Returns the event with this index.
    pub(super) fn get(&self, place: usize) -> &Arc<Event> {
        &self.events[place]
    }

    /// Returns all events, in the order in which they were added.
    pub(super) fn all(&self) -> &[Arc<Event>] {
        &self.events
    }

    /// Returns all events, in time order.
    pub(super) fn in_time_order(&self) -> Vec<&Arc<Event>> {
        let mut events: Vec<_> = self.events.iter().collect();
        if self.is_unordered {
            events.sort_by(|a, b| in_time(a, b));
        }
        events
    }

    /// Returns `true` if the events were added in time order.
    pub(super) fn is_ordered(&self) -> bool {
        !self.is_unordered
    }

    /// Returns the events with this id.
    pub(super) fn of_id(&self, id: &str) -> impl Iterator<Item = &Arc<Event>> {
        let places = self.by_id.iter_hash(hash(id));
        let events = places.map(|place| &self.events[*place as usize]);
        events.filter(move |event| event.id == id)
    }

    /// Returns the events of this attempt, in the order in which they were added.
    pub(super) fn of_attempt(&self, id: &str) -> impl Iterator<Item = &Arc<Event>> {
        self.chain(self.first_of_attempt(id))
    }

    /// Returns the events of each attempt, in the order in which they were added.
    pub(super) fn attempts(&self) -> impl Iterator<Item = impl Iterator<Item = &Arc<Event>>> {
        self.by_attempt.iter().map(|first| self.chain(Some(*first)))
    }

    fn chain(&self, first: Option<u32>) -> impl Iterator<Item = &Arc<Event>> {
        let places = std::iter::successors(first, |place| self.next_of_attempt(*place));
        places.map(|place| &self.events[place as usize])
    }

    /// Returns the events that concern the ledger itself, in time order.
    pub(super) fn heads(&self) -> Vec<&Event> {
        let mut heads: Vec<&Event> = self
            .heads
            .iter()
            .map(|place| self.events[*place as usize].as_ref())
            .collect();
        heads.sort_by(|a, b| in_time(a, b));
        heads
    }

    /// Returns the digest of the account with which `sink` last sent.
    pub(super) fn last_account(&self, sink: &str) -> Option<&str> {
        let place = self.accounts.get(sink)?;
        let attempt = self.events[*place as usize].kind.attempt()?;
        attempt.account.as_deref()
    }

    /// Returns the events at this instant.
    pub(super) fn at(&self, at: Timestamp) -> impl Iterator<Item = &Arc<Event>> {
        let is_ordered = self.is_ordered();
        let events = self.events.iter().rev();
        let relevant = events.take_while(move |event| !is_ordered || event.at >= at);
        relevant.filter(move |event| event.at == at)
    }
}

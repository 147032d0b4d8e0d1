//! Appends events to a ledger state, each time with a new version.

use std::sync::Arc;

use super::LedgerState;
use super::contents::Contents;
use crate::ledger::Event;
use crate::ledger::lineage::StateVersion;

impl LedgerState {
    /// Returns the version of the events. Two states with one version have the same events.
    #[must_use]
    pub(crate) fn version(&self) -> StateVersion {
        self.contents.lineage.version()
    }

    /// Returns the version of the events that others were added to.
    pub(in crate::ledger) fn previous_version(&self) -> StateVersion {
        self.contents.lineage.previous()
    }

    /// Returns the events that were appended since the earlier `version`. Group numbers of that version stay valid.
    /// Returns `None` if this state was not made from it by appending.
    #[must_use]
    pub(crate) fn appended_since(&self, version: StateVersion) -> Option<Vec<&Event>> {
        let count = match version == self.version() {
            true => self.event_count(),
            false => self.contents.lineage.count_of(version)?,
        };
        let events = &self.contents.events;
        let places = count..events.len();
        Some(places.map(|place| events.get(place).as_ref()).collect())
    }

    /// Adds `event`. Returns `true` if it is new.
    pub(crate) fn insert(&mut self, event: Event) -> bool {
        self.change().insert(Arc::new(event))
    }

    /// Returns the contents for a change.
    pub(super) fn change(&mut self) -> &mut Contents {
        let contents = Arc::make_mut(&mut self.contents);
        contents.lineage.append(contents.events.len());
        contents
    }

    /// Adds `events`, which are shared with another record.
    pub(in crate::ledger) fn extend_shared(&mut self, events: Vec<Arc<Event>>) {
        self.change().extend(events.into_iter());
    }
}

impl Extend<Event> for LedgerState {
    fn extend<I: IntoIterator<Item = Event>>(&mut self, events: I) {
        self.extend_shared(events.into_iter().map(Arc::new).collect());
    }
}

impl FromIterator<Event> for LedgerState {
    fn from_iter<I: IntoIterator<Item = Event>>(events: I) -> Self {
        let mut ledger_state = Self::default();
        ledger_state.extend(events);
        ledger_state
    }
}

impl FromIterator<Arc<Event>> for LedgerState {
    fn from_iter<I: IntoIterator<Item = Arc<Event>>>(events: I) -> Self {
        let mut ledger_state = Self::default();
        ledger_state.extend_shared(events.into_iter().collect());
        ledger_state
    }
}

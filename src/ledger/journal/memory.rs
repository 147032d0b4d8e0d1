//! The content of a journal: everything that this machine remembers of one ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::Timestamp;
use syndicate_api::Prepared;

use crate::ledger::{Event, LedgerState};

/// The content of a journal.
#[derive(Clone, Debug, Default)]
pub(super) struct JournalContents {
    /// The events, by id.
    pub(super) entries: BTreeMap<String, JournalEntry>,
    /// The absolute paths at which the ledger was used.
    pub(super) ledger_paths: BTreeSet<PathBuf>,
    /// The runs of this machine that started or were about to start an attempt.
    pub(super) runs: BTreeSet<String>,
    /// The filled requests of attempts of this machine, by attempt.
    pub(super) requests: BTreeMap<String, Prepared>,
    /// The time at which each open attempt was first found without an outcome.
    pub(super) abandoned: BTreeMap<String, Timestamp>,
}

/// An event with its origin.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct JournalEntry {
    pub(super) event: Event,
    /// `true` if a run of this machine wrote it.
    pub(super) is_own: bool,
    /// `true` if the event is not in the ledger yet.
    pub(super) is_pending: bool,
}

impl JournalContents {
    pub(super) fn insert(&mut self, entry: JournalEntry) {
        let id = entry.event.id.clone();
        let was_own = self.entries.get(&id).is_some_and(|known| known.is_own);
        let is_own = entry.is_own || was_own;
        self.entries.insert(id, JournalEntry { is_own, ..entry });
    }

    pub(super) fn take_in(&mut self, other: Self) {
        other
            .entries
            .into_values()
            .for_each(|entry| self.insert(entry));
        self.ledger_paths.extend(other.ledger_paths);
        self.runs.extend(other.runs);
        self.requests.extend(other.requests);
        self.abandoned.extend(other.abandoned);
    }

    /// Returns the events. Those that are not in the ledger yet are included only if `with_pending`.
    pub(super) fn events(&self, with_pending: bool) -> impl Iterator<Item = &Event> {
        let wanted = move |entry: &&JournalEntry| with_pending || !entry.is_pending;
        self.entries
            .values()
            .filter(wanted)
            .map(|entry| &entry.event)
    }

    pub(super) fn pending(&self) -> Vec<Event> {
        let pending = self.entries.values().filter(|entry| entry.is_pending);
        pending.map(|entry| entry.event.clone()).collect()
    }

    /// Returns the other events of the attempts of `events` that `ledger_state` lacks. An outcome is
    /// meaningful only together with them: a failure alone would settle an earlier request of the same
    /// attempt whose outcome is unknown.
    pub(super) fn about_attempts_of(
        &self,
        events: &[Event],
        ledger_state: &LedgerState,
    ) -> Vec<Event> {
        let attempt = |event: &Event| event.kind.attempt().map(|attempt| attempt.id.clone());
        let attempts: BTreeSet<String> = events.iter().filter_map(attempt).collect();
        let is_about = |event: &&Event| attempt(event).is_some_and(|id| attempts.contains(&id));
        let about = self.events(false).filter(is_about);
        let lacking = about.filter(|event| !ledger_state.has(&event.id));
        lacking.cloned().collect()
    }

    /// Returns the runs of this machine.
    pub(super) fn runs(&self) -> BTreeSet<String> {
        let own = self.entries.values().filter(|entry| entry.is_own);
        own.filter_map(|entry| entry.event.kind.run().map(str::to_owned))
            .chain(self.runs.iter().cloned())
            .collect()
    }
}

impl JournalEntry {
    /// Creates the entry of an event that is in the ledger.
    pub(super) fn acknowledged(event: Event, is_own: bool) -> Self {
        Self {
            event,
            is_own,
            is_pending: false,
        }
    }
}

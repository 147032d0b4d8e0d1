//! The content of a journal: everything that this machine remembers of one ledger.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use syndicate_api::Prepared;

use super::comparison::Comparison;
use crate::ledger::{Event, EventKind, LedgerState};

/// The content of a journal.
#[derive(Clone, Debug, Default)]
pub(super) struct JournalContents {
    /// The events, by id.
    entries: BTreeMap<String, JournalEntry>,
    /// The ids of the events that are not in the ledger yet.
    pending: BTreeSet<String>,
    /// The ids of the `closed` events.
    closed: BTreeSet<String>,
    /// The runs in the events of this machine.
    own_runs: BTreeSet<String>,
    /// The comparison with the ledger.
    comparison: Comparison,
    /// Number of lines when the journal was last checked for redundant ones.
    pub(super) checked_lines: usize,
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
    pub(super) event: Arc<Event>,
    /// `true` if a run of this machine wrote it.
    pub(super) is_own: bool,
    /// `true` if the event is not in the ledger yet.
    pub(super) is_pending: bool,
}

impl JournalContents {
    pub(super) fn insert(&mut self, entry: JournalEntry) {
        let id = &entry.event.id;
        match entry.is_pending {
            true => self.pending.insert(id.clone()),
            false => self.pending.remove(id),
        };
        if matches!(entry.event.kind, EventKind::Closed { .. }) {
            self.closed.insert(id.clone());
        }
        self.comparison = Comparison::default();
        let was_own = self.entries.get(id).is_some_and(|known| known.is_own);
        let is_own = entry.is_own || was_own;
        if let Some(run) = entry.event.kind.run().filter(|_| is_own)
            && !self.own_runs.contains(run)
        {
            self.own_runs.insert(run.to_owned());
        }
        let id = id.clone();
        self.entries.insert(id, JournalEntry { is_own, ..entry });
    }

    /// Inserts entries whose events `ledger_state` has. Only these may be new there since the last comparison
    /// with its previous version.
    pub(super) fn record(
        &mut self,
        entries: impl IntoIterator<Item = JournalEntry>,
        ledger_state: &LedgerState,
    ) {
        let comparison = std::mem::take(&mut self.comparison);
        entries.into_iter().for_each(|entry| self.insert(entry));
        self.comparison = comparison.after(ledger_state);
    }

    /// Removes the entries whose events `is_kept` does not accept.
    pub(super) fn retain(&mut self, is_kept: impl Fn(&Event) -> bool) {
        let entries = std::mem::take(&mut self.entries).into_values();
        self.pending.clear();
        self.closed.clear();
        self.own_runs.clear();
        entries
            .filter(|entry| is_kept(&entry.event))
            .for_each(|entry| self.insert(entry));
    }

    pub(super) fn take_in(&mut self, other: &Self) {
        other
            .entries
            .values()
            .for_each(|entry| self.insert(entry.clone()));
        self.ledger_paths.extend(other.ledger_paths.iter().cloned());
        self.runs.extend(other.runs.iter().cloned());
        let requests = other.requests.iter();
        self.requests
            .extend(requests.map(|(attempt, prepared)| (attempt.clone(), prepared.clone())));
        let abandoned = other.abandoned.iter();
        self.abandoned
            .extend(abandoned.map(|(attempt, since)| (attempt.clone(), *since)));
    }

    /// Returns all entries, by the ids of their events.
    pub(super) fn entries(&self) -> impl Iterator<Item = &JournalEntry> {
        self.entries.values()
    }

    /// Returns the number of entries.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns `true` if there is an event with this id.
    pub(super) fn has(&self, id: &str) -> bool {
        self.entries.contains_key(id)
    }

    /// Returns the events. Those that are not in the ledger yet are included only if `with_pending`.
    pub(super) fn events(&self, with_pending: bool) -> impl Iterator<Item = &Arc<Event>> {
        let wanted = move |entry: &&JournalEntry| with_pending || !entry.is_pending;
        self.entries
            .values()
            .filter(wanted)
            .map(|entry| &entry.event)
    }

    /// Returns the `closed` events, also those that are not in the ledger yet.
    pub(super) fn moves(&self) -> impl Iterator<Item = &Event> {
        let closed = self.closed.iter().filter_map(|id| self.entries.get(id));
        let events = closed.map(|entry| entry.event.as_ref());
        events.filter(|event| matches!(event.kind, EventKind::Closed { .. }))
    }

    pub(super) fn pending(&self) -> Vec<Event> {
        let pending = self.pending.iter().filter_map(|id| self.entries.get(id));
        pending.map(|entry| (*entry.event).clone()).collect()
    }

    /// Returns the acknowledged events that `ledger_state` lacks.
    pub(super) fn lacking(&self, ledger_state: &LedgerState) -> Vec<Arc<Event>> {
        self.comparison.lacking(ledger_state, || self.events(false))
    }

    /// Returns the events of `ledger_state` that the journal lacks, in time order.
    pub(super) fn unknown(&self, ledger_state: &LedgerState) -> Vec<Arc<Event>> {
        self.comparison.unknown(ledger_state, |id| self.has(id))
    }

    /// Returns the other events of the attempts of `events` that `ledger_state` lacks. An outcome is
    /// meaningful only together with them: a failure alone would settle an earlier request of the same
    /// attempt whose outcome is unknown.
    pub(super) fn about_attempts_of(
        &self,
        events: &[Event],
        ledger_state: &LedgerState,
    ) -> Vec<Event> {
        let attempts: BTreeSet<&str> = events.iter().filter_map(attempt_id).collect();
        if attempts.is_empty() {
            return Vec::new();
        }
        let lacking = self.lacking(ledger_state);
        let about = lacking
            .iter()
            .filter(|event| attempt_id(event).is_some_and(|id| attempts.contains(id)));
        about.map(|event| (**event).clone()).collect()
    }

    /// Returns a number of events that a compaction certainly keeps: those that it never removes, and one of each
    /// attempt that may have sent something.
    pub(super) fn kept_at_least(&self) -> usize {
        let mut attempts: HashSet<&str> = HashSet::new();
        let mut others = 0;
        for event in self.events(true) {
            match (&event.kind, attempt_id(event)) {
                (EventKind::Failed { .. } | EventKind::Approved { .. }, _) => {}
                (_, Some(attempt)) => {
                    attempts.insert(attempt);
                }
                (_, None) => others += 1,
            }
        }
        attempts.len() + others
    }

    /// Returns the runs of this machine.
    pub(super) fn runs(&self) -> BTreeSet<String> {
        self.own_runs.union(&self.runs).cloned().collect()
    }
}

fn attempt_id(event: &Event) -> Option<&str> {
    Some(event.kind.attempt()?.id.as_str())
}

impl JournalEntry {
    /// Creates the entry of an event that is in the ledger.
    pub(super) fn acknowledged(event: Arc<Event>, is_own: bool) -> Self {
        Self {
            event,
            is_own,
            is_pending: false,
        }
    }
}

//! A ledger session that also writes the journal. The journal is written after the ledger. An outcome
//! that the ledger could not store is written to the journal anyway, for the next run.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::sync::Arc;

use tracing::info;

use super::checks::Checks;
use super::memory::{JournalContents, JournalEntry};
use super::run_locks::{RunLock, RunLocks};
use super::writer::JournalWriter;
use super::{Journals, lines, lost_moves};
use crate::ledger::delivery_state::of_attempt;
use crate::ledger::{DeliveryState, Event, LedgerError, LedgerSession, LedgerState, LiveRuns};

/// A journal is rewritten once it has twice the necessary lines plus this number.
const SPARE_LINES: usize = 64;

pub(super) struct JournaledSession {
    pub(super) session: Box<dyn LedgerSession>,
    journals: Arc<Journals>,
    /// The file, if there is a folder for it.
    writer: Option<JournalWriter>,
    /// The first id of the ledger, which names the journal.
    id: String,
    /// All ids of the ledger.
    ids: Vec<String>,
    pub(super) memory: Arc<JournalContents>,
    /// The locks, held until the session ends.
    locks: Vec<File>,
    pub(super) notes: Vec<String>,
    /// Number of notes that came from the ledger.
    noted: usize,
    checks: Checks,
    /// `true` if the file could not be written; noted once per session.
    is_unavailable: bool,
    /// `true` if no other process can write the journal during this session.
    is_locked: bool,
    /// The locks of the runs, if workers of this machine run at the same time.
    run_locks: Option<RunLocks>,
    /// The lock of the run of this session.
    run_lock: Option<RunLock>,
    /// The outcomes and answers of this session that the ledger did not accept at first.
    pub(super) unrecorded: Vec<Event>,
}

/// The journal, its checks and its locks, which a [`JournaledSession`] takes over.
pub(super) struct Journal {
    pub(super) journals: Arc<Journals>,
    /// The journal's content.
    pub(super) memory: Arc<JournalContents>,
    /// The ids of the ledger.
    pub(super) ids: Vec<String>,
    pub(super) checks: Checks,
    /// The locks, held until the session ends.
    pub(super) locks: Vec<File>,
    /// The locks of the runs, if workers of this machine run at the same time.
    pub(super) run_locks: Option<RunLocks>,
    /// `true` if no other run has the locks.
    pub(super) is_alone: bool,
}

impl JournaledSession {
    /// Wraps `session`; `refused` is the reason why the journal's file cannot be locked.
    pub(super) fn new(
        session: Box<dyn LedgerSession>,
        journal: Journal,
        refused: Option<io::Error>,
    ) -> Self {
        let ids = session.ledger_state().ledger_ids();
        let first = ids.first().copied().unwrap_or_default().to_owned();
        let mut opened = Self {
            noted: session.notes().len(),
            notes: session.notes().to_vec(),
            session,
            writer: journal.journals.file(&first).map(JournalWriter::new),
            journals: journal.journals,
            id: first,
            ids: journal.ids,
            memory: journal.memory,
            locks: journal.locks,
            checks: journal.checks,
            is_unavailable: false,
            is_locked: refused.is_none() && journal.is_alone,
            run_locks: journal.run_locks,
            run_lock: None,
            unrecorded: Vec::new(),
        };
        if let Some(error) = refused {
            opened.unavailable(&error);
        }
        opened
    }

    /// Appends events that earlier runs could not append, and reads the ledger's new events.
    pub(super) async fn open(mut self) -> Self {
        if self.verify_now().is_none() {
            self.append_pending().await;
            self.take_in();
        }
        if let Some(run_locks) = &self.run_locks {
            let ended = run_locks.ended(self.memory.runs()).into_iter();
            let released = self.session.release_runs(&ended.collect::<Vec<_>>()).await;
            if let Err(error) = released {
                // They end by themselves.
                info!(%error, "claims of ended runs not released");
            }
        }
        self
    }

    /// Lets other workers of this machine write the journal as well.
    pub(super) fn share(mut self) -> Self {
        self.is_locked = false;
        let shared: io::Result<()> = self.locks.iter().try_for_each(File::lock_shared);
        if let Err(error) = shared {
            self.unavailable(&error);
        }
        self
    }

    /// Takes the lock of `run`, before anything of it is seen by other workers.
    fn hold_run(&mut self, run: &str) {
        let is_held = self.run_lock.as_ref().is_some_and(|lock| lock.run() == run);
        let Some(run_locks) = self.run_locks.as_ref().filter(|_| !is_held) else {
            return;
        };
        match run_locks.hold(run) {
            Ok(lock) => self.run_lock = lock,
            Err(error) => self.unavailable(&error),
        }
    }

    /// Returns the runs of this machine that are not active, and that of this session.
    fn own_runs(&self) -> BTreeSet<String> {
        let runs = self.memory.runs();
        let Some(run_locks) = &self.run_locks else {
            return runs;
        };
        let mut ended = run_locks.ended(runs);
        ended.extend(self.run_lock.as_ref().map(|lock| lock.run().to_owned()));
        ended
    }

    async fn append_pending(&mut self) {
        let has = |event: &Event| self.session.ledger_state().has(&event.id);
        let (known, mut pending): (Vec<Event>, Vec<Event>) =
            self.memory.pending().into_iter().partition(has);
        let lacking = self.memory.lacking(self.session.ledger_state());
        pending.extend(lost_moves(
            self.session.ledger_state(),
            lacking.iter().map(Arc::as_ref),
        ));
        let mut lacking = self
            .memory
            .about_attempts_of(&pending, self.session.ledger_state());
        lacking.extend(pending.iter().cloned());
        if !lacking.is_empty() && self.session.append_all(lacking).await.is_err() {
            return;
        }
        for event in &pending {
            let item = event.item().unwrap_or_default();
            self.notes.push(format!(
                "recorded an event that an earlier run could not write: `{}` of {item}",
                event.kind.name()
            ));
        }
        let taken = known.into_iter().chain(pending);
        self.write(
            taken
                .map(|event| JournalEntry::acknowledged(Arc::new(event), true))
                .collect(),
        );
    }

    /// Adds the ledger's events that the journal lacks.
    pub(super) fn take_in(&mut self) {
        let unknown = self.memory.unknown(self.session.ledger_state());
        let new = unknown.into_iter();
        let new = new.map(|event| JournalEntry::acknowledged(event, false));
        self.write(new.collect());
        let ledger_path = self.checks.ledger_path.clone();
        self.journals.remember_path(&self.id, &ledger_path);
        if !self.memory.ledger_paths.contains(&ledger_path) {
            self.append(&lines::ledger_path_line(&ledger_path));
            self.memory_mut().ledger_paths.insert(ledger_path);
        }
        let live = LiveRuns::Machine {
            runs: self.own_runs(),
            is_held: false,
        };
        self.session.set_live(live);
        self.replay();
        self.keep_memory();
    }

    /// Lets the next session of this process use the memory.
    fn keep_memory(&self) {
        if self.is_locked {
            self.journals.keep(&self.ids, &self.memory);
        }
    }

    /// Returns the memory for a change.
    pub(super) fn memory_mut(&mut self) -> &mut JournalContents {
        self.journals.release();
        Arc::make_mut(&mut self.memory)
    }

    /// Rewrites the journal once most of its lines are redundant.
    fn replay(&mut self) {
        let Some(file) = self.writer.as_ref().map(|writer| writer.journal().clone()) else {
            return;
        };
        let lines = self.memory.len() + self.memory.requests.len();
        if lines < self.memory.checked_lines + SPARE_LINES {
            return;
        }
        if self.run_locks.is_some() && !self.is_locked {
            return;
        }
        self.memory_mut().checked_lines = lines;
        let Ok(now) = self.latest() else { return };
        if lines <= 2 * self.memory.kept_at_least() + SPARE_LINES {
            return;
        }
        let ledger_state: LedgerState = self.memory.events(true).cloned().collect();
        let kept = crate::ledger::compact::compact(&ledger_state, now);
        if lines <= 2 * kept.len() + SPARE_LINES {
            return;
        }
        let kept: BTreeSet<String> = kept.into_iter().map(|event| event.id).collect();
        let memory = self.memory_mut();
        memory.retain(|event| kept.contains(&event.id));
        let left = memory.events(true);
        let left: BTreeSet<String> = left
            .filter_map(|event| event.kind.run().map(str::to_owned))
            .collect();
        memory.runs.retain(|run| left.contains(run));
        let requests = &mut memory.requests;
        requests.retain(|attempt, _| is_open(&ledger_state.attempt(attempt)));
        let abandoned = &mut memory.abandoned;
        abandoned.retain(|attempt, _| is_open(&ledger_state.attempt(attempt)));
        if let Err(error) = file.replace(&self.memory) {
            self.unavailable(&error);
        }
    }

    fn latest(&self) -> Result<jiff::Timestamp, ()> {
        self.memory
            .events(true)
            .map(|event| event.at)
            .max()
            .ok_or(())
    }

    pub(super) fn write(&mut self, entries: Vec<JournalEntry>) {
        if entries.is_empty() {
            return;
        }
        let text: String = entries.iter().map(lines::line).collect();
        self.append(&text);
        self.journals.remember(&self.id, entries.iter().cloned());
        self.journals.release();
        let memory = Arc::make_mut(&mut self.memory);
        match entries.iter().any(|entry| entry.is_pending) {
            true => entries.into_iter().for_each(|entry| memory.insert(entry)),
            false => memory.record(entries, self.session.ledger_state()),
        }
        self.keep_memory();
    }

    /// Writes `events`, which are in the ledger.
    pub(super) fn write_appended(&mut self, events: Vec<Event>) {
        let stored = events.into_iter().map(Arc::new);
        let entries = stored.map(|event| JournalEntry::acknowledged(event, true));
        self.write(entries.collect());
    }

    /// Records the runs of `events` before the events are in the ledger. If this process dies in between,
    /// the next run can see that the claims are not from another machine.
    pub(super) fn remember_runs(&mut self, events: &[Event]) {
        let runs: Vec<&str> = events.iter().filter_map(|event| event.kind.run()).collect();
        runs.into_iter().for_each(|run| self.remember_run(run));
    }

    pub(super) fn remember_run(&mut self, run: &str) {
        self.hold_run(run);
        if !self.memory.runs.contains(run) {
            self.append(&lines::run_line(run));
            self.memory_mut().runs.insert(run.to_owned());
        }
    }

    pub(super) fn append(&mut self, text: &str) {
        let appended = self.writer.as_mut().map(|writer| writer.append(text));
        if let Some(Err(error)) = appended {
            self.unavailable(&error);
        }
    }

    fn unavailable(&mut self, error: &io::Error) {
        if self.is_unavailable {
            return;
        }
        self.is_unavailable = true;
        let code = syndicate_api::Code::JournalUnavailable;
        let hint = code.hint().unwrap_or_default();
        self.notes.push(format!(
            "cannot write the journal of this machine; a rollback of the ledger would not be \
             detected: {error} [{code}]; {hint}"
        ));
    }

    /// Adds the ledger's new notes.
    pub(super) fn take_notes(&mut self) {
        let notes = self.session.notes();
        self.notes.extend(notes.iter().skip(self.noted).cloned());
        self.noted = notes.len();
    }

    pub(super) fn verify_now(&self) -> Option<LedgerError> {
        self.checks.find(self.session.ledger_state(), &self.memory)
    }
}

/// Returns `true` if an attempt with these events may need its requests again.
fn is_open(events: &[&Event]) -> bool {
    match of_attempt(events) {
        Some((_, DeliveryState::Unknown { .. })) => true,
        Some((_, DeliveryState::Sent { follow_ups, .. })) => !follow_ups.is_empty(),
        _ => false,
    }
}

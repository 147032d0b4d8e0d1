//! A ledger session that also writes the journal. The journal is written after the ledger. An outcome
//! that the ledger could not store is written to the journal anyway, for the next run.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use syndicate_api::Prepared;
use tracing::info;
use uuid::Uuid;

use super::checks::Checks;
use super::memory::{JournalContents, JournalEntry};
use super::run_locks::{RunLock, RunLocks};
use super::writer::JournalWriter;
use super::{Journals, lines, lost_moves};
use crate::ledger::delivery_state::of_attempt;
use crate::ledger::{
    ClaimedWork, Decide, DeliveryState, Event, LedgerError, LedgerSession, LedgerState, LiveRuns,
    OfferedDelivery,
};

/// A journal is rewritten once it has twice the necessary lines plus this number.
const SPARE_LINES: usize = 64;

/// Mask of the random increment that a new id adds to the last id of the same millisecond, so that ids
/// stay in order.
const STEP_MASK: u128 = (1 << 40) - 1;

pub(super) struct JournaledSession {
    session: Box<dyn LedgerSession>,
    journals: Arc<Journals>,
    /// The file, if there is a folder for it.
    writer: Option<JournalWriter>,
    /// The first id of the ledger, which names the journal.
    id: String,
    /// All ids of the ledger.
    ids: Vec<String>,
    memory: Arc<JournalContents>,
    /// The locks, held until the session ends.
    locks: Vec<File>,
    notes: Vec<String>,
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
    unrecorded: Vec<Event>,
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
    fn take_in(&mut self) {
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
    fn memory_mut(&mut self) -> &mut JournalContents {
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

    fn write(&mut self, entries: Vec<JournalEntry>) {
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
    fn write_appended(&mut self, events: Vec<Event>) {
        let stored = events.into_iter().map(Arc::new);
        let entries = stored.map(|event| JournalEntry::acknowledged(event, true));
        self.write(entries.collect());
    }

    /// Records the runs of `events` before the events are in the ledger. If this process dies in between,
    /// the next run can see that the claims are not from another machine.
    fn remember_runs(&mut self, events: &[Event]) {
        let runs: Vec<&str> = events.iter().filter_map(|event| event.kind.run()).collect();
        runs.into_iter().for_each(|run| self.remember_run(run));
    }

    fn remember_run(&mut self, run: &str) {
        self.hold_run(run);
        if !self.memory.runs.contains(run) {
            self.append(&lines::run_line(run));
            self.memory_mut().runs.insert(run.to_owned());
        }
    }

    fn append(&mut self, text: &str) {
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
    fn take_notes(&mut self) {
        let notes = self.session.notes();
        self.notes.extend(notes.iter().skip(self.noted).cloned());
        self.noted = notes.len();
    }

    fn verify_now(&self) -> Option<LedgerError> {
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

/// Gives `events` ids that sort after those of the same millisecond in `ledger_state`. Ids order events
/// of one instant, and ids of two processes are random.
fn in_order(ledger_state: &LedgerState, mut events: Vec<Event>) -> Vec<Event> {
    let mut latest: Option<(Timestamp, Uuid)> = None;
    for event in &mut events {
        let Ok(id) = Uuid::parse_str(&event.id) else {
            continue;
        };
        let before = match latest {
            Some((at, id)) if at == event.at => Some(id),
            _ => ledger_state.last_id_at(event.at),
        };
        // A fixed step would give two clones that append at one instant the same id.
        let step = 1 + (id.as_u128() & STEP_MASK);
        let id = before.map_or(id, |before| {
            id.max(Uuid::from_u128(before.as_u128() + step))
        });
        event.id = id.to_string();
        latest = Some((event.at, id));
    }
    events
}

#[async_trait]
impl LedgerSession for JournaledSession {
    fn ledger_state(&self) -> &LedgerState {
        self.session.ledger_state()
    }

    fn set_live(&mut self, live: LiveRuns) {
        self.session.set_live(live);
    }

    fn notes(&self) -> &[String] {
        &self.notes
    }

    fn verify(&self) -> Result<(), LedgerError> {
        self.session.verify()?;
        self.verify_now().map_or(Ok(()), Err)
    }

    fn take_overwritten(&mut self) -> bool {
        self.session.take_overwritten()
    }

    async fn refresh(&mut self) -> Result<(), LedgerError> {
        self.session.refresh().await?;
        self.take_notes();
        if self.verify_now().is_none() {
            self.take_in();
        }
        Ok(())
    }

    fn keep_request(&mut self, attempt: &str, prepared: &Prepared) {
        self.append(&lines::request_line(attempt, prepared));
        let requests = &mut self.memory_mut().requests;
        requests.insert(attempt.to_owned(), prepared.clone());
    }

    fn request(&self, attempt: &str) -> Option<Prepared> {
        self.memory.requests.get(attempt).cloned()
    }

    fn abandoned_since(&mut self, attempt: &str, now: Timestamp) -> Timestamp {
        if let Some(since) = self.memory.abandoned.get(attempt) {
            return *since;
        }
        self.append(&lines::abandoned_line(attempt, now));
        self.memory_mut().abandoned.insert(attempt.to_owned(), now);
        now
    }

    fn unrecorded(&self) -> Vec<Event> {
        let is_lacking = |event: &&Event| !self.ledger_state().has(&event.id);
        self.unrecorded.iter().filter(is_lacking).cloned().collect()
    }

    fn shares_work(&self) -> bool {
        self.session.shares_work()
    }

    fn begin_plan(&mut self) {
        self.session.begin_plan();
    }

    async fn claim(
        &mut self,
        run: &str,
        offered: &[OfferedDelivery<'_>],
    ) -> Result<ClaimedWork, LedgerError> {
        if self.shares_work() {
            self.remember_run(run);
        }
        self.session.claim(run, offered).await
    }

    async fn release(&mut self) {
        self.session.release().await;
    }

    async fn append_decided(
        &mut self,
        events: Vec<Event>,
        decide: Decide<'_>,
    ) -> Result<Option<Vec<Event>>, LedgerError> {
        let events = in_order(self.ledger_state(), events);
        self.remember_runs(&events);
        let appended = self.session.append_decided(events, decide).await;
        self.take_notes();
        if let Ok(Some(events)) = &appended {
            self.write_appended(events.clone());
        }
        appended
    }

    async fn append_all(&mut self, events: Vec<Event>) -> Result<(), LedgerError> {
        let events = in_order(self.ledger_state(), events);
        let entries: Vec<JournalEntry> = events
            .iter()
            .map(|event| JournalEntry::acknowledged(Arc::new(event.clone()), true))
            .collect();
        self.remember_runs(&events);
        let appended = self.session.append_now(events).await;
        self.take_notes();
        let error = match appended {
            Ok(events) => {
                self.write_appended(events);
                return Ok(());
            }
            Err(error) => error,
        };
        let is_outcome = |entry: &JournalEntry| entry.event.kind.is_outcome();
        if entries.iter().all(is_outcome) {
            let events = entries.iter().map(|entry| (*entry.event).clone());
            self.unrecorded.extend(events);
            let pending = entries.into_iter().map(|entry| JournalEntry {
                is_pending: true,
                ..entry
            });
            self.write(pending.collect());
        }
        Err(error)
    }

    async fn finish(&mut self) -> Result<(), LedgerError> {
        let finished = self.session.finish().await;
        self.take_notes();
        finished
    }
}

//! A ledger for tests whose writes follow a script. It survives simulated crashes, can be missing, and its
//! events can be replaced, as git does with a file. As a git ref it has several writers: an append succeeds
//! only on top of all events, otherwise an intent is refused and an outcome is put on top of them.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;

use super::crash;
use crate::ledger::{
    Event, EventKind, LedgerError, LedgerSession, LedgerState, LedgerStore, LiveRuns,
};

/// The result of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Write {
    /// The events are recorded.
    Done,
    /// The events are not recorded, and the program gets an error.
    Refused,
    /// The program crashes before the write.
    CrashBefore,
    /// The program crashes after the write.
    CrashAfter,
}

/// Called with a recorded intent before its request is sent.
pub(super) type AfterIntent = Box<dyn FnOnce(&Event) + Send>;

/// Called before an append, after the session has read the ledger.
pub(super) type BeforeAppend = Box<dyn FnOnce() + Send>;

/// One copy of the ledger. Clones share it.
#[derive(Clone, Default)]
pub(super) struct FlakyLedger(Arc<Shared>);

#[derive(Default)]
struct Shared {
    /// `None` while the file is missing.
    ledger_state: Arc<Mutex<Option<LedgerState>>>,
    /// `true` for a git ref with several writers.
    is_ref: bool,
    script: Mutex<VecDeque<Write>>,
    /// The actions before the next appends.
    before_append: Mutex<VecDeque<Option<BeforeAppend>>>,
    /// The number of intents to skip, and the action that follows the next one.
    after_intent: Mutex<Option<(usize, AfterIntent)>>,
}

impl FlakyLedger {
    /// Returns a git ref and the view of two machines on it. Each has a script of its own.
    pub(super) fn git_ref(content: LedgerState) -> [Self; 2] {
        let ledger_state = Arc::new(Mutex::new(Some(content)));
        [(); 2].map(|()| {
            Self(Arc::new(Shared {
                ledger_state: Arc::clone(&ledger_state),
                is_ref: true,
                ..Shared::default()
            }))
        })
    }

    /// Runs `action` before the append that follows `skipped` others.
    pub(super) fn before_append(&self, skipped: usize, action: BeforeAppend) {
        let mut actions = self.0.before_append.lock().unwrap();
        while actions.len() <= skipped {
            actions.push_back(None);
        }
        actions[skipped] = Some(action);
    }

    /// Sets the results of the next writes. Later writes succeed.
    pub(super) fn expect_writes(&self, script: &[Write]) {
        *self.0.script.lock().unwrap() = script.iter().copied().collect();
    }

    /// Runs `action` after the intent that follows `skipped` others.
    pub(super) fn after_intent(&self, skipped: usize, action: AfterIntent) {
        *self.0.after_intent.lock().unwrap() = Some((skipped, action));
    }

    /// Clears the script and the action after an intent.
    pub(super) fn clear_script(&self) {
        self.expect_writes(&[]);
        self.0.before_append.lock().unwrap().clear();
        self.0.after_intent.lock().unwrap().take();
    }

    /// Returns the set of events, if there is a file.
    pub(super) fn content(&self) -> Option<LedgerState> {
        self.ledger_state().clone()
    }

    /// Replaces the file, or removes it.
    pub(super) fn replace(&self, content: Option<LedgerState>) {
        *self.ledger_state() = content;
    }

    /// Adds events as a merge does; a missing file is created.
    pub(super) fn merge(&self, other: &LedgerState) {
        let events = other.events().into_iter().cloned();
        self.ledger_state().get_or_insert_default().extend(events);
    }

    fn ledger_state(&self) -> MutexGuard<'_, Option<LedgerState>> {
        self.0.ledger_state.lock().unwrap()
    }

    fn take_after_intent(&self, events: &[Event]) -> Option<(AfterIntent, Event)> {
        let is_intent = |event: &&Event| {
            matches!(
                event.kind,
                EventKind::Intent { .. } | EventKind::Probed { .. }
            )
        };
        let intent = events.iter().find(is_intent)?.clone();
        let mut slot = self.0.after_intent.lock().unwrap();
        match slot.as_mut()? {
            (0, _) => Some((slot.take()?.1, intent)),
            (skipped, _) => {
                *skipped -= 1;
                None
            }
        }
    }
}

fn missing() -> LedgerError {
    LedgerError::Missing {
        ledger: "l".to_owned(),
        remembered: None,
    }
}

#[async_trait]
impl LedgerStore for FlakyLedger {
    async fn exists(&self) -> Result<bool, LedgerError> {
        Ok(self.ledger_state().is_some())
    }

    async fn create(&self, first: Event) -> Result<(), LedgerError> {
        self.replace(Some(LedgerState::from_iter([first])));
        Ok(())
    }

    async fn read(&self) -> Result<LedgerState, LedgerError> {
        self.content().ok_or_else(missing)
    }

    async fn lock(&self, _: Duration) -> Result<Box<dyn LedgerSession>, LedgerError> {
        // Only the journal's real lock keeps the copies of one machine from sending at the same time.
        Ok(Box::new(FlakySession {
            ledger_state: self.content().ok_or_else(missing)?,
            ledger: self.clone(),
        }))
    }
}

struct FlakySession {
    ledger_state: LedgerState,
    ledger: FlakyLedger,
}

impl FlakySession {
    /// Runs the action before this append. Reads the ref again if another machine has appended.
    ///
    /// # Errors
    /// [`LedgerError::Overtaken`] if one has, and `events` include an intent.
    fn catch_up(&mut self, events: &[Event]) -> Result<(), LedgerError> {
        let action = self.ledger.0.before_append.lock().unwrap().pop_front();
        if let Some(action) = action.flatten() {
            action();
        }
        let is_claim = |event: &Event| {
            matches!(
                event.kind,
                EventKind::Intent { .. } | EventKind::Probed { .. }
            )
        };
        if self.read_ref()? && events.iter().any(is_claim) {
            let ledger = "l".to_owned();
            return Err(LedgerError::Overtaken { ledger });
        }
        Ok(())
    }

    /// Reads a git ref again. Returns `true` if it has new events.
    fn read_ref(&mut self) -> Result<bool, LedgerError> {
        if !self.ledger.0.is_ref {
            return Ok(false);
        }
        let mut content = self.ledger.content().ok_or_else(missing)?;
        let has_new = content.event_count() != self.ledger_state.event_count();
        content.set_live(self.ledger_state.live().clone());
        self.ledger_state = content;
        Ok(has_new)
    }

    fn write(&mut self, events: Vec<Event>) {
        let mut file = self.ledger.ledger_state();
        file.get_or_insert_default().extend(events.iter().cloned());
        drop(file);
        self.ledger_state.extend(events);
    }
}

#[async_trait]
impl LedgerSession for FlakySession {
    fn ledger_state(&self) -> &LedgerState {
        &self.ledger_state
    }

    fn set_live(&mut self, live: LiveRuns) {
        self.ledger_state.set_live(live);
    }

    fn notes(&self) -> &[String] {
        &[]
    }

    async fn refresh(&mut self) -> Result<(), LedgerError> {
        self.read_ref().map(drop)
    }

    async fn append_all(&mut self, events: Vec<Event>) -> Result<(), LedgerError> {
        self.catch_up(&events)?;
        let next = self.ledger.0.script.lock().unwrap().pop_front();
        match next.unwrap_or(Write::Done) {
            Write::Done => {
                let after = self.ledger.take_after_intent(&events);
                self.write(events);
                if let Some((action, intent)) = after {
                    action(&intent);
                }
                Ok(())
            }
            Write::Refused => Err(LedgerError::Io {
                ledger: "l".to_owned(),
                doing: "write",
                source: io::Error::other("full"),
            }),
            Write::CrashBefore => crash().await,
            Write::CrashAfter => {
                self.write(events);
                crash().await
            }
        }
    }
}

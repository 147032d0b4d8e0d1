//! The right to write to the ledger's file, and what the ledger says. The file may be overwritten in
//! place, cut short or replaced while a run goes on: by `cp`, by an editor that saves an old copy, by
//! a checkout. An outcome that is lost that way would be sent a second time. So the file's end is
//! looked at before and after each write and at the end, and lines of this session that the new
//! content lacks are written again.

use std::time::Duration;

use async_trait::async_trait;
use tokio::time::{Instant, sleep};

use super::file::JsonLines;
use super::locked_file::{LockedFile, SHORT_WAIT};
use crate::ledger::lines::{self, TrailingBytes};
use crate::ledger::{Event, LedgerError, LedgerSession, LedgerState, LiveRuns, wait, wire};

/// The pause between two looks at a file that another program is writing.
const PAUSE: Duration = Duration::from_millis(25);

/// The longest time to wait until a file that another program changed is whole again.
const REST_TIMEOUT: Duration = Duration::from_secs(1);

/// How often lines are written again that keep disappearing, in one call.
const MAX_RECOVERIES: usize = 5;

/// The right to write, with what the ledger says.
pub(super) struct LockedFileSession {
    held: LockedFile,
    ledger_state: LedgerState,
    notes: Vec<String>,
    /// The events that this session wrote, in case another program takes them away.
    written: Vec<Event>,
    /// Set when another program changed the file, until it is asked for.
    overwritten: bool,
}

impl LockedFileSession {
    pub(super) async fn begin(ledger: &JsonLines, timeout: Duration) -> Result<Self, LedgerError> {
        let mut held = LockedFile::lock(ledger, timeout).await?;
        let (events, note) = held.read()?;
        Ok(Self {
            held,
            ledger_state: events.into_iter().collect(),
            notes: note.into_iter().collect(),
            written: Vec::new(),
            overwritten: false,
        })
    }

    /// Returns whether no other program changed the file since this session last read or wrote it.
    pub(super) fn is_current(&mut self) -> Result<bool, LedgerError> {
        self.held.is_current()
    }

    /// Checks that the file holds what this session wrote, and writes again what it lacks.
    async fn keep_up(&mut self) -> Result<(), LedgerError> {
        for _ in 0..MAX_RECOVERIES {
            if self.is_current()? {
                break;
            }
            self.overwritten = true;
            self.recover().await?;
        }
        Ok(())
    }

    /// Takes over the changed file: reads what it says and appends the lines of this session that it
    /// lacks.
    async fn recover(&mut self) -> Result<(), LedgerError> {
        if !self.held.is_at_path() {
            self.held = hold_successor(self.held.ledger()).await?;
        }
        self.wait_until_at_rest().await?;
        self.held.cut_remains()?;
        let (events, mended) = self.held.read()?;
        let mut ledger_state: LedgerState = events.into_iter().collect();
        let insert = |event: &&Event| ledger_state.insert((*event).clone());
        let lost: Vec<&Event> = self.written.iter().filter(insert).collect();
        let text: String = lost.iter().map(|event| wire::line(event)).collect();
        if !lost.is_empty() {
            self.held.write(&text)?;
        }
        let note = changed(&self.held.ledger().name(), lost.len());
        self.notes.extend(mended.into_iter().chain([note]));
        ledger_state.set_live(self.ledger_state.live().clone());
        self.ledger_state = ledger_state;
        Ok(())
    }

    /// Waits until two looks show the same whole content. A copy that is half written looks like a
    /// ledger that is empty, damaged or torn, and what is appended to it would be overwritten.
    async fn wait_until_at_rest(&mut self) -> Result<(), LedgerError> {
        let start = Instant::now();
        let mut before = self.held.bytes()?;
        loop {
            sleep(PAUSE).await;
            let now = self.held.bytes()?;
            if (now == before && is_whole(&now)) || start.elapsed() >= REST_TIMEOUT {
                return Ok(());
            }
            before = now;
        }
    }
}

/// Holds the file that took the place of one that was held. Git and some editors remove a file before
/// they write its successor, so that it may be missing for a moment.
async fn hold_successor(ledger: &JsonLines) -> Result<LockedFile, LedgerError> {
    wait::until(REST_TIMEOUT, || Ok(ledger.path().exists().then_some(()))).await?;
    LockedFile::lock(ledger, SHORT_WAIT).await
}

fn is_whole(bytes: &[u8]) -> bool {
    lines::read("", bytes).is_ok_and(|read| {
        !read.events.is_empty() && !matches!(read.tail, TrailingBytes::Torn { .. })
    })
}

fn changed(ledger: &str, lost: usize) -> String {
    let again = match lost {
        0 => return format!("`{ledger}` was changed by another program during this run"),
        1 => "1 line of this run was lost and is written again".to_owned(),
        lines => format!("{lines} lines of this run were lost and are written again"),
    };
    format!("`{ledger}` was overwritten by another program during this run; {again}")
}

#[async_trait]
impl LedgerSession for LockedFileSession {
    fn ledger_state(&self) -> &LedgerState {
        &self.ledger_state
    }

    fn set_live(&mut self, live: LiveRuns) {
        self.ledger_state.set_live(live);
    }

    fn notes(&self) -> &[String] {
        &self.notes
    }

    async fn append_all(&mut self, events: Vec<Event>) -> Result<(), LedgerError> {
        self.keep_up().await?;
        let text: String = events.iter().map(wire::line).collect();
        self.held.write(&text)?;
        let before = self.written.len();
        self.written.extend(events.iter().cloned());
        // A copy that began at the moment of the write may have taken these very lines away.
        if let Err(error) = self.keep_up().await {
            self.written.truncate(before);
            return Err(error);
        }
        self.ledger_state.extend(events);
        Ok(())
    }

    async fn finish(&mut self) -> Result<(), LedgerError> {
        self.keep_up().await
    }

    fn take_overwritten(&mut self) -> bool {
        std::mem::take(&mut self.overwritten)
    }
}

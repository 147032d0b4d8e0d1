//! A session on the ledger's file.
//!
//! Other programs may overwrite, truncate or replace the file during a run: `cp`, an editor that saves
//! an old copy, a checkout. If an outcome were lost that way, the post would be sent twice. Therefore the
//! end of the file is checked before and after each write and at the end, and lines of this session that
//! the new content lacks are written again.

use std::time::Duration;

use async_trait::async_trait;
use tokio::time::{Instant, sleep};
use tracing::info;

use super::file::JsonLines;
use super::locked_file::{LockedFile, SHORT_WAIT};
use crate::ledger::lines::{self, TrailingBytes};
use crate::ledger::{Event, LedgerError, LedgerSession, LedgerState, LiveRuns, wait, wire};

/// The pause between two reads of a file that another program is writing.
const PAUSE: Duration = Duration::from_millis(25);

/// The maximum time to wait until a file changed by another program is complete.
const REST_TIMEOUT: Duration = Duration::from_secs(1);

/// Maximum number of times that lost lines are written again in one call.
const MAX_RECOVERIES: usize = 5;

/// The locked file with the ledger's state.
pub(super) struct LockedFileSession {
    held: LockedFile,
    ledger_state: LedgerState,
    notes: Vec<String>,
    /// The events written by this session, in case another program removes them.
    written: Vec<Event>,
    /// Set when another program changed the file; cleared by `take_overwritten`.
    overwritten: bool,
}

impl LockedFileSession {
    pub(super) async fn begin(ledger: &JsonLines, timeout: Duration) -> Result<Self, LedgerError> {
        let mut held = LockedFile::lock(ledger, timeout).await?;
        let (ledger_state, note) = held.read()?;
        let events = ledger_state.event_count();
        info!(path = ?ledger.path(), events, "ledger locked and read");
        Ok(Self {
            held,
            ledger_state,
            notes: note.into_iter().collect(),
            written: Vec::new(),
            overwritten: false,
        })
    }

    /// Returns `true` if no other program changed the file since this session last read or wrote it.
    pub(super) fn is_current(&mut self) -> Result<bool, LedgerError> {
        self.held.is_current()
    }

    /// Checks that the file has all events of this session, and writes missing ones again.
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

    /// Reads the changed file and appends the events of this session that it lacks.
    async fn recover(&mut self) -> Result<(), LedgerError> {
        if !self.held.is_at_path() {
            self.held = hold_successor(self.held.ledger()).await?;
        }
        self.wait_until_at_rest().await?;
        self.held.cut_remains()?;
        let (mut ledger_state, mended) = self.held.read()?;
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

    /// Waits until two reads give the same complete content. A half-written copy looks like an empty,
    /// damaged or truncated ledger, and would overwrite appended lines.
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

/// Locks the file that replaced the one locked before. Git and some editors delete a file before they
/// write its replacement, so it may be missing for a moment.
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
        // A copy that started at the moment of the write may have removed these lines.
        if let Err(error) = self.keep_up().await {
            self.written.truncate(before);
            return Err(error);
        }
        // A state that is not shared is extended in place.
        self.held.ledger().remembered.forget();
        self.ledger_state.extend(events);
        self.held.remember(&self.ledger_state);
        Ok(())
    }

    async fn finish(&mut self) -> Result<(), LedgerError> {
        self.keep_up().await
    }

    fn take_overwritten(&mut self) -> bool {
        std::mem::take(&mut self.overwritten)
    }
}

//! The text format of a journal. A line is an event as in the ledger, with a mark if the ledger lacks
//! it, or a path of the ledger, a run of this machine, or the filled requests of an attempt. Truncated lines are ignored.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use syndicate_api::Prepared;

use super::known_lines::{KnownLines, OWN_END};
use super::memory::{JournalContents, JournalEntry};
use crate::ledger::LedgerState;
use crate::ledger::typed_line::{self, LastAttempt};
use crate::ledger::wire;

const OWN: &str = "journal_own";
const PENDING: &str = "journal_pending";
const PLACE: &str = "journal_place";
const RUN: &str = "journal_run";
const REQUEST: &str = "journal_request";
const ABANDONED: &str = "journal_abandoned";

/// Returns the line of `entry`, with its line feed.
pub(super) fn line(entry: &JournalEntry) -> String {
    let mut line = wire::line(&entry.event);
    for (mark, is_set) in [(OWN, entry.is_own), (PENDING, entry.is_pending)] {
        if is_set {
            // Before the end of the object and of the line.
            let end = line.len() - "}\n".len();
            line.insert_str(end, &format!(r#","{mark}":true"#));
        }
    }
    line
}

/// Returns the line of a ledger's path, with its line feed.
pub(super) fn ledger_path_line(ledger_path: &std::path::Path) -> String {
    format!("{}\n", json!({ PLACE: ledger_path }))
}

/// Returns the path in the line of a ledger's path; `None` for other lines, which are not parsed.
pub(super) fn ledger_path_in(line: &[u8]) -> Option<PathBuf> {
    let start = format!(r#"{{"{PLACE}":"#);
    if !line.starts_with(start.as_bytes()) {
        return None;
    }
    let value: Value = serde_json::from_slice(line).ok()?;
    value[PLACE].as_str().map(PathBuf::from)
}

/// Returns the line of a run of this machine, with its line feed.
pub(super) fn run_line(run: &str) -> String {
    format!("{}\n", json!({ RUN: run }))
}

/// Returns the line with the filled requests of an attempt, with its line feed.
pub(super) fn request_line(attempt: &str, prepared: &Prepared) -> String {
    #[derive(Serialize)]
    struct RequestLine<'a> {
        journal_request: &'a str,
        prepared: &'a Prepared,
    }
    let line = RequestLine {
        journal_request: attempt,
        prepared,
    };
    let line = serde_json::to_string(&line).expect("requests hold text and JSON values alone");
    format!("{line}\n")
}

/// Returns the line with the time at which an attempt was first found without an outcome, with its line feed.
pub(super) fn abandoned_line(attempt: &str, since: Timestamp) -> String {
    format!("{}\n", json!({ ABANDONED: attempt, "since": since }))
}

/// Parses the line of an event of this machine in the form in which it is written.
fn own_entry(line: &[u8], last: &mut LastAttempt) -> Option<JournalEntry> {
    let line = line.strip_suffix(OWN_END)?;
    let event = typed_line::parse(&[line, b"}"].concat(), last)?;
    Some(JournalEntry::acknowledged(Arc::new(event), true))
}

/// Reads the lines of a journal.
#[derive(Default)]
pub(super) struct JournalReader<'s> {
    memory: JournalContents,
    last: LastAttempt,
    /// The events that need not be remembered.
    known: Option<KnownLines<'s>>,
}

impl<'s> JournalReader<'s> {
    /// Starts to read the lines of a journal beside `ledger_state`. Acknowledged events that the ledger has as well are
    /// left out.
    pub(super) fn beside(ledger_state: &'s LedgerState) -> Self {
        Self {
            known: Some(KnownLines::new(ledger_state)),
            ..Self::default()
        }
    }

    /// Adds the next line.
    pub(super) fn add(&mut self, line: &[u8]) {
        let memory = &mut self.memory;
        if let Some(known) = &mut self.known
            && let Some(event) = known.find(line)
            && !memory.has(event.id)
        {
            if let Some(run) = event.own_run {
                memory.add_own_run(run);
            }
            return;
        }
        let last = &mut self.last;
        if let Some(entry) = own_entry(line, last) {
            memory.insert(entry);
            return;
        }
        match wire::parse_after(line, last) {
            Ok(mut event) => {
                let is_own = event.rest.remove(OWN).is_some();
                let is_pending = event.rest.remove(PENDING).is_some();
                memory.insert(JournalEntry {
                    event: Arc::new(event),
                    is_own,
                    is_pending,
                });
            }
            Err(_) => add_other(memory, line),
        }
    }

    /// Returns what was read.
    pub(super) fn finish(self) -> JournalContents {
        self.memory
    }
}

/// Adds a line that is not an event.
fn add_other(memory: &mut JournalContents, line: &[u8]) {
    let value: Value = serde_json::from_slice(line).unwrap_or_default();
    memory
        .ledger_paths
        .extend(value[PLACE].as_str().map(PathBuf::from));
    memory.runs.extend(value[RUN].as_str().map(str::to_owned));
    let since = value["since"].as_str().and_then(|since| since.parse().ok());
    if let (Some(attempt), Some(since)) = (value[ABANDONED].as_str(), since) {
        memory.abandoned.insert(attempt.to_owned(), since);
    }
    let prepared = serde_json::from_value(value["prepared"].clone());
    if let (Some(attempt), Ok(prepared)) = (value[REQUEST].as_str(), prepared) {
        memory.requests.insert(attempt.to_owned(), prepared);
    }
}

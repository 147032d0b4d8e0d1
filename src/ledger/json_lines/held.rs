//! The ledger's file while this process alone may write to it. A line is either in it as a whole
//! and on the disk, or not at all.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::time::Duration;

use async_trait::async_trait;

use super::{JsonLines, SHORT_WAIT};
use crate::ledger::lines::{self, Tail};
use crate::ledger::{Book, Event, LedgerError, Live, Session, wire};

/// The locked file. The lock ends with it.
pub(super) struct Held {
    ledger: JsonLines,
    file: File,
    /// Where a line begins whose writing failed and which could not be taken back yet.
    torn: Option<u64>,
}

impl Held {
    pub(super) fn new(ledger: JsonLines, file: File) -> Self {
        Self {
            ledger,
            file,
            torn: None,
        }
    }

    /// Cuts the file off at `length`.
    pub(super) fn cut(&mut self, length: u64) -> Result<(), LedgerError> {
        self.file.set_len(length).map_err(self.ledger.io("write"))
    }

    /// Appends `text` and waits until the disk has it.
    pub(super) fn write(&mut self, text: &str) -> Result<(), LedgerError> {
        self.try_write(text).map_err(self.ledger.io("write"))
    }

    fn try_write(&mut self, text: &str) -> io::Result<()> {
        self.take_back()?;
        let end = self.file.seek(SeekFrom::End(0))?;
        let written = self
            .file
            .write_all(text.as_bytes())
            .and_then(|()| self.file.sync_data());
        if written.is_err() {
            self.torn = Some(end);
            // Should even this fail, the next write tries again before anything else, and the next
            // holder of the lock finds a torn line.
            self.take_back().ok();
        }
        written
    }

    fn take_back(&mut self) -> io::Result<()> {
        if let Some(end) = self.torn {
            self.file.set_len(end)?;
            self.torn = None;
        }
        Ok(())
    }

    /// Reads the file from its start, and mends its end so that lines can be appended. The second
    /// value says what was mended.
    fn read(&mut self) -> Result<(Vec<Event>, Option<String>), LedgerError> {
        let mut bytes = Vec::new();
        self.file
            .rewind()
            .and_then(|()| self.file.read_to_end(&mut bytes))
            .map_err(self.ledger.io("read"))?;
        let name = self.ledger.name();
        let read = lines::read(&name, &bytes)?;
        if read.events.is_empty() {
            return Err(self.ledger.missing());
        }
        let note = match read.tail {
            Tail::Whole => None,
            Tail::Unended => {
                self.write("\n")?;
                None
            }
            Tail::Torn { at, text } => {
                self.cut(at)?;
                Some(format!(
                    "the last line of `{name}` was cut short and is removed: `{text}`"
                ))
            }
        };
        Ok((read.events, note))
    }
}

/// The right to write, with what the ledger says.
pub(super) struct HeldSession {
    held: Held,
    book: Book,
    notes: Vec<String>,
    /// What this session wrote, for the case that the file is replaced under it.
    written: Vec<Event>,
}

impl HeldSession {
    pub(super) async fn begin(ledger: &JsonLines, timeout: Duration) -> Result<Self, LedgerError> {
        let mut held = ledger.hold(timeout).await?;
        let (events, note) = held.read()?;
        Ok(Self {
            held,
            book: events.into_iter().collect(),
            notes: note.into_iter().collect(),
            written: Vec::new(),
        })
    }

    /// Moves over to the file that took the ledger's place, say by a `git pull` in the middle of a
    /// batch, and brings along what that file cannot know: an outcome written to the old one would
    /// be lost, and the post sent a second time.
    async fn follow(&mut self) -> Result<(), LedgerError> {
        let ledger = self.held.ledger.clone();
        let mut new = Self::begin(&ledger, SHORT_WAIT).await?;
        for event in &self.written {
            if new.book.insert(event.clone()) {
                new.held.write(&wire::line(event))?;
            }
        }
        new.written = std::mem::take(&mut self.written);
        new.notes.splice(0..0, self.notes.drain(..));
        *self = new;
        Ok(())
    }
}

#[async_trait]
impl Session for HeldSession {
    fn book(&self) -> &Book {
        &self.book
    }

    fn set_live(&mut self, live: Live) {
        self.book.set_live(live);
    }

    fn notes(&self) -> &[String] {
        &self.notes
    }

    async fn append_all(&mut self, events: Vec<Event>) -> Result<(), LedgerError> {
        if !self.held.ledger.is_at_path(&self.held.file) {
            self.follow().await?;
        }
        let text: String = events.iter().map(wire::line).collect();
        self.held.write(&text)?;
        self.written.extend(events.iter().cloned());
        self.book.extend(events);
        Ok(())
    }
}

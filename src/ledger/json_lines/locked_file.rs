//! The ledger's file while this process holds its lock. A line is either written completely and flushed
//! to the disk, or not at all.
//!
//! The lock excludes other runs of this program, but not `cp`, an editor or git. This module therefore
//! compares the end of the file with what it expects, and never truncates text of another program.

use std::fs::{self, File, Metadata};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::time::Duration;

use super::expected::Expected;
use super::file::JsonLines;
use crate::ledger::file_stamp::FileStamp;
use crate::ledger::lines::TrailingBytes;
use crate::ledger::{LedgerError, LedgerState, wait, wire};

/// The time to wait for the lock if the caller gives none. Other runs hold it only briefly then.
pub(super) const SHORT_WAIT: Duration = Duration::from_secs(5);

/// The locked file. Dropping it releases the lock.
pub(super) struct LockedFile {
    ledger: JsonLines,
    file: File,
    /// The stamp of the file when it was locked.
    locked: Option<FileStamp>,
    /// The stamp of the file when its end was last found to be as expected.
    current: Option<FileStamp>,
    /// The expected end of the file.
    expected: Expected,
    /// Lines whose writing failed and that could not be removed yet.
    torn: Option<String>,
}

impl LockedFile {
    /// Opens and locks the file, waiting at most `timeout`. The caller must read it before writing.
    pub(super) async fn lock(ledger: &JsonLines, timeout: Duration) -> Result<Self, LedgerError> {
        let file = wait::until(timeout, || ledger.try_hold()).await?;
        let file = file.ok_or_else(|| LedgerError::Locked {
            ledger: ledger.name(),
            waited: timeout,
        })?;
        Ok(Self {
            ledger: ledger.clone(),
            locked: FileStamp::of(&file).map_err(ledger.io("read"))?,
            current: None,
            file,
            expected: Expected::default(),
            torn: None,
        })
    }

    /// Returns the ledger of this file.
    pub(super) fn ledger(&self) -> &JsonLines {
        &self.ledger
    }

    /// Empties the file.
    pub(super) fn clear(&mut self) -> Result<(), LedgerError> {
        self.expected = Expected::default();
        self.cut().map_err(self.ledger.io("write"))
    }

    /// Truncates the file to its expected length.
    fn cut(&mut self) -> io::Result<()> {
        self.file.set_len(self.expected.length())?;
        self.torn = None;
        Ok(())
    }

    /// Remembers `ledger_state` as the content of the file, for the next reader of this process.
    pub(super) fn remember(&self, ledger_state: &LedgerState) {
        let remembered = &self.ledger.remembered;
        match self.torn {
            None => remembered.set(self.current, &self.expected, ledger_state),
            Some(_) => remembered.forget(),
        }
    }

    /// Appends `text` and flushes it to the disk.
    pub(super) fn write(&mut self, text: &str) -> Result<(), LedgerError> {
        self.try_write(text).map_err(self.ledger.io("write"))
    }

    fn try_write(&mut self, text: &str) -> io::Result<()> {
        self.current = None;
        if self.torn.is_some() {
            self.cut()?;
        }
        if cfg!(not(unix)) {
            self.file.seek(io::SeekFrom::End(0))?;
        }
        let written = self
            .file
            .write_all(text.as_bytes())
            .and_then(|()| self.file.sync_data());
        if written.is_ok() {
            self.expected.append(text.as_bytes());
        } else {
            self.torn = Some(text.to_owned());
            // If this fails as well, the next write tries it again first, and the next run finds an
            // incomplete line.
            self.cut().ok();
        }
        written
    }

    /// Returns `true` if the file is still the one at the ledger's path.
    pub(super) fn is_at_path(&self) -> bool {
        self.metadata_at_path().is_some()
    }

    /// Returns the metadata of the file if it is still the one at the ledger's path. Git and many editors replace files.
    fn metadata_at_path(&self) -> Option<Metadata> {
        // Without inodes an open file cannot be replaced.
        let Some(locked) = &self.locked else {
            return self.file.metadata().ok();
        };
        let metadata = fs::metadata(self.ledger.path()).ok()?;
        let stamp = FileStamp::new(&metadata)?;
        stamp.is_same_file(locked).then_some(metadata)
    }

    /// Returns `true` if the file is still at its path and ends as expected.
    pub(super) fn is_current(&mut self) -> Result<bool, LedgerError> {
        self.current = None;
        let Some(metadata) = self.metadata_at_path() else {
            return Ok(false);
        };
        let torn = self.torn.as_deref().unwrap_or_default().as_bytes();
        let is_met = self.expected.is_met(&self.file, metadata.len(), torn);
        let is_met = is_met.map_err(self.ledger.io("read"))?;
        if is_met {
            self.current = FileStamp::new(&metadata);
        }
        Ok(is_met)
    }

    /// Returns the whole content of the file.
    pub(super) fn bytes(&mut self) -> Result<Vec<u8>, LedgerError> {
        let mut bytes = Vec::new();
        self.file
            .rewind()
            .and_then(|()| self.file.read_to_end(&mut bytes))
            .map_err(self.ledger.io("read"))?;
        Ok(bytes)
    }

    /// Removes the remains of this process's line behind a shorter copy of the file. Such a copy emptied the
    /// file just before the line was written, and then overwrote the beginning of the line.
    pub(super) fn cut_remains(&mut self) -> Result<(), LedgerError> {
        let bytes = self.bytes()?;
        let start = bytes.len() - self.expected.common_end(&bytes);
        let (copy, remains) = bytes.split_at(start);
        let Some(first) = remains.split_inclusive(|byte| *byte == b'\n').next() else {
            return Ok(());
        };
        if copy.ends_with(b"\n") && wire::parse(first.trim_ascii()).is_err() {
            let cut = self.file.set_len(start as u64);
            cut.map_err(self.ledger.io("write"))?;
        }
        Ok(())
    }

    /// Reads the file from the start, unless this process knows its content, and repairs its end so that lines
    /// can be appended. The second value describes the repair.
    pub(super) fn read(&mut self) -> Result<(LedgerState, Option<String>), LedgerError> {
        if let Some((ledger_state, expected)) = self.ledger.remembered.get(&self.file) {
            self.torn = None;
            self.expected = expected;
            return Ok((ledger_state, None));
        }
        let before = FileStamp::of(&self.file).map_err(self.ledger.io("read"))?;
        let name = self.ledger.name();
        let read = self.ledger.parse_file(&mut self.file)?;
        let ledger_state = read.all.ledger_state;
        if ledger_state.event_count() == 0 {
            return Err(self.ledger.missing());
        }
        self.torn = None;
        self.expected = read.all.expected;
        let remembered = &self.ledger.remembered;
        let note = match read.tail {
            TrailingBytes::Whole => {
                remembered.set_read(&self.file, before, &self.expected, &ledger_state);
                None
            }
            TrailingBytes::Unended => {
                self.write("\n")?;
                None
            }
            TrailingBytes::Torn { at, text } => {
                self.expected =
                    Expected::of_start(&mut self.file, at).map_err(self.ledger.io("read"))?;
                self.cut().map_err(self.ledger.io("write"))?;
                Some(format!(
                    "the last line of `{name}` was incomplete and is removed: `{text}`"
                ))
            }
        };
        Ok((ledger_state, note))
    }
}

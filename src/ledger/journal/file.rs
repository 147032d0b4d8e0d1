//! A journal's file and its lock. All clones and worktrees of one site on a machine share the lock,
//! because their ledgers have the same id, so that only one of them sends at a time.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::lines::{self, JournalReader};
use super::memory::{JournalContents, JournalEntry};
use crate::ledger::file_stamp::FileStamp;
use crate::ledger::{LedgerError, LedgerState, wait};

/// Number of bytes that are read at once.
const PIECE: usize = 128 * 1024;

const EXTENSION: &str = "jsonl";

/// Maximum length of an id that is used as a file name unchanged.
const MAX_NAME: usize = 80;

/// The journal file of one ledger.
#[derive(Clone, Debug)]
pub(super) struct JournalFile {
    path: PathBuf,
}

impl JournalFile {
    /// Returns the journal of the ledger `id` in `folder`.
    pub(super) fn new(folder: &Path, id: &str) -> Self {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let name = if !id.is_empty() && id.len() <= MAX_NAME && id.chars().all(is_plain) {
            id.to_owned()
        } else {
            // The id comes from a file that others may have written, so it may not be safe in a path.
            syndicate_api::sha256_hex(id.as_bytes())
        };
        Self {
            path: folder.join(format!("{name}.{EXTENSION}")),
        }
    }

    /// Returns the journal at `path`, or `None` if the file is not a journal.
    pub(super) fn at(path: PathBuf) -> Option<Self> {
        (path.extension()? == EXTENSION).then_some(Self { path })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the stamp of the file, or `None` if there is none.
    pub(super) fn stamp(&self) -> Option<FileStamp> {
        FileStamp::at(&self.path)
    }

    pub(super) fn read(&self) -> io::Result<JournalContents> {
        self.read_with(JournalReader::default())
    }

    /// Reads the journal without the acknowledged events that `ledger_state` has as well.
    pub(super) fn read_beside(&self, ledger_state: &LedgerState) -> io::Result<JournalContents> {
        self.read_with(JournalReader::beside(ledger_state))
    }

    fn read_with(&self, mut reader: JournalReader<'_>) -> io::Result<JournalContents> {
        self.for_each_line(|line| reader.add(line))?;
        Ok(reader.finish())
    }

    /// Returns `true` if the ledger of this journal was used at `ledger_path`. Parses no event.
    pub(super) fn has_ledger_path(&self, ledger_path: &Path) -> io::Result<bool> {
        let mut has_path = false;
        self.for_each_line(|line| {
            has_path |= lines::ledger_path_in(line).is_some_and(|path| path == ledger_path);
        })?;
        Ok(has_path)
    }

    fn for_each_line(&self, mut take: impl FnMut(&[u8])) -> io::Result<()> {
        let mut file = BufReader::with_capacity(PIECE, File::open(&self.path)?);
        let mut line = Vec::new();
        while file.read_until(b'\n', &mut line)? > 0 {
            take(line.strip_suffix(b"\n").unwrap_or(&line));
            line.clear();
        }
        Ok(())
    }

    /// Replaces the journal's content.
    pub(super) fn replace(&self, memory: &JournalContents) -> io::Result<()> {
        let ledger_paths = memory
            .ledger_paths
            .iter()
            .map(|ledger_path| lines::ledger_path_line(ledger_path));
        let entries = memory
            .entries()
            .map(|entry: &JournalEntry| lines::line(entry));
        let runs = memory.runs.iter().map(|run| lines::run_line(run));
        let requests = memory
            .requests
            .iter()
            .map(|(attempt, prepared)| lines::request_line(attempt, prepared));
        let abandoned = memory
            .abandoned
            .iter()
            .map(|(attempt, since)| lines::abandoned_line(attempt, *since));
        let text: String = ledger_paths
            .chain(runs)
            .chain(entries)
            .chain(requests)
            .chain(abandoned)
            .collect();
        let new = self.path.with_extension("new");
        fs::write(&new, text)?;
        fs::rename(&new, &self.path)
    }

    /// Takes the lock together with other runs, waiting at most `timeout` for one that excludes them. Returns `true` with
    /// the lock while no other run has it.
    ///
    /// # Errors
    /// As [`JournalFile::lock`].
    pub(super) async fn lock_shared(
        &self,
        timeout: Duration,
    ) -> Result<Result<(File, bool), io::Error>, LedgerError> {
        if let Ok(Some(file)) = self.try_lock() {
            return Ok(Ok((file, true)));
        }
        let locked = self.lock_with(timeout, |file| file.try_lock_shared());
        Ok(locked.await?.map(|file| (file, false)))
    }

    fn try_lock(&self) -> io::Result<Option<File>> {
        self.try_lock_with(&|file: &File| file.try_lock())
    }

    fn try_lock_with(
        &self,
        lock: &(dyn Fn(&File) -> Result<(), TryLockError> + Send + Sync),
    ) -> io::Result<Option<File>> {
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder)?;
        }
        let path = self.path.with_extension("lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)?;
        match lock(&file) {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Returns `true` if a run holds the lock.
    pub(super) fn is_locked(&self) -> bool {
        let lock = self.path.with_extension("lock");
        let Ok(file) = File::open(lock) else {
            return false;
        };
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
    }

    /// Takes the lock, waiting at most `timeout` for another run.
    ///
    /// # Errors
    /// The outer error after the timeout, the inner one if the file system does not support locks.
    pub(super) async fn lock(
        &self,
        timeout: Duration,
    ) -> Result<Result<File, io::Error>, LedgerError> {
        self.lock_with(timeout, File::try_lock).await
    }

    async fn lock_with(
        &self,
        timeout: Duration,
        lock: impl Fn(&File) -> Result<(), TryLockError> + Send + Sync,
    ) -> Result<Result<File, io::Error>, LedgerError> {
        let mut refused = None;
        let locked = wait::until(timeout, || match self.try_lock_with(&lock) {
            Ok(locked) => Ok(locked.map(Some)),
            Err(error) => {
                refused = Some(error);
                Ok(Some(None))
            }
        });
        match (locked.await?.flatten(), refused) {
            (Some(file), _) => Ok(Ok(file)),
            (None, Some(error)) => Ok(Err(error)),
            (None, None) => Err(LedgerError::Locked {
                ledger: self.path.display().to_string(),
                waited: timeout,
            }),
        }
    }
}

//! The ledger's file: its path, reading and locking it, and the errors of both.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use tracing::info;

use super::fold_file::FoldFile;
use super::parse::{ParsedFile, parse_file, parse_rest};
use super::remembered::Remembered;
use crate::ledger::file_stamp::FileStamp;
use crate::ledger::lines::TrailingBytes;
use crate::ledger::{LedgerError, LedgerState};

/// A ledger in a file.
#[derive(Clone, Debug)]
pub(crate) struct JsonLines {
    pub(super) path: PathBuf,
    /// The content as this process last read or wrote it.
    pub(super) remembered: Remembered,
    /// The tables of the start of the file in the cache.
    fold: Option<FoldFile>,
}

impl JsonLines {
    /// Creates a ledger in the file `path`, which need not exist.
    #[must_use]
    pub(crate) fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            remembered: Remembered::default(),
            fold: None,
        }
    }

    /// Keeps the tables of a large ledger in the folder `cache`, so that the next run need not parse it again.
    #[must_use]
    pub(crate) fn with_cache(self, cache: Option<&Path>) -> Self {
        let fold = cache.map(|cache| FoldFile::new(&cache.join("ledgers"), &self.path));
        Self { fold, ..self }
    }

    /// Returns the path of the file.
    #[must_use]
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn name(&self) -> String {
        self.path.display().to_string()
    }

    pub(super) fn missing(&self) -> LedgerError {
        LedgerError::Missing {
            ledger: self.name(),
            remembered: None,
        }
    }

    pub(super) fn io(&self, doing: &'static str) -> impl FnOnce(io::Error) -> LedgerError {
        let ledger = self.name();
        move |source| LedgerError::Io {
            ledger,
            doing,
            source,
        }
    }

    pub(super) fn unopened(&self, error: io::Error) -> LedgerError {
        if error.kind() == io::ErrorKind::NotFound {
            self.missing()
        } else {
            self.io("read")(error)
        }
    }

    pub(super) fn unwritable(&self, error: io::Error) -> LedgerError {
        if error.kind() == io::ErrorKind::NotFound {
            self.missing()
        } else {
            self.io("write")(error)
        }
    }

    /// Returns the state of the ledger. Parses the file only if it was changed since it was last parsed.
    pub(super) fn state(&self) -> Result<LedgerState, LedgerError> {
        let mut file = File::open(&self.path).map_err(|error| self.unopened(error))?;
        if let Some((ledger_state, _)) = self.remembered.get(&file) {
            return Ok(ledger_state);
        }
        self.parse(&mut file)
    }

    fn parse(&self, file: &mut File) -> Result<LedgerState, LedgerError> {
        let before = FileStamp::of(file).map_err(self.io("read"))?;
        let read = self.parse_file(file)?;
        let ledger_state = read.all.ledger_state;
        let events = ledger_state.event_count();
        if events == 0 {
            return Err(self.missing());
        }
        info!(path = ?self.path, events, "ledger read");
        if read.tail == TrailingBytes::Whole {
            let remembered = &self.remembered;
            remembered.set_read(file, before, &read.all.expected, &ledger_state);
        }
        Ok(ledger_state)
    }

    /// Parses the part of `file` that this process and the tables in the cache do not know.
    pub(super) fn parse_file(&self, file: &mut File) -> Result<ParsedFile, LedgerError> {
        if let Some(start) = self.remembered.take_start(file)
            && let Ok(parsed) = parse_rest(&self.name(), file, start)
        {
            return Ok(parsed);
        }
        parse_file(&self.name(), file, self.fold.as_ref())
    }

    /// Writes the tables of the whole file, of any length.
    #[cfg(test)]
    pub(in crate::ledger) fn write_tables(&self) -> io::Result<()> {
        let mut file = File::open(&self.path)?;
        let read = parse_file(&self.name(), &mut file, None);
        let fold = self.fold.as_ref().expect("the ledger has a cache");
        fold.save(&read.map_err(io::Error::other)?.all)
    }

    /// Returns `true` if the cache has tables of the start of the file.
    #[cfg(test)]
    pub(in crate::ledger) fn has_tables(&self) -> bool {
        let mut file = File::open(&self.path).unwrap();
        let fold = self.fold.as_ref();
        fold.is_some_and(|fold| fold.load(&mut file).is_some())
    }

    pub(super) fn try_hold(&self) -> Result<Option<File>, LedgerError> {
        let file = for_appending()
            .open(&self.path)
            .map_err(|error| self.unwritable(error))?;
        match file.try_lock() {
            // The file may have been replaced before it was locked; such a lock protects nothing.
            Ok(()) if self.is_at_path(&file) => Ok(Some(file)),
            Ok(()) | Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(self.io("lock")(source)),
        }
    }

    /// Returns `true` if `file` is still the one at the ledger's path. Git and many editors replace files.
    fn is_at_path(&self, file: &File) -> bool {
        match (FileStamp::of(file), FileStamp::at(&self.path)) {
            (Ok(Some(held)), Some(there)) => held.is_same_file(&there),
            // Without inodes an open file cannot be replaced.
            (Ok(None), _) => true,
            _ => false,
        }
    }

    /// Flushes the folder, so that the file's directory entry is durable. For a symbolic link this is the
    /// target's folder.
    #[cfg(unix)]
    pub(super) fn sync_folder(&self) -> io::Result<()> {
        let target = fs::canonicalize(&self.path)?;
        let folder = target.parent().unwrap_or(Path::new("/"));
        File::open(folder)?.sync_all()
    }

    /// Does nothing, since this platform cannot flush folders.
    #[cfg(not(unix))]
    pub(super) fn sync_folder(&self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns options for appending: each write goes to the current end of the file. A write at a computed
/// offset would leave a gap if another program truncated the file in between.
#[cfg(unix)]
fn for_appending() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).append(true);
    options
}

/// Returns options for writing. On this platform other programs cannot write a locked file, and a file
/// opened for appending cannot be truncated.
#[cfg(not(unix))]
fn for_appending() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    options
}

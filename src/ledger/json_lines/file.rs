//! The ledger's file: its path, reading it, locking it, and the errors of both.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use tracing::info;

use crate::ledger::{Event, LedgerError, lines};

/// A ledger in a file.
#[derive(Clone, Debug)]
pub(crate) struct JsonLines {
    pub(super) path: PathBuf,
}

impl JsonLines {
    /// The ledger in the file `path`, which need not be there.
    #[must_use]
    pub(crate) fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The file.
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

    pub(super) fn events(&self) -> Result<Vec<Event>, LedgerError> {
        let bytes = fs::read(&self.path).map_err(|error| self.unopened(error))?;
        let events = lines::read(&self.name(), &bytes)?.events;
        if events.is_empty() {
            return Err(self.missing());
        }
        info!(path = ?self.path, events = events.len(), "ledger read");
        Ok(events)
    }

    pub(super) fn try_hold(&self) -> Result<Option<File>, LedgerError> {
        let file = for_appending()
            .open(&self.path)
            .map_err(|error| self.unwritable(error))?;
        match file.try_lock() {
            // A lock on a file that was replaced in between would guard nothing.
            Ok(()) if self.is_at_path(&file) => Ok(Some(file)),
            Ok(()) | Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(self.io("lock")(source)),
        }
    }

    /// Whether `file` is still the one at the ledger's path; git and many editors replace files.
    #[cfg(unix)]
    pub(super) fn is_at_path(&self, file: &File) -> bool {
        use std::os::unix::fs::MetadataExt;
        let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
        let held = file.metadata().map(identity);
        let there = fs::metadata(&self.path).map(identity);
        matches!((held, there), (Ok(held), Ok(there)) if held == there)
    }

    /// Elsewhere a file that is open cannot be replaced.
    #[cfg(not(unix))]
    pub(super) fn is_at_path(&self, _file: &File) -> bool {
        true
    }

    /// Makes the file's entry in its folder outlive a crash of the machine. Of a symbolic link it is
    /// the target's folder.
    #[cfg(unix)]
    pub(super) fn sync_folder(&self) -> io::Result<()> {
        let target = fs::canonicalize(&self.path)?;
        let folder = target.parent().unwrap_or(Path::new("/"));
        File::open(folder)?.sync_all()
    }

    /// Elsewhere folders cannot be synced.
    #[cfg(not(unix))]
    pub(super) fn sync_folder(&self) -> io::Result<()> {
        Ok(())
    }
}

/// Opens a file so that each write goes to its end, wherever that is by then: were it cut short between
/// a look at its length and a write, the write would leave a gap.
#[cfg(unix)]
fn for_appending() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).append(true);
    options
}

/// Elsewhere a file that is locked cannot be written by others, and one that is open for appending
/// cannot be cut.
#[cfg(not(unix))]
fn for_appending() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    options
}

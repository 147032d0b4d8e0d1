//! The ledger as a file: JSON Lines, one event a line, made to be committed beside pipeline.yaml.
//! The lock is the system's advisory one on the file itself, so a run that died never leaves one
//! behind.
//!
//! It reads and writes on the calling thread. A batch of posts writes a few short lines, and an
//! append that a cancelled run could leave behind half done would cost more than it saves.

mod expected;
mod held;
mod rewrite;
mod session;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;

use super::{Book, Event, LedgerError, Session, Store, lines, wait, wire};
use held::Held;
use session::HeldSession;

/// How long to wait for the lock where no caller says: nobody holds it for long at such a moment.
const SHORT_WAIT: Duration = Duration::from_secs(5);

/// A ledger in a file.
#[derive(Clone, Debug)]
pub struct JsonLines {
    path: PathBuf,
}

impl JsonLines {
    /// The ledger in the file `path`, which need not be there.
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn name(&self) -> String {
        self.path.display().to_string()
    }

    fn missing(&self) -> LedgerError {
        LedgerError::Missing {
            ledger: self.name(),
            remembered: None,
        }
    }

    fn io(&self, doing: &'static str) -> impl FnOnce(io::Error) -> LedgerError {
        let ledger = self.name();
        move |source| LedgerError::Io {
            ledger,
            doing,
            source,
        }
    }

    fn unopened(&self, error: io::Error) -> LedgerError {
        if error.kind() == io::ErrorKind::NotFound {
            self.missing()
        } else {
            self.io("read")(error)
        }
    }

    fn unwritable(&self, error: io::Error) -> LedgerError {
        if error.kind() == io::ErrorKind::NotFound {
            self.missing()
        } else {
            self.io("write")(error)
        }
    }

    fn events(&self) -> Result<Vec<Event>, LedgerError> {
        let bytes = fs::read(&self.path).map_err(|error| self.unopened(error))?;
        let events = lines::read(&self.name(), &bytes)?.events;
        if events.is_empty() {
            return Err(self.missing());
        }
        Ok(events)
    }

    /// Opens the file and locks it, waiting for another holder at most `timeout`.
    async fn hold(&self, timeout: Duration) -> Result<Held, LedgerError> {
        let file = wait::until(timeout, || self.try_hold()).await?;
        let file = file.ok_or_else(|| LedgerError::Locked {
            ledger: self.name(),
            waited: timeout,
        })?;
        Ok(Held::new(self.clone(), file))
    }

    fn try_hold(&self) -> Result<Option<File>, LedgerError> {
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
    fn is_at_path(&self, file: &File) -> bool {
        use std::os::unix::fs::MetadataExt;
        let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
        let held = file.metadata().map(identity);
        let there = fs::metadata(&self.path).map(identity);
        matches!((held, there), (Ok(held), Ok(there)) if held == there)
    }

    /// Elsewhere a file that is open cannot be replaced.
    #[cfg(not(unix))]
    fn is_at_path(&self, _file: &File) -> bool {
        true
    }

    /// Makes the file's entry in its folder outlive a crash of the machine. Of a symbolic link it is
    /// the target's folder.
    #[cfg(unix)]
    fn sync_folder(&self) -> io::Result<()> {
        let target = fs::canonicalize(&self.path)?;
        let folder = target.parent().unwrap_or(Path::new("/"));
        File::open(folder)?.sync_all()
    }

    /// Elsewhere folders cannot be synced.
    #[cfg(not(unix))]
    fn sync_folder(&self) -> io::Result<()> {
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

#[async_trait]
impl Store for JsonLines {
    async fn exists(&self) -> Result<bool, LedgerError> {
        match self.events() {
            Ok(_) | Err(LedgerError::Damaged { .. }) => Ok(true),
            Err(LedgerError::Missing { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn create(&self, first: Event) -> Result<(), LedgerError> {
        OpenOptions::new()
            .append(true)
            .create(true)
            .open(&self.path)
            .map_err(self.io("create"))?;
        let mut held = self.hold(SHORT_WAIT).await?;
        // Asked under the lock, as two runs may create it at once.
        if self.exists().await? {
            return Err(LedgerError::Exists {
                ledger: self.name(),
            });
        }
        held.clear()?;
        held.write(&wire::line(&first))?;
        self.sync_folder().map_err(self.io("write"))
    }

    async fn read(&self) -> Result<Book, LedgerError> {
        Ok(self.events()?.into_iter().collect())
    }

    async fn lock(&self, timeout: Duration) -> Result<Box<dyn Session>, LedgerError> {
        let session = HeldSession::begin(self, timeout).await?;
        Ok(Box::new(session))
    }
}

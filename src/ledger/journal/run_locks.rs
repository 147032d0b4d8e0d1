//! Locks of the runs of this machine, for stores whose workers run at the same time. A run holds its lock while it
//! works, so that the others see at once when it has died.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::PathBuf;

use super::file::JournalFile;

/// The locks of the runs of one ledger on this machine.
#[derive(Clone, Debug)]
pub(super) struct RunLocks {
    folder: PathBuf,
}

/// The lock of a run, which ends with this value.
#[derive(Debug)]
pub(super) struct RunLock {
    run: String,
    path: PathBuf,
    _file: File,
}

impl RunLock {
    /// Returns the run.
    pub(super) fn run(&self) -> &str {
        &self.run
    }
}

impl Drop for RunLock {
    fn drop(&mut self) {
        // A file that stays does not matter: its lock is free.
        drop(fs::remove_file(&self.path));
    }
}

impl RunLocks {
    /// Returns the locks beside `journal`.
    pub(super) fn beside(journal: &JournalFile) -> Self {
        Self {
            folder: journal.path().with_extension("runs"),
        }
    }

    fn path(&self, run: &str) -> PathBuf {
        // The id comes from a file that others may have written, so it may not be safe in a path.
        let name = syndicate_api::sha256_hex(run.as_bytes());
        self.folder.join(name)
    }

    /// Takes the lock of `run`. Another session of the same process may have it already.
    pub(super) fn hold(&self, run: &str) -> io::Result<Option<RunLock>> {
        fs::create_dir_all(&self.folder)?;
        let path = self.path(run);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(RunLock {
                run: run.to_owned(),
                path,
                _file: file,
            })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Returns `true` if `run` holds its lock.
    fn is_held(&self, run: &str) -> bool {
        let Ok(file) = File::open(self.path(run)) else {
            return false;
        };
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
    }

    /// Returns those of `runs` that have ended.
    pub(super) fn ended(&self, runs: BTreeSet<String>) -> BTreeSet<String> {
        let has_ended = |run: &String| !self.is_held(run);
        runs.into_iter().filter(has_ended).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn run_has_ended_when_its_lock_is_free() {
        let folder = tempfile::tempdir().unwrap();
        let locks = RunLocks::beside(&JournalFile::new(folder.path(), "id"));
        let runs = || BTreeSet::from(["a".to_owned(), "b".to_owned()]);
        let held = locks.hold("a").unwrap().unwrap();
        assert_eq!(held.run(), "a");
        assert_eq!(locks.ended(runs()), BTreeSet::from(["b".to_owned()]));
        assert!(locks.hold("a").unwrap().is_none());
        drop(held);
        assert_eq!(locks.ended(runs()), runs());
        assert!(locks.hold("a").unwrap().is_some());
    }
}

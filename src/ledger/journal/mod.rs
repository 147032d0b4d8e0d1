//! This machine's journal: a record of the events that the ledger has accepted, kept in the user's
//! state folder by the ledger's id.
//!
//! Git can roll a committed ledger back, but not the journal. Both are compared before anything is
//! sent. The journal is written after the ledger and not flushed separately, because the ledger still
//! has the events that a crash may take from the journal. It is not a second ledger: it has no effect
//! as long as the ledger is complete.

mod checks;
mod comparison;
mod file;
mod import;
mod known_lines;
mod ledger_session;
mod lines;
mod memory;
mod relocate;
mod restore;
mod rewound;
mod run_locks;
mod session;
mod store;
#[cfg(test)]
mod tests;
mod writer;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::file_stamp::FileStamp;
use super::{LedgerState, StateVersion};
use file::JournalFile;
use memory::{JournalContents, JournalEntry};
#[cfg(test)]
pub(crate) use restore::RestoreReport;
use rewound::lost_moves;
pub(crate) use rewound::weaker;
use run_locks::RunLocks;
pub(crate) use store::JournaledStore;

/// The journals of this machine. There is one value per process; it also remembers the events of this
/// process that could not be written to a file.
#[derive(Debug, Default)]
pub(crate) struct Journals {
    folder: Option<PathBuf>,
    memory: Mutex<BTreeMap<String, JournalContents>>,
    /// Number of changes of `memory`.
    changes: AtomicU64,
    /// The contents as last recalled, as long as nothing changes.
    recalled: Mutex<Option<Recalled>>,
    /// The contents as last recalled beside a ledger of this version.
    beside: Mutex<Option<(StateVersion, Recalled)>>,
}

/// Recalled contents, with everything that they depend on.
#[derive(Debug)]
struct Recalled {
    ids: Vec<String>,
    state: RecallState,
    contents: Arc<JournalContents>,
}

/// The number of changes of the memory of a process, and the stamps of the journals' files.
type RecallState = (u64, Vec<Option<FileStamp>>);

impl Journals {
    /// Creates the journals in `folder`, or in memory without a folder.
    #[must_use]
    pub(crate) fn new(folder: Option<PathBuf>) -> Self {
        Self {
            folder,
            ..Self::default()
        }
    }

    fn file(&self, id: &str) -> Option<JournalFile> {
        Some(JournalFile::new(self.folder.as_ref()?, id))
    }

    /// Returns the locks of the runs of the ledger with these ids.
    fn run_locks(&self, ids: &[String]) -> Option<RunLocks> {
        let file = self.file(ids.first()?)?;
        Some(RunLocks::beside(&file))
    }

    /// Returns everything remembered of the ledger with these ids, in this process and in files.
    fn recall(&self, ids: &[String]) -> Arc<JournalContents> {
        let state = self.state(ids);
        if let Some(recalled) = self.recalled().as_ref()
            && recalled.ids == ids
            && state.as_ref() == Some(&recalled.state)
        {
            return Arc::clone(&recalled.contents);
        }
        let contents = Arc::new(self.read(ids, JournalFile::read));
        self.set_recalled(ids, state, &contents);
        contents
    }

    /// As [`Journals::recall`], without the acknowledged events that `ledger_state` has as well.
    fn recall_beside(&self, ids: &[String], ledger_state: &LedgerState) -> Arc<JournalContents> {
        let state = self.state(ids);
        let is_current =
            |recalled: &&Recalled| recalled.ids == ids && state.as_ref() == Some(&recalled.state);
        if let Some(recalled) = self.recalled().as_ref().filter(is_current) {
            return Arc::clone(&recalled.contents);
        }
        let mut beside = self.beside.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((version, recalled)) = beside.as_ref()
            && *version == ledger_state.version()
            && is_current(&recalled)
        {
            return Arc::clone(&recalled.contents);
        }
        let contents = Arc::new(self.read(ids, |file| file.read_beside(ledger_state)));
        *beside = state.map(|state| {
            let recalled = Recalled {
                ids: ids.to_vec(),
                state,
                contents: Arc::clone(&contents),
            };
            (ledger_state.version(), recalled)
        });
        contents
    }

    /// Takes `contents` as everything remembered of the ledger with these ids. The caller has the lock of the files
    /// and wrote the same there.
    fn keep(&self, ids: &[String], contents: &Arc<JournalContents>) {
        self.set_recalled(ids, self.state(ids), contents);
    }

    /// Lets go of the recalled contents, so that they can be changed without a copy.
    fn release(&self) {
        *self.recalled() = None;
    }

    fn recalled(&self) -> MutexGuard<'_, Option<Recalled>> {
        self.recalled.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_recalled(
        &self,
        ids: &[String],
        state: Option<RecallState>,
        contents: &Arc<JournalContents>,
    ) {
        *self.recalled() = state.map(|state| Recalled {
            ids: ids.to_vec(),
            state,
            contents: Arc::clone(contents),
        });
    }

    /// Returns the state that contents recalled now depend on. Returns `None` if a change of a file would not be
    /// noticed.
    fn state(&self, ids: &[String]) -> Option<RecallState> {
        let files = ids.iter().filter_map(|id| self.file(id));
        let stamps = files.map(|file| match file.stamp() {
            None if file.path().exists() => None,
            stamp => Some(stamp),
        });
        let stamps = stamps.collect::<Option<Vec<_>>>()?;
        Some((self.changes.load(Ordering::Acquire), stamps))
    }

    fn read(
        &self,
        ids: &[String],
        read: impl Fn(&JournalFile) -> io::Result<JournalContents>,
    ) -> JournalContents {
        let mut all = JournalContents::default();
        for (number, id) in ids.iter().enumerate() {
            if let Some(memory) = self.file(id).and_then(|file| read(&file).ok()) {
                match number {
                    0 => all = memory,
                    _ => all.take_in(&memory),
                }
            }
            let memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(memory) = memory.get(id) {
                all.take_in(memory);
            }
        }
        all
    }

    /// Returns the journal contents, held in this process, of ledgers at `ledger_path` with other ids.
    fn recall_others(&self, ledger_path: &Path, ids: &[String]) -> JournalContents {
        let memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let others = memory
            .iter()
            .filter(|(id, of)| !ids.contains(id) && of.ledger_paths.contains(ledger_path));
        let mut all = JournalContents::default();
        others.for_each(|(_, memory)| all.take_in(memory));
        all
    }

    fn count_change(&self) {
        self.changes.fetch_add(1, Ordering::Release);
    }

    /// Remembers, in this process only, that the ledger with this id is at `ledger_path`.
    fn remember_path(&self, id: &str, ledger_path: &Path) {
        self.count_change();
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        memory
            .entry(id.to_owned())
            .or_default()
            .ledger_paths
            .insert(ledger_path.to_owned());
    }

    /// Remembers entries of the ledger with this id, in this process only.
    fn remember(&self, id: &str, entries: impl IntoIterator<Item = JournalEntry>) {
        self.count_change();
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let memory = memory.entry(id.to_owned()).or_default();
        entries.into_iter().for_each(|entry| memory.insert(entry));
    }

    fn forget(&self, id: &str) {
        self.count_change();
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        memory.remove(id);
    }

    /// Returns the id and journal of the ledger that was last used at `ledger_path`.
    fn find_by_path(&self, ledger_path: &Path) -> Option<(String, JournalContents)> {
        let files = std::fs::read_dir(self.folder.as_ref()?).ok()?;
        let files = files.filter_map(|file| JournalFile::at(file.ok()?.path()));
        // The journals of other sites may be long.
        let files = files.filter(|file| file.has_ledger_path(ledger_path).unwrap_or(false));
        let found = files.filter_map(|file| {
            let memory = file.read().ok()?;
            let last = memory.events(true).map(|event| event.at).max()?;
            let ledger_state: LedgerState = memory.events(true).cloned().collect();
            let id = (*ledger_state.ledger_ids().first()?).to_owned();
            Some((last, id, memory))
        });
        let (_, id, memory) = found.max_by_key(|(last, ..)| *last)?;
        Some((id, memory))
    }
}

//! This machine's journal: a record of the events that the ledger has accepted, kept in the user's
//! state folder by the ledger's id.
//!
//! Git can roll a committed ledger back, but not the journal. Both are compared before anything is
//! sent. The journal is written after the ledger and not flushed separately, because the ledger still
//! has the events that a crash may take from the journal. It is not a second ledger: it has no effect
//! as long as the ledger is complete.

mod checks;
mod file;
mod import;
mod lines;
mod memory;
mod relocate;
mod rewound;
mod session;
mod store;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::LedgerState;
use file::JournalFile;
use memory::{JournalContents, JournalEntry};
use rewound::lost_moves;
pub(crate) use rewound::weaker;
pub(crate) use store::JournaledStore;
#[cfg(test)]
pub(crate) use store::RestoreReport;

/// The journals of this machine. There is one value per process; it also remembers the events of this
/// process that could not be written to a file.
#[derive(Debug, Default)]
pub(crate) struct Journals {
    folder: Option<PathBuf>,
    memory: Mutex<BTreeMap<String, JournalContents>>,
}

impl Journals {
    /// Creates the journals in `folder`, or in memory without a folder.
    #[must_use]
    pub(crate) fn new(folder: Option<PathBuf>) -> Self {
        Self {
            folder,
            memory: Mutex::default(),
        }
    }

    fn file(&self, id: &str) -> Option<JournalFile> {
        Some(JournalFile::new(self.folder.as_ref()?, id))
    }

    /// Returns everything remembered of the ledger with these ids, in this process and in files.
    fn recall(&self, ids: &[String]) -> JournalContents {
        let mut all = JournalContents::default();
        for id in ids {
            if let Some(memory) = self.file(id).and_then(|file| file.read().ok()) {
                all.take_in(memory);
            }
            let memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(memory) = memory.get(id) {
                all.take_in(memory.clone());
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
        others.for_each(|(_, memory)| all.take_in(memory.clone()));
        all
    }

    /// Remembers, in this process only, that the ledger with this id is at `ledger_path`.
    fn remember_path(&self, id: &str, ledger_path: &Path) {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        memory
            .entry(id.to_owned())
            .or_default()
            .ledger_paths
            .insert(ledger_path.to_owned());
    }

    /// Remembers entries of the ledger with this id, in this process only.
    fn remember(&self, id: &str, entries: impl IntoIterator<Item = JournalEntry>) {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let memory = memory.entry(id.to_owned()).or_default();
        entries.into_iter().for_each(|entry| memory.insert(entry));
    }

    fn forget(&self, id: &str) {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        memory.remove(id);
    }

    /// Returns the id and journal of the ledger that was last used at `ledger_path`.
    fn find_by_path(&self, ledger_path: &Path) -> Option<(String, JournalContents)> {
        let files = std::fs::read_dir(self.folder.as_ref()?).ok()?;
        let files = files.filter_map(|file| JournalFile::at(file.ok()?.path()));
        let found = files.filter_map(|file| {
            let memory = file.read().ok()?;
            let last = memory.events(true).map(|event| event.at).max()?;
            let ledger_state: LedgerState = memory.events(true).cloned().collect();
            let id = (*ledger_state.ledger_ids().first()?).to_owned();
            memory
                .ledger_paths
                .contains(ledger_path)
                .then_some((last, id, memory))
        });
        let (_, id, memory) = found.max_by_key(|(last, ..)| *last)?;
        Some((id, memory))
    }
}

//! A ledger store combined with this machine's journal.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use super::checks::{Checks, OtherCopies};
use super::memory::JournalContents;
use super::session::{Journal, JournaledSession};
use super::{Journals, lost_moves};
use crate::ledger::{
    Event, LedgerCopy, LedgerError, LedgerSession, LedgerState, LedgerStore, LedgerView, LiveRuns,
};

/// A ledger store whose events are also kept in this machine's journal.
pub(crate) struct JournaledStore<S> {
    pub(super) store: S,
    pub(super) journals: Arc<Journals>,
    /// The absolute path of the ledger, as recorded in the journal.
    pub(super) ledger_path: PathBuf,
    /// The name of the store, if it is not the file name of `ledger_path`.
    name: Option<String>,
    copies: Option<OtherCopies>,
}

impl<S: LedgerStore> JournaledStore<S> {
    /// Combines `store`, whose ledger is at `ledger_path`, with `journals`.
    #[must_use]
    pub(crate) fn new(store: S, journals: Arc<Journals>, ledger_path: &Path) -> Self {
        let ledger_path =
            std::path::absolute(ledger_path).unwrap_or_else(|_| ledger_path.to_owned());
        // Only the folder is resolved: a missing ledger has no link target.
        let folder = ledger_path
            .parent()
            .and_then(|folder| folder.canonicalize().ok());
        let ledger_path = match (folder, ledger_path.file_name()) {
            (Some(folder), Some(name)) => folder.join(name),
            _ => ledger_path,
        };
        Self {
            store,
            journals,
            ledger_path,
            name: None,
            copies: None,
        }
    }

    /// Sets the store's name in `closed` events and messages. Without it, that is the ledger's file.
    #[must_use]
    pub(crate) fn with_name(self, name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            ..self
        }
    }

    /// Also compares the ledger with the copies that `copies` finds.
    #[must_use]
    pub(crate) fn with_copies(
        self,
        copies: impl Fn(&Path, &LedgerState) -> Vec<LedgerCopy> + Send + Sync + 'static,
    ) -> Self {
        Self {
            copies: Some(Arc::new(copies)),
            ..self
        }
    }

    /// Returns the inner store.
    pub(crate) fn store(&self) -> &S {
        &self.store
    }

    /// Returns the sites of the ledger that the journal remembers at this path.
    #[must_use]
    pub(crate) fn remembered_sites(&self) -> Option<BTreeSet<String>> {
        let (_, memory) = self.journals.find_by_path(&self.ledger_path)?;
        let ledger_state: LedgerState = memory.events(true).cloned().collect();
        Some(ledger_state.seen().sites.clone())
    }

    /// Returns the id of the ledger that the journal remembers at this path.
    pub(super) fn remembered_id(&self) -> Option<String> {
        let (id, _) = self.journals.find_by_path(&self.ledger_path)?;
        Some(id)
    }

    /// Adds the sites that the journal remembers to the error for a missing ledger.
    pub(super) fn missed(&self, error: LedgerError) -> LedgerError {
        match error {
            LedgerError::Missing { ledger, .. } => LedgerError::Missing {
                ledger,
                remembered: self.remembered_sites(),
            },
            error => error,
        }
    }

    /// Returns the journal's view of a missing ledger.
    fn survey_missing(&self, error: LedgerError) -> Result<LedgerView, LedgerError> {
        let LedgerError::Missing { ledger, .. } = error else {
            return Err(error);
        };
        let Some((_, memory)) = self.journals.find_by_path(&self.ledger_path) else {
            return Err(LedgerError::Missing {
                ledger,
                remembered: None,
            });
        };
        let ledger_state: LedgerState = memory.events(true).cloned().collect();
        let remembered = Some(ledger_state.seen().sites.clone());
        Ok(LedgerView {
            ledger_state,
            trouble: Some(LedgerError::Missing { ledger, remembered }),
            notes: Vec::new(),
        })
    }

    /// Reads the journal first and then the ledger, whose ids must be `ids`. A run appends an event to the ledger before it
    /// does so to the journal. If the ledger is read first, it lacks what another run recorded between the two reads.
    async fn view_after_journal(
        &self,
        ids: &[String],
    ) -> Result<Option<(LedgerView, Arc<JournalContents>)>, LedgerError> {
        let memory = self.recall(ids);
        match self.store.view().await {
            Ok(view) => Ok((self::ids(&view.ledger_state) == ids).then_some((view, memory))),
            // The ledger was just removed.
            Err(LedgerError::Missing { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Returns the checks for this ledger.
    pub(super) fn checks(&self) -> Checks {
        let file = self.ledger_path.file_name().unwrap_or_default();
        let file = file.to_string_lossy();
        Checks {
            ledger_path: self.ledger_path.clone(),
            store_name: self.name.clone().unwrap_or_else(|| file.into_owned()),
            display_name: self.display_name(),
            copies: self.copies.clone(),
        }
    }

    pub(super) fn display_name(&self) -> String {
        let path = || self.ledger_path.display().to_string();
        self.name.clone().unwrap_or_else(path)
    }
}

#[async_trait]
impl<S: LedgerStore> LedgerStore for JournaledStore<S> {
    async fn exists(&self) -> Result<bool, LedgerError> {
        self.store.exists().await
    }

    async fn create(&self, first: Event) -> Result<(), LedgerError> {
        self.store.create(first).await
    }

    async fn create_all(&self, events: Vec<Event>) -> Result<(), LedgerError> {
        let mut events = events.into_iter();
        let Some(first) = events.next() else {
            return Ok(());
        };
        if self.shares_work() {
            // Other workers must not find a ledger that lacks some of the events.
            self.store
                .create_all([first].into_iter().chain(events).collect())
                .await?;
            drop(self.lock(Duration::ZERO).await?);
            return Ok(());
        }
        self.create(first).await?;
        let mut session = self.lock(Duration::ZERO).await?;
        session.append_all(events.collect()).await?;
        session.finish().await
    }

    fn shares_work(&self) -> bool {
        self.store.shares_work()
    }

    async fn read(&self) -> Result<LedgerState, LedgerError> {
        self.store.read().await.map_err(|error| self.missed(error))
    }

    async fn view(&self) -> Result<LedgerView, LedgerError> {
        let mut view = match self.store.view().await {
            Ok(view) => view,
            Err(error) => return self.survey_missing(error),
        };
        let ids = ids(&view.ledger_state);
        let memory = self.journals.recall_beside(&ids, &view.ledger_state);
        let mut memory = self.with_others(memory, &ids);
        let mut trouble = self.checks().find(&view.ledger_state, &memory);
        if matches!(trouble, Some(LedgerError::Rewound { .. }))
            && let Some(later) = self.view_after_journal(&ids).await?
        {
            (view, memory) = later;
            trouble = self.checks().find(&view.ledger_state, &memory);
        }
        let mut ledger_state = view.ledger_state;
        let mut pending = memory.pending();
        pending.extend(memory.about_attempts_of(&pending, &ledger_state));
        let lacking = memory.lacking(&ledger_state);
        pending.extend(lost_moves(&ledger_state, lacking.iter().map(Arc::as_ref)));
        if matches!(trouble, Some(LedgerError::Rewound { .. })) {
            ledger_state.extend_shared(memory.events(true).cloned().collect());
        } else if !pending.is_empty() {
            ledger_state.extend(pending);
        }
        let files = ids.iter().filter_map(|id| self.journals.file(id));
        let run_locks = self.journals.run_locks(&ids);
        ledger_state.set_live(match run_locks.filter(|_| self.shares_work()) {
            Some(run_locks) => LiveRuns::Machine {
                runs: run_locks.ended(memory.runs()),
                is_held: false,
            },
            None => LiveRuns::Machine {
                runs: memory.runs(),
                is_held: files.into_iter().any(|file| file.is_locked()),
            },
        });
        Ok(LedgerView {
            ledger_state,
            trouble: view.trouble.or(trouble),
            notes: view.notes,
        })
    }

    async fn lock(&self, timeout: Duration) -> Result<Box<dyn LedgerSession>, LedgerError> {
        let session = self.store.lock(timeout).await;
        let mut session = session.map_err(|error| self.missed(error))?;
        let ids = ids(session.ledger_state());
        let is_shared = self.store.shares_work();
        let (locks, refused, is_alone) = match is_shared {
            true => self.share_journals(&ids, timeout).await?,
            false => {
                let (locks, refused) = self.lock_journals(&ids, timeout).await?;
                (locks, refused, true)
            }
        };
        // Another run of this machine may have appended before this one got the journal's lock.
        let refreshed = session.refresh().await;
        refreshed.map_err(|error| self.missed(error))?;
        let journal = Journal {
            journals: Arc::clone(&self.journals),
            memory: self.recall(&ids),
            run_locks: self.journals.run_locks(&ids).filter(|_| is_shared),
            ids,
            checks: self.checks(),
            locks,
            is_alone,
        };
        let journaled = JournaledSession::new(session, journal, refused);
        let journaled = journaled.open().await;
        Ok(Box::new(match is_shared {
            true => journaled.share(),
            false => journaled,
        }))
    }
}

impl<S> JournaledStore<S> {
    /// Locks the journals of the ledger with `ids`, so that its clones on this machine wait. Returns the
    /// reason if the file system does not support locks.
    pub(super) async fn lock_journals(
        &self,
        ids: &[String],
        timeout: Duration,
    ) -> Result<(Vec<File>, Option<io::Error>), LedgerError> {
        let mut locks = Vec::new();
        let mut refused = self.journals.folder.is_none().then(no_folder);
        for file in ids.iter().filter_map(|id| self.journals.file(id)) {
            match file.lock(timeout).await? {
                Ok(lock) => locks.push(lock),
                Err(error) => refused = Some(error),
            }
        }
        Ok((locks, refused))
    }

    /// Locks the journals of the ledger with `ids` together with the other workers of this machine. Returns the reason if
    /// the file system does not support locks, and whether this worker is the only one now.
    async fn share_journals(
        &self,
        ids: &[String],
        timeout: Duration,
    ) -> Result<(Vec<File>, Option<io::Error>, bool), LedgerError> {
        let mut locks = Vec::new();
        let mut refused = None;
        let mut is_alone = true;
        for file in ids.iter().filter_map(|id| self.journals.file(id)) {
            match file.lock_shared(timeout).await? {
                Ok((lock, has_no_other)) => {
                    locks.push(lock);
                    is_alone &= has_no_other;
                }
                Err(error) => refused = Some(error),
            }
        }
        if self.journals.folder.is_none() {
            refused = Some(no_folder());
        }
        Ok((locks, refused, is_alone))
    }

    /// Returns the journal of the ledger with `ids`, and what this process remembers of any other ledger at
    /// the same path: a ledger that was swapped in lacks the posts that this process sent.
    pub(super) fn recall(&self, ids: &[String]) -> Arc<JournalContents> {
        self.with_others(self.journals.recall(ids), ids)
    }

    fn with_others(
        &self,
        mut memory: Arc<JournalContents>,
        ids: &[String],
    ) -> Arc<JournalContents> {
        let others = self.journals.recall_others(&self.ledger_path, ids);
        if others.len() > 0 {
            let memory = Arc::make_mut(&mut memory);
            let entries = others.entries().cloned();
            entries.for_each(|entry| memory.insert(entry));
        }
        memory
    }
}

fn no_folder() -> io::Error {
    io::Error::other("neither `XDG_STATE_HOME` nor `HOME` names a folder")
}

/// Returns the ids of the ledger, in the order in which the journals are locked.
pub(super) fn ids(ledger_state: &LedgerState) -> Vec<String> {
    let ids: BTreeSet<String> = ledger_state
        .ledger_ids()
        .into_iter()
        .map(str::to_owned)
        .collect();
    ids.into_iter().collect()
}

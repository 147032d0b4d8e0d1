//! Restores a ledger from the journal, or discards what only the journal has.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::store::{JournaledStore, ids};
use super::weaker;
use crate::ledger::{LedgerError, LedgerState, LedgerStore, compact};

/// The result of `restore`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RestoreReport {
    /// Number of restored events.
    pub events: usize,
    /// `true` if the whole ledger was missing.
    pub is_new: bool,
}

impl<S: LedgerStore> JournaledStore<S> {
    /// Appends the journal's events without which a delivery is less protected. Writes the whole ledger if
    /// it is missing.
    ///
    /// # Errors
    /// Those of [`LedgerStore::lock`], and [`LedgerError::Missing`] if the journal has no ledger either.
    pub(crate) async fn restore(
        &self,
        now: Timestamp,
        timeout: Duration,
    ) -> Result<RestoreReport, LedgerError> {
        if !self.store.exists().await? {
            return self.restore_all(now, timeout).await;
        }
        let mut session = self.store.lock(timeout).await?;
        let ids = ids(session.ledger_state());
        let _locks = self.lock_journals(&ids, timeout).await?;
        let memory = self.journals.recall(&ids);
        let lacking = memory.lacking(session.ledger_state());
        let mut lost = weaker(session.ledger_state(), lacking.iter().map(Arc::as_ref));
        let mut pending = memory.pending();
        pending.retain(|event| !session.ledger_state().has(&event.id));
        // A pending failure together with a lost intent would look as if nothing had been sent.
        let about = memory.about_attempts_of(&pending, session.ledger_state());
        lost.extend(pending);
        for event in about {
            if lost.iter().all(|known| known.id != event.id) {
                lost.push(event);
            }
        }
        let events = lost.len();
        session.append_all(lost).await?;
        drop(session);
        self.store.confirm().await?;
        Ok(RestoreReport {
            events,
            is_new: false,
        })
    }

    async fn restore_all(
        &self,
        now: Timestamp,
        timeout: Duration,
    ) -> Result<RestoreReport, LedgerError> {
        let Some((id, _)) = self.journals.find_by_path(&self.ledger_path) else {
            self.store.read().await?;
            return Ok(RestoreReport {
                events: 0,
                is_new: false,
            });
        };
        let _locks = self
            .lock_journals(std::slice::from_ref(&id), timeout)
            .await?;
        // Another clone may have changed it since it was first read.
        let Some((_, memory)) = self.journals.find_by_path(&self.ledger_path) else {
            return Err(self.nothing());
        };
        let ledger_state: LedgerState = memory.events(true).cloned().collect();
        let events = compact::compact(&ledger_state, now);
        let count = events.len();
        if events.is_empty() {
            return Err(self.nothing());
        }
        self.store.create_all(events).await?;
        Ok(RestoreReport {
            events: count,
            is_new: true,
        })
    }

    fn nothing(&self) -> LedgerError {
        LedgerError::Missing {
            ledger: self.display_name(),
            remembered: None,
        }
    }

    /// Accepts the ledger as it is and discards events that only the journal has. Returns their number.
    ///
    /// # Errors
    /// Those of [`LedgerStore::lock`], and if the journal cannot be written.
    pub(crate) async fn forget(&self, timeout: Duration) -> Result<usize, LedgerError> {
        let session = self.store.lock(timeout).await?;
        let ledger_state = session.ledger_state();
        let ids = ids(ledger_state);
        let _locks = self.lock_journals(&ids, timeout).await?;
        let memory = self.journals.recall(&ids);
        let lost = memory
            .events(true)
            .filter(|event| !ledger_state.has(&event.id))
            .count();
        for id in &ids {
            self.journals.forget(id);
            let Some(file) = self.journals.file(id) else {
                continue;
            };
            let Ok(mut known) = file.read() else {
                continue;
            };
            known.retain(|event| ledger_state.has(&event.id));
            file.replace(&known).map_err(|source| LedgerError::Io {
                ledger: file.path().display().to_string(),
                doing: "write",
                source,
            })?;
        }
        drop(session);
        self.store.confirm().await?;
        Ok(lost)
    }
}

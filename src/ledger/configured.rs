//! The store that pipeline.yaml names.
//!
//! A session chooses the store once. If pipeline.yaml does not reveal which store it names, every operation
//! fails with the errors of that file, because any other store would lack the sent posts.

use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use syndicate_api::Diagnostics;

use super::{Event, JsonLines, LedgerError, LedgerSession, LedgerState, LedgerStore};

/// The store that pipeline.yaml names.
#[derive(Debug)]
pub(crate) enum ConfiguredStore {
    /// A file beside pipeline.yaml.
    File(JsonLines),
    /// Not known, because pipeline.yaml cannot be read.
    Unreadable(Diagnostics),
}

impl ConfiguredStore {
    /// Returns the name of the store in messages, or `None` if it is not known.
    #[must_use]
    pub(crate) fn shown_name(&self) -> Option<String> {
        match self {
            Self::File(store) => Some(store.path().display().to_string()),
            Self::Unreadable(_) => None,
        }
    }

    /// Removes the events that are redundant at `now`, waiting at most `timeout` for the lock. Returns the
    /// number of events before and after.
    ///
    /// # Errors
    /// Those of [`LedgerStore::lock`], and if the store cannot be written; it is unchanged then.
    pub(crate) async fn compact(
        &self,
        now: Timestamp,
        timeout: Duration,
    ) -> Result<(usize, usize), LedgerError> {
        match self {
            Self::File(store) => store.compact(now, timeout).await,
            Self::Unreadable(faults) => Err(LedgerError::Unconfigured(faults.clone())),
        }
    }

    fn store(&self) -> Result<&dyn LedgerStore, LedgerError> {
        match self {
            Self::File(store) => Ok(store),
            Self::Unreadable(faults) => Err(LedgerError::Unconfigured(faults.clone())),
        }
    }
}

#[async_trait]
impl LedgerStore for ConfiguredStore {
    async fn exists(&self) -> Result<bool, LedgerError> {
        self.store()?.exists().await
    }

    async fn create(&self, first: Event) -> Result<(), LedgerError> {
        self.store()?.create(first).await
    }

    async fn create_all(&self, events: Vec<Event>) -> Result<(), LedgerError> {
        self.store()?.create_all(events).await
    }

    async fn read(&self) -> Result<LedgerState, LedgerError> {
        self.store()?.read().await
    }

    async fn lock(&self, timeout: Duration) -> Result<Box<dyn LedgerSession>, LedgerError> {
        self.store()?.lock(timeout).await
    }
}

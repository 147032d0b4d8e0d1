//! The store that pipeline.yaml names.
//!
//! A session chooses the store once. If pipeline.yaml does not reveal which store it names, or the
//! repository does not have that store, every operation fails, because any other store would lack the sent
//! posts.

use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use syndicate_api::Diagnostics;

use super::{
    Event, FILE_NAME, GitLedger, GitRef, JsonLines, LedgerError, LedgerSession, LedgerState,
    LedgerStore, LedgerView, Postgres, PostgresLedger,
};

/// The options of a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StoreOptions {
    /// The file beside pipeline.yaml.
    File,
    /// A ref of the repository's remote.
    Git(GitLedger),
    /// A PostgreSQL database.
    Postgres(PostgresLedger),
}

/// The store that pipeline.yaml names.
pub(crate) enum ConfiguredStore {
    /// A file beside pipeline.yaml.
    File(JsonLines),
    /// A ref of the repository's remote.
    Git(GitRef),
    /// A PostgreSQL database.
    Postgres(Postgres),
    /// No store, for this reason.
    Unusable(Diagnostics),
}

impl ConfiguredStore {
    /// Returns the name of the store in messages, or `None` if it is not known.
    #[must_use]
    pub(crate) fn shown_name(&self) -> Option<String> {
        match self {
            Self::File(store) => Some(store.path().display().to_string()),
            Self::Git(store) => Some(store.name().to_owned()),
            Self::Postgres(store) => Some(store.name().to_owned()),
            Self::Unusable(_) => None,
        }
    }

    /// Returns the name of the store in `closed` events, which is the same on every machine.
    ///
    /// # Errors
    /// If the store is not known.
    pub(crate) fn recorded_name(&self) -> Result<&str, LedgerError> {
        match self {
            Self::File(_) => Ok(FILE_NAME),
            Self::Git(store) => Ok(store.name()),
            Self::Postgres(store) => Ok(store.name()),
            Self::Unusable(faults) => Err(LedgerError::Unconfigured(faults.clone())),
        }
    }

    /// Returns `true` if both are the same file, the same ref of the same remote, or the same ledger of a database.
    #[must_use]
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::File(a), Self::File(b)) => a.path() == b.path(),
            (Self::Git(a), Self::Git(b)) => a.name() == b.name() && a.remote() == b.remote(),
            (Self::Postgres(a), Self::Postgres(b)) => {
                a.name() == b.name() && a.options().url == b.options().url
            }
            _ => false,
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
            Self::Git(store) => store.compact(now).await,
            Self::Postgres(store) => store.compact(now).await,
            Self::Unusable(faults) => Err(LedgerError::Unconfigured(faults.clone())),
        }
    }

    fn store(&self) -> Result<&dyn LedgerStore, LedgerError> {
        match self {
            Self::File(store) => Ok(store),
            Self::Git(store) => Ok(store),
            Self::Postgres(store) => Ok(store),
            Self::Unusable(faults) => Err(LedgerError::Unconfigured(faults.clone())),
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

    async fn view(&self) -> Result<LedgerView, LedgerError> {
        self.store()?.view().await
    }

    fn shares_work(&self) -> bool {
        self.store().is_ok_and(LedgerStore::shares_work)
    }

    async fn confirm(&self) -> Result<(), LedgerError> {
        self.store()?.confirm().await
    }

    async fn lock(&self, timeout: Duration) -> Result<Box<dyn LedgerSession>, LedgerError> {
        self.store()?.lock(timeout).await
    }
}

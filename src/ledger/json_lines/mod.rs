//! The ledger as a JSON Lines file beside pipeline.yaml, one event per line, to be committed.
//!
//! The lock is the system's advisory lock on the file itself, so a run that crashed leaves no lock.
//! All reads and writes block the calling thread: a batch of posts writes only a few short lines, and an
//! append must not be left half done when a run is cancelled.

mod expected;
mod file;
mod locked_file;
mod parse;
mod remembered;
mod rewrite;
mod session;

use std::fs::OpenOptions;
use std::time::Duration;

use async_trait::async_trait;

use super::{Event, LedgerError, LedgerSession, LedgerState, LedgerStore, wire};
pub(crate) use file::JsonLines;
use locked_file::{LockedFile, SHORT_WAIT};
use session::LockedFileSession;

#[async_trait]
impl LedgerStore for JsonLines {
    async fn exists(&self) -> Result<bool, LedgerError> {
        match self.state() {
            Ok(_) | Err(LedgerError::Damaged { .. }) => Ok(true),
            Err(LedgerError::Missing { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn create(&self, first: Event) -> Result<(), LedgerError> {
        self.create_all(vec![first]).await
    }

    async fn create_all(&self, events: Vec<Event>) -> Result<(), LedgerError> {
        OpenOptions::new()
            .append(true)
            .create(true)
            .open(&self.path)
            .map_err(self.io("create"))?;
        let mut held = LockedFile::lock(self, SHORT_WAIT).await?;
        // Checked under the lock, since two runs may create the ledger at once.
        if self.exists().await? {
            return Err(LedgerError::Exists {
                ledger: self.name(),
            });
        }
        held.clear()?;
        let text: String = events.iter().map(wire::line).collect();
        held.write(&text)?;
        self.sync_folder().map_err(self.io("write"))
    }

    async fn read(&self) -> Result<LedgerState, LedgerError> {
        self.state()
    }

    async fn lock(&self, timeout: Duration) -> Result<Box<dyn LedgerSession>, LedgerError> {
        let session = LockedFileSession::begin(self, timeout).await?;
        Ok(Box::new(session))
    }
}

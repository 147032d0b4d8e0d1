//! The contract of a store: the place of a ledger's events, and the right to write to it.

use std::time::Duration;

use async_trait::async_trait;

use super::{Event, LedgerError, LedgerState, LedgerView, LiveRuns};

/// Where the events lie.
#[async_trait]
pub(crate) trait LedgerStore: Send + Sync {
    /// Returns whether there is a ledger. One without a single event does not count, as it cannot be
    /// distinguished from a lost one.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    async fn exists(&self) -> Result<bool, LedgerError>;

    /// Creates the ledger with the event `first`, which is a [`super::EventKind::Created`].
    ///
    /// # Errors
    /// [`LedgerError::Exists`] when there is one already; it is left as it is.
    async fn create(&self, first: Event) -> Result<(), LedgerError>;

    /// Returns what the ledger says now, without waiting for a writer.
    ///
    /// # Errors
    /// [`LedgerError::Missing`] and [`LedgerError::Damaged`] above all.
    async fn read(&self) -> Result<LedgerState, LedgerError>;

    /// Returns what the ledger says for the eye, together with what this machine remembers, and why
    /// nothing would be sent where that is so.
    ///
    /// # Errors
    /// As [`LedgerStore::read`].
    async fn view(&self) -> Result<LedgerView, LedgerError> {
        let ledger_state = self.read().await?;
        Ok(LedgerView {
            ledger_state,
            trouble: None,
        })
    }

    /// Locks the ledger for writing until the session is dropped. Waits at most `timeout` for another
    /// holder, then reads the ledger: an intent that is open in that book belongs to a process that
    /// died.
    ///
    /// # Errors
    /// [`LedgerError::Locked`] when the wait was in vain, and those of [`LedgerStore::read`].
    async fn lock(&self, timeout: Duration) -> Result<Box<dyn LedgerSession>, LedgerError>;
}

/// The right to write to a ledger. Dropping it gives the right back.
#[async_trait]
pub(crate) trait LedgerSession: Send {
    /// Everything that the ledger says, what this session appended included.
    fn ledger_state(&self) -> &LedgerState;

    /// What a person should know about how the ledger was found, such as a repaired last line.
    fn notes(&self) -> &[String];

    /// Tells the book which runs are known to have ended.
    fn set_live(&mut self, live: LiveRuns);

    /// Compares the ledger with what this machine remembers and with its other copies, as it was when
    /// it was last read. A run that may send asks first.
    ///
    /// # Errors
    /// [`LedgerError::Rewound`], [`LedgerError::Behind`] and [`LedgerError::Moved`].
    fn verify(&self) -> Result<(), LedgerError> {
        Ok(())
    }

    /// Puts `event` on record. When this returns, the event outlives a crash of the machine.
    ///
    /// # Errors
    /// When it could not be written, and then it is not in the book either: [`LedgerError::Io`], or,
    /// for a file that somebody took away or replaced meanwhile, those of [`LedgerStore::lock`].
    async fn append(&mut self, event: Event) -> Result<(), LedgerError> {
        self.append_all(vec![event]).await
    }

    /// Puts many events on record at once, at the cost of one. All of them or none.
    ///
    /// # Errors
    /// As [`LedgerSession::append`].
    async fn append_all(&mut self, events: Vec<Event>) -> Result<(), LedgerError>;

    /// Checks at the end of a run that what this session appended is still on record.
    ///
    /// # Errors
    /// As [`LedgerSession::append`].
    async fn finish(&mut self) -> Result<(), LedgerError> {
        Ok(())
    }

    /// Returns whether another program changed the ledger under this session since this was last
    /// asked.
    fn take_overwritten(&mut self) -> bool {
        false
    }
}

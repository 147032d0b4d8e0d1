//! A ledger that can be written or not, as a script says, and that outlives the program.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;

use super::die;
use crate::ledger::{Book, Event, InMemory, LedgerError, Live, Session, Store};

/// What happens when something is put on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Write {
    /// It is on record.
    Done,
    /// It is not, and that is said.
    Refused,
    /// The program dies before.
    DeadBefore,
    /// The program dies after.
    DeadAfter,
}

/// The ledger.
#[derive(Clone, Default)]
pub(super) struct Frail {
    kept: InMemory,
    script: Arc<Mutex<VecDeque<Write>>>,
}

impl Frail {
    /// Lets the next writes go like this, and all later ones well.
    pub(super) fn expects(&self, script: &[Write]) {
        *self.script.lock().unwrap() = script.iter().copied().collect();
    }
}

#[async_trait]
impl Store for Frail {
    async fn exists(&self) -> Result<bool, LedgerError> {
        self.kept.exists().await
    }

    async fn create(&self, first: Event) -> Result<(), LedgerError> {
        self.kept.create(first).await
    }

    async fn read(&self) -> Result<Book, LedgerError> {
        self.kept.read().await
    }

    async fn lock(&self, timeout: Duration) -> Result<Box<dyn Session>, LedgerError> {
        let kept = self.kept.lock(timeout).await?;
        let script = Arc::clone(&self.script);
        Ok(Box::new(FrailSession { kept, script }))
    }
}

struct FrailSession {
    kept: Box<dyn Session>,
    script: Arc<Mutex<VecDeque<Write>>>,
}

#[async_trait]
impl Session for FrailSession {
    fn book(&self) -> &Book {
        self.kept.book()
    }

    fn set_live(&mut self, live: Live) {
        self.kept.set_live(live);
    }

    fn notes(&self) -> &[String] {
        self.kept.notes()
    }

    async fn append_all(&mut self, events: Vec<Event>) -> Result<(), LedgerError> {
        let next = self.script.lock().unwrap().pop_front();
        match next.unwrap_or(Write::Done) {
            Write::Done => self.kept.append_all(events).await,
            Write::Refused => Err(LedgerError::Io {
                ledger: "l".to_owned(),
                doing: "write",
                source: io::Error::other("full"),
            }),
            Write::DeadBefore => die(),
            Write::DeadAfter => {
                self.kept.append_all(events).await?;
                die()
            }
        }
    }
}

//! A ledger that ends with the process: for rehearsals, which must neither see nor leave traces in
//! the real one. It is there from the start, as a rehearsal needs no baseline.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use super::{Book, Event, LedgerError, Live, Session, Store, wait};

const NAME: &str = "in memory";

/// A ledger that ends with the process. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct InMemory(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    book: Mutex<Book>,
    held: AtomicBool,
}

impl Shared {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<Book> for InMemory {
    fn from(book: Book) -> Self {
        Self(Arc::new(Shared {
            book: Mutex::new(book),
            held: AtomicBool::new(false),
        }))
    }
}

#[async_trait]
impl Store for InMemory {
    async fn exists(&self) -> Result<bool, LedgerError> {
        Ok(true)
    }

    async fn create(&self, _first: Event) -> Result<(), LedgerError> {
        Err(LedgerError::Exists {
            ledger: NAME.to_owned(),
        })
    }

    async fn read(&self) -> Result<Book, LedgerError> {
        Ok(self.0.book().clone())
    }

    async fn lock(&self, timeout: Duration) -> Result<Box<dyn Session>, LedgerError> {
        let held = wait::until(timeout, || {
            let free = !self.0.held.swap(true, Ordering::AcqRel);
            Ok(free.then(|| Held(Arc::clone(&self.0))))
        });
        let held = held.await?.ok_or_else(|| LedgerError::Locked {
            ledger: NAME.to_owned(),
            waited: timeout,
        })?;
        let book = held.0.book().clone();
        Ok(Box::new(InMemorySession { held, book }))
    }
}

/// The only right to write.
struct Held(Arc<Shared>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.held.store(false, Ordering::Release);
    }
}

struct InMemorySession {
    held: Held,
    book: Book,
}

#[async_trait]
impl Session for InMemorySession {
    fn book(&self) -> &Book {
        &self.book
    }

    fn set_live(&mut self, live: Live) {
        self.book.set_live(live);
    }

    fn notes(&self) -> &[String] {
        &[]
    }

    async fn append_all(&mut self, events: Vec<Event>) -> Result<(), LedgerError> {
        self.held.0.book().extend(events.iter().cloned());
        self.book.extend(events);
        Ok(())
    }
}

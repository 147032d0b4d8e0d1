//! A ledger in memory, for the sandbox: sandbox runs must neither read nor change the real ledger. It
//! always exists, since the sandbox needs no baseline.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;

use super::{Event, LedgerError, LedgerSession, LedgerState, LedgerStore, LiveRuns, wait};

const NAME: &str = "in memory";

/// A ledger that exists only as long as the process. Clones share its events.
#[derive(Clone, Debug, Default)]
pub(crate) struct InMemory(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    ledger_state: Mutex<LedgerState>,
    held: AtomicBool,
}

impl Shared {
    fn ledger_state(&self) -> MutexGuard<'_, LedgerState> {
        self.ledger_state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<LedgerState> for InMemory {
    fn from(ledger_state: LedgerState) -> Self {
        Self(Arc::new(Shared {
            ledger_state: Mutex::new(ledger_state),
            held: AtomicBool::new(false),
        }))
    }
}

#[async_trait]
impl LedgerStore for InMemory {
    async fn exists(&self) -> Result<bool, LedgerError> {
        Ok(true)
    }

    async fn create(&self, _first: Event) -> Result<(), LedgerError> {
        Err(LedgerError::Exists {
            ledger: NAME.to_owned(),
        })
    }

    async fn read(&self) -> Result<LedgerState, LedgerError> {
        Ok(self.0.ledger_state().clone())
    }

    async fn lock(&self, timeout: Duration) -> Result<Box<dyn LedgerSession>, LedgerError> {
        let held = wait::until(timeout, || {
            let free = !self.0.held.swap(true, Ordering::AcqRel);
            Ok(free.then(|| LockedLedger(Arc::clone(&self.0))))
        });
        let held = held.await?.ok_or_else(|| LedgerError::Locked {
            ledger: NAME.to_owned(),
            waited: timeout,
        })?;
        let ledger_state = held.0.ledger_state().clone();
        Ok(Box::new(InMemoryLedgerSession { held, ledger_state }))
    }
}

/// The session that holds the lock.
struct LockedLedger(Arc<Shared>);

impl Drop for LockedLedger {
    fn drop(&mut self) {
        self.0.held.store(false, Ordering::Release);
    }
}

struct InMemoryLedgerSession {
    held: LockedLedger,
    ledger_state: LedgerState,
}

#[async_trait]
impl LedgerSession for InMemoryLedgerSession {
    fn ledger_state(&self) -> &LedgerState {
        &self.ledger_state
    }

    fn set_live(&mut self, live: LiveRuns) {
        self.ledger_state.set_live(live);
    }

    fn notes(&self) -> &[String] {
        &[]
    }

    async fn append_all(&mut self, events: Vec<Event>) -> Result<(), LedgerError> {
        self.held.0.ledger_state().extend(events.iter().cloned());
        self.ledger_state.extend(events);
        Ok(())
    }
}

//! What each checkout last fetched of the pushed ledger. The store asks for it by path alone, so that
//! it is kept here by path.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use crate::ledger::{Event, LedgerCopy, LedgerState};

static FETCHED: Mutex<BTreeMap<PathBuf, Vec<Event>>> = Mutex::new(BTreeMap::new());

fn fetched() -> MutexGuard<'static, BTreeMap<PathBuf, Vec<Event>>> {
    // A history that fails must not fail those that follow it.
    FETCHED
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Returns the upstream branch's copy of the ledger at `place`, as last fetched.
pub(super) fn copies(place: &Path) -> Vec<LedgerCopy> {
    let events = fetched().get(place).cloned();
    let copy = events.map(|events| LedgerCopy {
        name: "origin/main".to_owned(),
        events,
    });
    copy.into_iter().collect()
}

/// Records that the checkout at `place` has fetched `pushed`.
pub(super) fn fetch(place: &Path, pushed: &LedgerState) {
    let events = pushed.events().into_iter().cloned().collect();
    fetched().insert(place.to_owned(), events);
}

/// Forgets the checkout at `place`.
pub(super) fn remove(place: &Path) {
    fetched().remove(place);
}

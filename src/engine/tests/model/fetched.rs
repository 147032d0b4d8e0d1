//! The pushed ledger as each checkout last fetched it, keyed by path, because the store's callback gets
//! only a path.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use crate::ledger::{Event, LedgerCopy, LedgerState};

static FETCHED: Mutex<BTreeMap<PathBuf, Vec<Event>>> = Mutex::new(BTreeMap::new());

fn fetched() -> MutexGuard<'static, BTreeMap<PathBuf, Vec<Event>>> {
    // A failed history must not fail later ones.
    FETCHED
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Returns the upstream branch's copy of the ledger at `place`, as last fetched.
pub(super) fn copies(place: &Path) -> Vec<LedgerCopy> {
    let events = fetched().get(place).cloned();
    let copy = events.map(|events| LedgerCopy {
        hint: None,
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

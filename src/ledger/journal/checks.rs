//! Compares a ledger with this machine's journal and with its other copies.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::memory::JournalContents;
use super::rewound::weaker;
use crate::ledger::order::in_time;
use crate::ledger::{Event, EventKind, LedgerCopy, LedgerError, LedgerState};

/// Finds other copies of the ledger at a path, such as that of the upstream branch.
pub(super) type OtherCopies = Arc<dyn Fn(&Path, &LedgerState) -> Vec<LedgerCopy> + Send + Sync>;

/// Finds the error that prevents sending, the most serious first.
#[derive(Clone)]
pub(super) struct Checks {
    pub(super) ledger_path: PathBuf,
    /// The name of the ledger's store, as in `closed` events.
    pub(super) store_name: String,
    /// The ledger's name in messages.
    pub(super) display_name: String,
    pub(super) copies: Option<OtherCopies>,
}

impl Checks {
    /// Compares the ledger with the journal, then with its other copies.
    pub(super) fn find(
        &self,
        ledger_state: &LedgerState,
        memory: &JournalContents,
    ) -> Option<LedgerError> {
        if let Err(moved) = self.check_open(ledger_state, memory) {
            return Some(moved);
        }
        let ledger = self.display_name.clone();
        let lacking = memory.lacking(ledger_state);
        let lost = weaker(ledger_state, lacking.iter().map(Arc::as_ref));
        if !lost.is_empty() {
            let lost = items(&lost);
            return Some(LedgerError::Rewound { ledger, lost });
        }
        self.behind(ledger_state)
    }

    /// Checks that the ledger was not moved to another store.
    ///
    /// # Errors
    /// [`LedgerError::Moved`].
    pub(super) fn check_open(
        &self,
        ledger_state: &LedgerState,
        memory: &JournalContents,
    ) -> Result<(), LedgerError> {
        match self.moved_to(ledger_state, memory) {
            None => Ok(()),
            Some(to) => Err(LedgerError::Moved {
                ledger: self.display_name.clone(),
                to,
            }),
        }
    }

    /// Returns the store that the ledger was last moved to, unless it is this one. The journal counts too:
    /// the checkout of an old branch brings back a ledger file that is not closed yet.
    fn moved_to(&self, ledger_state: &LedgerState, memory: &JournalContents) -> Option<String> {
        let last = ledger_state
            .last_move()
            .into_iter()
            .chain(memory.moves())
            .max_by(|a, b| in_time(a, b))?;
        match &last.kind {
            EventKind::Closed { to } if *to != self.store_name => Some(to.clone()),
            _ => None,
        }
    }

    fn behind(&self, ledger_state: &LedgerState) -> Option<LedgerError> {
        let copies = self.copies.as_ref()?(&self.ledger_path, ledger_state);
        copies.into_iter().find_map(|copy| {
            let lost = weaker(ledger_state, &copy.events);
            (!lost.is_empty()).then(|| LedgerError::Behind {
                ledger: self.display_name.clone(),
                copy: copy.name,
                lost: items(&lost),
                hint: copy.hint,
            })
        })
    }
}

/// Returns the items of `events`, for display.
fn items(events: &[Event]) -> Vec<String> {
    let items: BTreeSet<&str> = events.iter().filter_map(Event::item).collect();
    items.into_iter().map(str::to_owned).collect()
}

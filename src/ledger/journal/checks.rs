//! Compares a ledger with this machine's journal and with its other copies.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::memory::JournalContents;
use super::rewound::weaker;
use crate::ledger::{Event, LedgerCopy, LedgerError, LedgerState};

/// Finds other copies of a ledger, such as that of the upstream branch.
pub(crate) type OtherCopies = fn(&Path) -> Vec<LedgerCopy>;

/// Finds the error that prevents sending, the most serious first.
#[derive(Clone, Debug)]
pub(super) struct Checks {
    pub(super) ledger_path: PathBuf,
    pub(super) copies: Option<OtherCopies>,
}

impl Checks {
    /// Compares the ledger with the journal, then with its other copies.
    pub(super) fn find(
        &self,
        ledger_state: &LedgerState,
        memory: &JournalContents,
    ) -> Option<LedgerError> {
        let ledger = self.ledger_path.display().to_string();
        if let Some(to) = ledger_state.closed() {
            let to = to.to_owned();
            return Some(LedgerError::Moved { ledger, to });
        }
        let lost = weaker(ledger_state, memory.events(false));
        if !lost.is_empty() {
            let lost = items(&lost);
            return Some(LedgerError::Rewound { ledger, lost });
        }
        self.behind(ledger_state)
    }

    fn behind(&self, ledger_state: &LedgerState) -> Option<LedgerError> {
        let copies = self.copies?(&self.ledger_path);
        copies.into_iter().find_map(|copy| {
            let lost = weaker(ledger_state, &copy.events);
            (!lost.is_empty()).then(|| LedgerError::Behind {
                ledger: self.ledger_path.display().to_string(),
                copy: copy.name,
                lost: items(&lost),
            })
        })
    }
}

/// Returns the items of `events`, for display.
fn items(events: &[Event]) -> Vec<String> {
    let items: BTreeSet<&str> = events.iter().filter_map(Event::item).collect();
    items.into_iter().map(str::to_owned).collect()
}

//! A read-only view of the ledger.

use std::collections::BTreeSet;

use super::{LedgerError, LedgerState};

/// The ledger's state for display, with the error that prevents sending, if any.
#[derive(Debug, Default)]
pub(crate) struct LedgerView {
    /// The ledger's state, completed by the journal's events that the ledger lacks.
    pub ledger_state: LedgerState,
    /// The error that prevents sending.
    pub trouble: Option<LedgerError>,
    /// Notes for the user about this view, such as the age of a state that was read offline.
    pub notes: Vec<String>,
}

impl LedgerView {
    /// Removes events that the journal remembers from another site's ledger at the same path.
    #[must_use]
    pub(crate) fn of_sites(self, own: &BTreeSet<String>) -> Self {
        match self.trouble {
            Some(LedgerError::Missing {
                ledger,
                remembered: Some(sites),
            }) if !sites.is_empty() && !own.is_empty() && sites.is_disjoint(own) => Self {
                ledger_state: LedgerState::default(),
                trouble: Some(LedgerError::Missing {
                    ledger,
                    remembered: None,
                }),
                notes: self.notes,
            },
            _ => self,
        }
    }
}

//! The ledger as a reader sees it who does not mean to write.

use std::collections::BTreeSet;

use super::{LedgerError, LedgerState};

/// What the ledger says for the eye, with what keeps a run from sending.
#[derive(Debug, Default)]
pub(crate) struct LedgerView {
    /// The ledger, together with the journal where the ledger lacks something.
    pub ledger_state: LedgerState,
    /// Why nothing would be sent.
    pub trouble: Option<LedgerError>,
}

impl LedgerView {
    /// The same without what the journal remembers of another site's ledger at the same place.
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
            },
            _ => self,
        }
    }
}

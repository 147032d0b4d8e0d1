//! Items that were matched with the recorded posts, for a run that finds the ledger unchanged.

use syndicate_api::Context;

use super::identity::{Identities, moved_events};
use super::{PipelineScan, StageChain, pipeline_names};
use crate::ledger::{Ids, LedgerState, StateVersion};

/// Items that were matched with the recorded posts of a ledger that had all names, keys and evidence, and no open
/// attempts. A run that finds the ledger unchanged need not match all items again.
pub(crate) struct MatchedItems {
    /// The version of the ledger's state.
    pub(super) version: StateVersion,
    /// The items.
    pub(super) scanned: PipelineScan,
    /// Their identities.
    pub(super) identities: Identities,
}

/// Returns `true` if the ledger has everything that a run would record before it sends: the names of the
/// pipeline, and the keys and evidence of recorded posts.
#[must_use]
pub(super) fn is_up_to_date(
    (stages, scanned, identities): (&StageChain, &PipelineScan, &Identities),
    ledger_state: &LedgerState,
    cx: &Context,
    ids: &dyn Ids,
) -> bool {
    pipeline_names::known_event(ledger_state, (stages, scanned), cx, ids).is_none()
        && moved_events(scanned, identities, ledger_state, cx, ids).is_empty()
}

//! Which item is which post on record. Keys decide first, by rank; what no key decides is compared by
//! evidence (title, day, text), and where that is not clear a person is asked rather than the post sent
//! again. Matching needs the whole scan, since a path or an address that another item has is no sign.

mod claims;
mod compare;
mod moves;
mod recorded_post;
mod records;
mod relation;
mod vanished;

use syndicate_api::{Code, Diagnostic};

use self::claims::Claims;
use self::records::Records;
use super::{PipelineScan, StageChain};
use crate::ledger::LedgerState;

pub(super) use self::claims::{last_path, last_url};
pub(super) use self::moves::{keys_of, moved_events};
pub(super) use self::relation::{Identity, KnownPost, Relation};

/// The identity of each item of a scan, in the order of its items.
#[derive(Clone, Debug, Default)]
pub(super) struct Identities {
    identities: Vec<Identity>,
    /// Items that lead to the same delivery.
    pub(super) faults: Vec<Diagnostic>,
    /// The indices of those items.
    clashing: Vec<usize>,
}

impl Identities {
    /// Finds out which post on record each item of `scanned` is.
    pub(super) fn of(
        scanned: &PipelineScan,
        ledger_state: &LedgerState,
        stages: &StageChain,
    ) -> Self {
        let claims = Claims::of(scanned, ledger_state);
        let mut identities: Vec<Identity> = claims
            .groups
            .iter()
            .map(|groups| Identity {
                groups: groups.clone(),
                relation: Relation::Keys,
            })
            .collect();
        let records = Records::of(scanned, ledger_state, stages, &claims);
        records.find_displaced(&mut identities, &claims);
        records.find_replaced(&mut identities);
        records.find_moved(&mut identities);
        records.find_copies(&mut identities);
        let faults = claims
            .clashes
            .iter()
            .flat_map(|clash| faults(scanned, clash));
        Self {
            identities,
            faults: faults.collect(),
            clashing: claims.clashes.iter().flatten().copied().collect(),
        }
    }

    /// Returns the identity of the item with this index.
    pub(super) fn get(&self, index: usize) -> &Identity {
        &self.identities[index]
    }

    /// Returns whether the item with this index leads to the same delivery as another one.
    pub(super) fn is_clashing(&self, index: usize) -> bool {
        self.clashing.contains(&index)
    }
}

fn faults(scanned: &PipelineScan, clash: &[usize]) -> Vec<Diagnostic> {
    let label = |index: &usize| scanned.items[*index].1.label().to_owned();
    clash
        .iter()
        .map(|index| {
            let others = clash.iter().filter(|other| *other != index);
            let others: Vec<String> = others.map(|other| format!("`{}`", label(other))).collect();
            let others = others.join(", ");
            let message = format!("the ledger knows it as the same post as {others}");
            Diagnostic::new(Code::IdentityClash, message)
                .in_file(label(index))
                .with_hint("give one of them a `syndicate.id` of its own")
        })
        .collect()
}

//! Looks up recorded posts: whether a group has one, and whether it is another post than an item.

use syndicate_api::{Item, ItemEvidence};

use super::compare::Comparison;
use crate::ledger::{GroupId, LedgerState};

/// Returns `true` if the post of `group` exists, may exist, existed or was adopted.
pub(super) fn is_on_record(ledger_state: &LedgerState, group: GroupId, sinks: &[&str]) -> bool {
    let is_on = |sink: &&str| ledger_state.is_on_record(group, sink);
    sinks.iter().any(is_on)
}

/// Returns `true` if the group has evidence, and all of it is that of another post than `item`.
pub(super) fn has_other_evidence(ledger_state: &LedgerState, group: GroupId, item: &Item) -> bool {
    let compare = |evidence: &ItemEvidence| -> Vec<Comparison> {
        let versions = ledger_state.evidence_of(group);
        versions
            .map(|version| Comparison::of(&version, evidence, |_| false))
            .collect()
    };
    // Title and day alone are enough to recognise almost every post, and reading its text takes longer.
    let without_text = compare(item.evidence_without_text());
    !without_text.is_empty()
        && !without_text.iter().any(Comparison::has_equal)
        && compare(&item.evidence()).iter().all(Comparison::is_another)
}

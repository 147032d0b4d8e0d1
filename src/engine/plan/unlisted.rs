//! Names the deliveries with an unknown outcome that a plan does not list: those of posts that are gone or
//! not selected, and of sinks that pipeline.yaml no longer has.

use jiff::Timestamp;
use syndicate_api::Code;

use super::{Action, Plan, PlanEntry};
use crate::engine::{OpenAttempt, open_attempts};
use crate::ledger::LedgerState;

/// Adds a note for each delivery with an unknown outcome that `plan` does not list. An attempt that another
/// run may still be sending is not unknown yet.
pub(super) fn add_unlisted(plan: &mut Plan, ledger_state: &LedgerState, now: Timestamp) {
    for open in open_attempts(ledger_state, None, None) {
        let is_claimed = open.claimed_until(ledger_state, now).is_some();
        if open.is_duplicate || is_claimed || is_listed(plan, &open, ledger_state) {
            continue;
        }
        plan.has_unlisted_unknown = true;
        let code = Code::OutcomeUnknown;
        let (item, sink) = (&open.attempt.item, &open.attempt.sink);
        plan.notes.push(format!(
            "the outcome of `{item}` on `{sink}` is unknown: {} [{code}]; look at the platform for it, then \
             run `syndicate settle {item}`",
            open.message
        ));
    }
}

fn is_listed(plan: &Plan, open: &OpenAttempt, ledger_state: &LedgerState) -> bool {
    let groups = ledger_state.groups_of(&open.attempt.keys);
    let is_same = |entry: &PlanEntry| {
        entry.sink == open.attempt.sink && entry.groups.iter().any(|group| groups.contains(group))
    };
    let mut entries = plan.entries.iter().filter(|entry| is_same(entry));
    // A request with an idempotency key is repeated.
    entries.any(|entry| entry.code == Code::OutcomeUnknown || entry.action == Action::Send)
}

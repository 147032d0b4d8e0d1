//! Counts the posts of a sink, for `max_per_run` and `spacing`.

use jiff::{SignedDuration, Timestamp};

use super::model::{Planning, QuotaScope};
use crate::ledger::{LedgerState, SendHistory};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The posts that one sink got so far, including those of this plan.
pub(super) struct RateLimit {
    pub(super) send_history: SendHistory,
    /// Number of posts that already count toward `max_per_run`.
    pub(super) used: usize,
    /// Number of posts that this plan sends.
    pub(super) planned: usize,
}

impl RateLimit {
    /// Returns the rate limit of each sink.
    pub(super) fn of_sinks(
        planning: &Planning<'_>,
        ledger_state: &LedgerState,
        now: Timestamp,
    ) -> Vec<Self> {
        let rate_limit = |name: &str| {
            let send_history = ledger_state.send_history(name);
            let used = match planning.quota {
                QuotaScope::Run(before) => send_history.since(&before.send_history(name)),
                QuotaScope::NextRun => 0,
                QuotaScope::Day => send_history.after(now - DAY),
            };
            Self {
                used,
                send_history,
                planned: 0,
            }
        };
        let names = planning.stages.sink_names().into_iter();
        names.map(rate_limit).collect()
    }
}

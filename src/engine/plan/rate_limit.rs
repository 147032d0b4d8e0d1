//! Counts the posts of a sink, for `max_per_run` and `spacing`.

use jiff::{SignedDuration, Timestamp};

use super::model::{Planning, QuotaScope};
use crate::ledger::LedgerState;

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The posts that one sink got so far, including those of this plan.
pub(super) struct RateLimit {
    /// The time of the last one.
    pub(super) last: Option<Timestamp>,
    /// The time before which the platform accepts no further post, with its message.
    pub(super) throttled: Option<(Timestamp, String)>,
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
            let used = match planning.quota {
                QuotaScope::Run(before) => {
                    let before = before.send_history(name);
                    ledger_state.send_history(name).since(&before)
                }
                QuotaScope::NextRun => 0,
                QuotaScope::Day => ledger_state.sent_after(name, now - DAY),
            };
            Self {
                last: ledger_state.last_sent(name),
                throttled: ledger_state.throttled(name),
                used,
                planned: 0,
            }
        };
        let names = planning.stages.sink_names().into_iter();
        names.map(rate_limit).collect()
    }
}

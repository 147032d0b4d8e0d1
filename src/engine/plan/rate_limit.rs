//! Counts the posts of a sink, for `max_per_run` and `spacing`.

use jiff::{SignedDuration, Timestamp};
use syndicate_api::Item;

use super::entry::PlanEntry;
use super::guard::{self, SkipReason};
use super::model::{Planning, QuotaScope};
use crate::config::Policy;
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
        let names = planning.stages.sink_names().into_iter();
        names
            .map(|name| Self::of(name, planning, ledger_state, now))
            .collect()
    }

    /// Returns the rate limit of the sink `name`.
    fn of(name: &str, planning: &Planning<'_>, ledger_state: &LedgerState, now: Timestamp) -> Self {
        let used = match planning.quota {
            _ if planning.counts_by_day() => ledger_state.sent_after(name, now - DAY),
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
    }

    /// Returns the reason why a delivery of `item` that is otherwise ready must wait. A post selected by name (`named`)
    /// has no limit of the policy; `by_day` is `true` if `max_per_run` counts the posts of a day.
    pub(super) fn waiting(
        &self,
        item: &Item,
        policy: &Policy,
        (named, by_day): (bool, bool),
        now: Timestamp,
    ) -> Option<SkipReason> {
        let timed = guard::scheduled(item, now).or_else(|| guard::quiet(item, policy, now));
        if timed.is_some() {
            return timed;
        }
        let throttled = guard::throttled(self.throttled.as_ref(), now);
        if throttled.is_some() || named {
            return throttled;
        }
        let last = match self.planned {
            0 => self.last,
            _ => Some(now),
        };
        let sent = self.used + self.planned;
        let reached = policy.max_per_run.filter(|max| sent >= *max);
        guard::spaced(last, policy, now).or_else(|| reached.map(|max| guard::over_cap(max, by_day)))
    }
}

/// Returns the reason why the planned delivery `entry` must wait at `now`, after what other workers have sent.
pub(in super::super) fn waits_now(
    planning: &Planning<'_>,
    entry: &PlanEntry,
    ledger_state: &LedgerState,
    now: Timestamp,
) -> Option<SkipReason> {
    let policy = &planning.stages.sinks[entry.sink_index].policy;
    let limit = RateLimit::of(&entry.sink, planning, ledger_state, now);
    let named = !planning.selection.is_all();
    limit.waiting(&entry.item, policy, (named, planning.counts_by_day()), now)
}

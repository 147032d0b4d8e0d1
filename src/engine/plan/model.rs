//! The plan and its inputs.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use syndicate_api::Diagnostic;

use super::entry::PlanEntry;
use crate::engine::{PipelineScan, Selection, StageChain};
use crate::ledger::LedgerState;

/// The purpose of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlanPurpose {
    /// For display: waiting deliveries are encoded as well.
    Show,
    /// For delivery: only deliveries that are sent now are encoded.
    Deliver,
}

/// Everything that a run would do.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// One entry per delivery, the oldest item first.
    pub entries: Vec<PlanEntry>,
    /// The folder that the paths of faults are relative to.
    pub base: PathBuf,
    /// Errors of files that could not be read.
    pub faults: Vec<Diagnostic>,
    /// Further notes for the user.
    pub notes: Vec<String>,
    /// `true` if the ledger has a delivery with an unknown outcome that is not among the entries. A note
    /// names it.
    pub has_unlisted_unknown: bool,
    /// `true` if the ledger would stop a run before it sends anything. A note gives the reason.
    pub would_stop: bool,
    /// Lines of the ledger that could not be written, for `syndicate ledger import`.
    pub unrecorded: Vec<String>,
}

impl Plan {
    /// Returns the time from `now` until the first waiting entry is due, rounded up: timers have a coarser
    /// resolution than the clock, and must not fire early.
    #[must_use]
    pub fn due_in(&self, now: Timestamp) -> Option<Duration> {
        let first = self.entries.iter().filter_map(|entry| entry.until).min()?;
        let wait = Duration::try_from(first.duration_since(now)).unwrap_or_default();
        Some(wait + Duration::from_millis(1))
    }
}

/// The inputs of a plan except the ledger.
#[derive(Clone, Copy)]
pub(crate) struct Planning<'a> {
    /// The pipeline.
    pub stages: &'a StageChain,
    /// The items of all sources.
    pub scanned: &'a PipelineScan,
    /// The selected deliveries.
    pub selection: &'a Selection,
    /// The purpose of the plan.
    pub purpose: PlanPurpose,
    /// The period that `policy.max_per_run` counts.
    pub quota: QuotaScope<'a>,
    /// Deliveries, by item and sink, that are not sent although the policy permits them. They do not count
    /// toward limits.
    pub held_back: &'a [(String, String)],
    /// Entries of an earlier plan of the same run that have an outcome, or whose page was not live. They
    /// are not planned again.
    pub attempted: &'a [PlanEntry],
}

impl Planning<'_> {
    /// Returns `true` if `policy.max_per_run` counts the posts of the last 24 hours.
    pub(super) fn counts_by_day(&self) -> bool {
        self.stages.counts_by_day || matches!(self.quota, QuotaScope::Day)
    }
}

/// The period that `policy.max_per_run` counts.
#[derive(Clone, Copy)]
pub(crate) enum QuotaScope<'a> {
    /// A run that started with this ledger state. Posts sent by other runs since then count as well, so
    /// that concurrent runs share one limit.
    Run(&'a LedgerState),
    /// A run that has not started.
    NextRun,
    /// The last 24 hours, for `watch`.
    Day,
}

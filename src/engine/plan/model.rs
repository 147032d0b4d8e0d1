//! The plan and what it is made of.

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use syndicate_api::Diagnostic;

use super::entry::PlanEntry;
use crate::engine::{PipelineScan, Selection, StageChain};
use crate::ledger::LedgerState;

/// What a plan is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PlanPurpose {
    /// To be shown: what waits is encoded too.
    Show,
    /// To be carried out: only what goes out now is encoded.
    Deliver,
}

/// What a run would do.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// One entry per delivery, the oldest item first.
    pub entries: Vec<PlanEntry>,
    /// The folder that the paths of faults are relative to.
    pub base: PathBuf,
    /// The files that could not be read.
    pub faults: Vec<Diagnostic>,
    /// What the user should know besides.
    pub notes: Vec<String>,
}

impl Plan {
    /// How long after `now` the first of the times comes that entries wait for. Timers count more
    /// coarsely than the clock does, and early would be too early, so that it is a little more.
    #[must_use]
    pub fn due_in(&self, now: Timestamp) -> Option<Duration> {
        let first = self.entries.iter().filter_map(|entry| entry.until).min()?;
        let wait = Duration::try_from(first.duration_since(now)).unwrap_or_default();
        Some(wait + Duration::from_millis(1))
    }
}

/// What a plan is made of besides the ledger.
#[derive(Clone, Copy)]
pub(crate) struct Planning<'a> {
    /// The pipeline.
    pub stages: &'a StageChain,
    /// What the sources yielded.
    pub scanned: &'a PipelineScan,
    /// What the run is about.
    pub selection: &'a Selection,
    /// What the plan is made for.
    pub purpose: PlanPurpose,
    /// The period that `policy.max_per_run` counts.
    pub share: QuotaScope<'a>,
    /// Deliveries that do not go although the policy lets them, by item and sink: they take no place of
    /// others.
    pub held: &'a [(String, String)],
}

/// The period that `policy.max_per_run` counts.
#[derive(Clone, Copy)]
pub(crate) enum QuotaScope<'a> {
    /// A run that began when this was on record. What other runs sent since counts too, so that runs
    /// started at the same time share one limit.
    Run(&'a LedgerState),
    /// A run that has not begun.
    NextRun,
    /// The last 24 hours, for `watch`.
    Day,
}

//! Exit codes. Scripts may rely on them.

use std::process::ExitCode;

use clap::ValueEnum;
use syndicate_api::{Code, CodeKind};

use crate::engine::{Outcome, Plan, PlanEntry, Selection, Summary};

/// A value of `--fail-on`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Deliveries that wait
    Wait,
    /// Deliveries that need a decision
    Ask,
}

/// The result of a run, with its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExitStatus {
    /// Nothing failed.
    Success = 0,
    /// The run failed before anything was sent.
    Error = 1,
    /// The command line is invalid.
    Usage = 2,
    /// Some items or deliveries failed; the others succeeded.
    Partial = 3,
    /// The outcome of a delivery is unknown and needs a decision of the user.
    Unknown = 4,
}

impl ExitStatus {
    /// Returns the result of `plan`. `fail_on` lists further states that count as failures.
    #[must_use]
    pub fn of(plan: &Plan, fail_on: &[FailOn]) -> Self {
        let summary = Summary::of(plan);
        let wait = summary.wait > 0 && fail_on.contains(&FailOn::Wait);
        let ask = summary.ask > 0 && fail_on.contains(&FailOn::Ask);
        // The run ended at its first delivery, because the ledger did not take it.
        let is_stopped = |entry: &PlanEntry| {
            entry.outcome == Some(Outcome::Failed) && entry.code.kind() == CodeKind::Stop
        };
        let unwritable = plan.entries.iter().any(is_stopped);
        if summary.unknown > 0 {
            Self::Unknown
        } else if unwritable && summary.sent == 0 {
            Self::Error
        } else if summary.failed > 0 || summary.faults > 0 || wait || ask {
            Self::Partial
        } else {
            Self::Success
        }
    }
}

impl ExitStatus {
    /// Returns the result of a run that carried `plan` out, or would do so. Outcomes that are unknown since an
    /// earlier run count too.
    #[must_use]
    pub fn of_run(plan: &Plan, fail_on: &[FailOn]) -> Self {
        if plan.would_stop {
            return Self::Error;
        }
        let is_open = |entry: &PlanEntry| entry.code == Code::OutcomeUnknown;
        if plan.has_unlisted_unknown || plan.entries.iter().any(is_open) {
            return Self::Unknown;
        }
        Self::of(plan, fail_on)
    }

    /// Returns `self`, or an error if `selection` consists of payload hashes and `plan` contains
    /// none of them.
    #[must_use]
    pub(super) fn or_unknown_payload(self, selection: &Selection, plan: &Plan) -> Self {
        let is_missing = !selection.missing(&plan.entries).is_empty();
        match is_missing && plan.entries.is_empty() {
            true => Self::Error,
            false => self,
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(exit: ExitStatus) -> Self {
        Self::from(exit as u8)
    }
}

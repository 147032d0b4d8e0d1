//! What the exit code says. Scripts may rely on it.

use std::process::ExitCode;

use clap::ValueEnum;
use syndicate_api::Code;

use crate::engine::{Plan, Selection, Summary};

/// What `--fail-on` can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Deliveries that wait.
    Wait,
    /// Deliveries that somebody has to decide on.
    Ask,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExitStatus {
    /// Nothing failed.
    Fine = 0,
    /// An error before anything was sent.
    Error = 1,
    /// The command line is wrong.
    Usage = 2,
    /// Some items or deliveries failed; the rest went on.
    Partly = 3,
    /// An outcome is unknown, and somebody has to look.
    Unknown = 4,
}

impl ExitStatus {
    /// How a run with this plan ended. `fail_on` names what else the user counts as a failure.
    #[must_use]
    pub fn of(plan: &Plan, fail_on: &[FailOn]) -> Self {
        let summary = Summary::of(plan);
        let wait = summary.wait > 0 && fail_on.contains(&FailOn::Wait);
        let ask = summary.ask > 0 && fail_on.contains(&FailOn::Ask);
        let unwritable = summary.codes.contains_key(Code::LedgerUnwritable.as_str());
        if summary.unknown > 0 {
            Self::Unknown
        } else if unwritable && summary.sent == 0 {
            Self::Error
        } else if summary.failed > 0 || summary.faults > 0 || wait || ask {
            Self::Partly
        } else {
            Self::Fine
        }
    }
}

impl ExitStatus {
    /// Returns how a run ended that was to send what `plan` holds. An outcome that is unknown since an
    /// earlier run wants a person still.
    #[must_use]
    pub fn of_run(plan: &Plan, fail_on: &[FailOn]) -> Self {
        let is_open = |entry: &crate::engine::PlanEntry| entry.code == Code::OutcomeUnknown;
        if plan.entries.iter().any(is_open) {
            return Self::Unknown;
        }
        Self::of(plan, fail_on)
    }

    /// Returns how a run ended that was about `selection`: with an error if it names payloads alone, and
    /// no post has any of them.
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

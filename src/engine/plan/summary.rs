//! Counts the entries of a plan and derives the exit code.

use std::collections::BTreeMap;

use serde::Serialize;
use syndicate_api::Code;

use super::super::Outcome;
use super::{Action, Plan};

/// Number of deliveries of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Summary {
    /// To be sent, or attempted.
    pub send: usize,
    /// To be updated, or attempted.
    pub update: usize,
    /// Waiting for a later time.
    pub wait: usize,
    /// Waiting for a decision of the user.
    pub ask: usize,
    /// Skipped.
    pub skip: usize,
    /// Sent.
    pub sent: usize,
    /// Updated.
    pub updated: usize,
    /// Failed, including those with an error before the attempt.
    pub failed: usize,
    /// Failed with an error before the attempt.
    pub faulty: usize,
    /// Not attempted, because the sink stopped accepting posts.
    pub not_tried: usize,
    /// With an unknown outcome in this run.
    pub unknown: usize,
    /// Files that could not be read.
    pub faults: usize,
    /// Number of deliveries with each code.
    pub codes: BTreeMap<&'static str, usize>,
}

impl Summary {
    /// Counts the entries of `plan`.
    #[must_use]
    pub(crate) fn of(plan: &Plan) -> Self {
        let mut summary = Self {
            faults: plan.faults.len(),
            ..Self::default()
        };
        for entry in &plan.entries {
            let count = match entry.action {
                Action::Send => &mut summary.send,
                Action::Update => &mut summary.update,
                Action::Wait => &mut summary.wait,
                Action::Ask => &mut summary.ask,
                Action::Skip => &mut summary.skip,
            };
            *count += 1;
            match entry.outcome {
                Some(Outcome::Sent) => summary.sent += 1,
                Some(Outcome::Updated) => summary.updated += 1,
                Some(Outcome::Unknown) => summary.unknown += 1,
                Some(Outcome::Failed) => summary.failed += 1,
                None if entry.problem.is_some() => {
                    summary.failed += 1;
                    summary.faulty += 1;
                }
                Some(Outcome::Waiting) if entry.action != Action::Wait => summary.not_tried += 1,
                // Counted as waiting.
                Some(Outcome::Waiting) | None => {}
            }
            *summary.codes.entry(Code::as_str(entry.code)).or_default() += 1;
        }
        summary
    }
}

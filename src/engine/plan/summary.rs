//! A plan in numbers, and what they mean for the exit code.

use std::collections::BTreeMap;

use serde::Serialize;
use syndicate_api::Code;

use super::super::Outcome;
use super::{Action, Plan};

/// How many deliveries there are of each kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Summary {
    /// To be sent, or tried.
    pub send: usize,
    /// To be changed where they are, or tried.
    pub update: usize,
    /// Held back until later.
    pub wait: usize,
    /// Waiting for somebody's decision.
    pub ask: usize,
    /// Staying here.
    pub skip: usize,
    /// Sent.
    pub sent: usize,
    /// Changed where they are.
    pub updated: usize,
    /// Failed, or faulty before they could be tried.
    pub failed: usize,
    /// Those among the failed that were faulty before they could be tried.
    pub faulty: usize,
    /// Not tried, as their sink took nothing any more.
    pub not_tried: usize,
    /// Of unknown outcome in this run.
    pub unknown: usize,
    /// Files that could not be read.
    pub faults: usize,
    /// How many deliveries have each code.
    pub codes: BTreeMap<&'static str, usize>,
}

impl Summary {
    /// The numbers of `plan`.
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
                // Counted among those that wait.
                Some(Outcome::Waiting) | None => {}
            }
            *summary.codes.entry(Code::as_str(entry.code)).or_default() += 1;
        }
        summary
    }
}

//! The values that a job gives to later jobs.

use serde_json::json;
use syndicate_api::Code;

use crate::engine::{Action, Outcome, Plan, PlanEntry};

/// The outputs of a command.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RunOutputs {
    /// Number of posts that were sent.
    sent: usize,
    /// Number of deliveries whose outcome is unknown, also since an earlier run.
    unknown: usize,
    /// Number of other deliveries that need a decision.
    held: usize,
    /// The addresses of the sent posts.
    urls: Vec<String>,
    /// The hashes of the payloads that would be sent.
    hashes: Vec<String>,
}

impl RunOutputs {
    /// Returns the outputs of a plan, with its outcomes if it was carried out.
    pub(super) fn of_plan(plan: &Plan) -> Self {
        let mut outputs = Self::default();
        for entry in &plan.entries {
            if is_unknown(entry) {
                outputs.unknown += 1;
            } else if entry.outcome == Some(Outcome::Sent) {
                outputs.sent += 1;
                let receipt = entry.receipt.as_ref();
                outputs
                    .urls
                    .extend(receipt.and_then(|receipt| receipt.url.clone()));
            } else if entry.outcome.is_none() && entry.action == Action::Ask {
                outputs.held += 1;
            } else if entry.outcome.is_none()
                && !plan.would_stop
                && matches!(entry.action, Action::Send | Action::Update)
            {
                let composed = entry.composed.as_deref();
                outputs
                    .hashes
                    .extend(composed.map(|composed| composed.hash.clone()));
            }
        }
        outputs
    }

    /// Returns the outputs of a command that only counts unknown outcomes.
    pub(super) fn of_unknown(unknown: usize) -> Self {
        Self {
            unknown,
            ..Self::default()
        }
    }

    /// Returns the names and values of the step's outputs on GitHub.
    pub(super) fn for_github(&self) -> Vec<(&'static str, String)> {
        vec![
            ("sent", self.sent.to_string()),
            ("unknown", self.unknown.to_string()),
            ("held", self.held.to_string()),
            ("urls", json!(self.urls).to_string()),
            ("hashes", self.hashes.join(" ")),
        ]
    }

    /// Returns the names and values of the numbers on GitLab.
    pub(super) fn numbers(&self) -> [(&'static str, usize); 3] {
        [
            ("SYNDICATE_SENT", self.sent),
            ("SYNDICATE_UNKNOWN", self.unknown),
            ("SYNDICATE_HELD", self.held),
        ]
    }

    /// Returns the names and words of the lists on GitLab, the more important one first.
    pub(super) fn lists(&self) -> [(&'static str, Vec<String>); 2] {
        [
            ("SYNDICATE_HASHES", self.hashes.clone()),
            ("SYNDICATE_URLS", self.urls.clone()),
        ]
    }
}

/// Returns `true` if the outcome of a delivery is unknown, since this run or an earlier one.
pub(super) fn is_unknown(entry: &PlanEntry) -> bool {
    entry.outcome == Some(Outcome::Unknown) || entry.code == Code::OutcomeUnknown
}

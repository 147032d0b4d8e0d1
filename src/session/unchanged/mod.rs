//! Remembers a run that had nothing to do, so that the next run need not read the site while no file changed.
//!
//! The output of such a run is kept in the cache under a [`Fingerprint`] of everything that the run depended on. Losing it
//! costs one full run. A run is remembered only if every delivery was skipped for a reason that time does not change, and only
//! if every input is a file of this machine.

mod files;
mod fingerprint;
mod names;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use syndicate_api::{Code, CodeKind};

pub(crate) use self::fingerprint::Fingerprint;
use super::open::Session;
use crate::ci::runs_in_ci;
use crate::config::OnChange;
use crate::engine::{Plan, PlanEntry, StageChain};
use crate::ledger::ConfiguredStore;

/// Maximum age of a remembered run. It bounds the effect of an input that no file shows.
const MAX_AGE: SignedDuration = SignedDuration::from_hours(24);

/// A remembered run.
#[derive(Deserialize, Serialize)]
struct RememberedRun {
    /// The fingerprint of its inputs.
    fingerprint: String,
    /// The time at which it was planned.
    at: Timestamp,
    output: IdleOutput,
}

/// The output of a run that had nothing to do. Its values are escaped, and the terminal decides about colours.
#[derive(Deserialize, Serialize)]
pub(crate) struct IdleOutput {
    /// The lines about single deliveries.
    pub(crate) deliveries: Vec<String>,
    /// The counts of all deliveries.
    pub(crate) summary: String,
}

impl Session {
    /// Returns the fingerprint of a run's inputs. Call it before the sources are read: a file that changes while it is read
    /// then gives another fingerprint the next time. Returns `None` if not all inputs are files of this machine.
    pub(crate) fn fingerprint(&self, stages: &StageChain) -> Option<Fingerprint> {
        let cx = self.cx();
        let is_file = matches!(self.ledger().store(), ConfiguredStore::File(_));
        let updates = |on_change| on_change == OnChange::Update;
        let mut sinks = stages.sinks.iter();
        if !is_file
            || self.is_sandbox()
            // A program may read anything.
            || !stages.programs.is_empty()
            || !stages.failed_programs.is_empty()
            || runs_in_ci(&cx.env)
            || cx.env.get("SYNDICATE_NOW").is_some()
            || sinks.any(|stage| updates(stage.policy.on_change))
        {
            return None;
        }
        Fingerprint::of(stages, &self.file, cx)
    }

    /// Returns the output of the last run with these inputs, if it had nothing to do.
    pub(crate) fn unchanged_output(&self, fingerprint: &Fingerprint) -> Option<IdleOutput> {
        let bytes = self.cx().blob_cache.get(&self.cache_key())?;
        let run: RememberedRun = serde_json::from_slice(&bytes).ok()?;
        let age = self.cx().now().duration_since(run.at);
        let is_fresh = !age.is_negative() && age < MAX_AGE;
        (is_fresh && run.fingerprint == fingerprint.text()).then_some(run.output)
    }

    /// Remembers a run that printed `output`, if it had nothing to do and its inputs cannot have changed unnoticed.
    pub(crate) fn remember_unchanged(
        &self,
        fingerprint: &Fingerprint,
        plan: &Plan,
        output: IdleOutput,
    ) {
        if !is_idle(plan) || !fingerprint.is_settled() {
            return;
        }
        let run = RememberedRun {
            fingerprint: fingerprint.text().to_owned(),
            at: fingerprint.taken_at(),
            output,
        };
        if let Ok(bytes) = serde_json::to_vec(&run) {
            self.cx().blob_cache.put(&self.cache_key(), &bytes);
        }
    }

    fn cache_key(&self) -> String {
        let path = std::path::absolute(&self.file);
        format!("unchanged {}", path.unwrap_or_default().display())
    }
}

/// Returns `true` if a run with this plan has nothing to do and nothing to say.
fn is_idle(plan: &Plan) -> bool {
    // A post with a date in the future is skipped only until then.
    let is_lasting = |entry: &PlanEntry| {
        entry.code.kind() == CodeKind::Skip
            && entry.code != Code::Future
            && entry.until.is_none()
            && entry.outcome.is_none()
            && entry.problem.is_none()
    };
    plan.entries.iter().all(is_lasting)
        && plan.faults.is_empty()
        && plan.notes.is_empty()
        && plan.unrecorded.is_empty()
        && !plan.has_unlisted_unknown
}

//! Makes plans for display, without carrying them out.

use syndicate_api::{Code, CodedError as _, Diagnostic, Diagnostics};

use super::error::SessionError;
use super::load::LoadedPipeline;
use super::open::Session;
use crate::engine::{
    Plan, PlanPurpose, Planning, QuotaScope, Selection, make_plan, pipeline_names,
};
use crate::ledger::{LedgerError, LedgerState, LedgerStore as _};

impl Session {
    /// Returns the plan that a run would make now. If the ledger would prevent the run from
    /// sending, a note of the plan gives the reason.
    pub(crate) async fn plan(
        &self,
        pipeline: &LoadedPipeline,
        selection: &Selection,
    ) -> Result<Plan, SessionError> {
        self.plan_unless(None, pipeline, selection).await
    }

    /// Returns the plan of a dry run. In a CI job it also has the note about a ledger that would be lost after the job; a
    /// preview lacks it, because the posts may be sent from another machine.
    pub(crate) async fn plan_dry_run(
        &self,
        pipeline: &LoadedPipeline,
        selection: &Selection,
    ) -> Result<Plan, SessionError> {
        let trouble = self.check_ledger_persistence(&pipeline.stages).await;
        self.plan_unless(trouble.err(), pipeline, selection).await
    }

    /// Returns the plan that a run would make now. `trouble` is a known reason why it would send nothing.
    async fn plan_unless(
        &self,
        mut trouble: Option<LedgerError>,
        pipeline: &LoadedPipeline,
        selection: &Selection,
    ) -> Result<Plan, SessionError> {
        let LoadedPipeline { stages, scanned } = pipeline;
        let (mut notes, mut is_unreachable) = (Vec::new(), false);
        let ledger_state = if self.is_sandbox() {
            LedgerState::default()
        } else {
            match self.ledger().view().await {
                Ok(survey) => {
                    let survey = survey.of_sites(&pipeline_names::sites(scanned));
                    let foreign =
                        pipeline_names::check(&survey.ledger_state, stages, scanned).err();
                    trouble = trouble.or(foreign).or(survey.trouble);
                    notes = survey.notes;
                    survey.ledger_state
                }
                Err(error @ LedgerError::Missing { .. }) => {
                    trouble.get_or_insert(error);
                    LedgerState::default()
                }
                // Without a remote, the ledger can be neither read nor written, so the plan sends nothing.
                Err(LedgerError::Unconfigured(Diagnostics(faults)))
                    if faults
                        .iter()
                        .all(|fault| fault.code == Code::LedgerUnreachable) =>
                {
                    notes.extend(faults.iter().map(format_unreachable));
                    is_unreachable = true;
                    LedgerState::default()
                }
                Err(error) => return Err(error.into()),
            }
        };
        let mut plan = self.plan_from(pipeline, selection, &ledger_state).await;
        plan.notes.append(&mut notes);
        if let Some(error) = trouble.filter(|_| !stages.sinks.is_empty()) {
            plan.notes.push(format_unsendable(&error));
            plan.would_stop = true;
        }
        plan.would_stop |= is_unreachable;
        Ok(plan)
    }

    /// Returns the plan that a run would make if the ledger's state were `ledger_state`.
    pub(crate) async fn plan_from(
        &self,
        LoadedPipeline { stages, scanned }: &LoadedPipeline,
        selection: &Selection,
        ledger_state: &LedgerState,
    ) -> Plan {
        let planning = Planning {
            stages,
            scanned,
            selection,
            purpose: PlanPurpose::Show,
            quota: QuotaScope::NextRun,
            held_back: &[],
            attempted: &[],
        };
        make_plan(&planning, ledger_state, self.cx()).await
    }
}

/// Formats the note for a ledger that prevents a run from sending.
pub(crate) fn format_unsendable(error: &LedgerError) -> String {
    let code = error
        .code()
        .map_or_else(String::new, |code| format!(" [{code}]"));
    let hint = error.hint().unwrap_or_default();
    format!("{error}, so `build` would send nothing{code}; {hint}")
}

/// Formats the note for a ledger whose store does not exist, such as a ref in a repository without a remote.
fn format_unreachable(fault: &Diagnostic) -> String {
    let reasons: Vec<&str> = fault.causes().collect();
    let reasons = match reasons.is_empty() {
        true => String::new(),
        false => format!(" ({})", reasons.join(": ")),
    };
    let hint = fault.hint.as_deref().unwrap_or_default();
    format!(
        "{}{reasons}, so `build` would send nothing, and sent posts are shown as new [{}]; {hint}",
        fault.message, fault.code
    )
}

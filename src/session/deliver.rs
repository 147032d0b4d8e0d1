//! Makes a plan and carries it out.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::error::SessionError;
use super::load::LoadedPipeline;
use super::open::Session;
use crate::engine::{Action, Build, Plan, PlanEntry, QuotaScope, Selection, build};
use crate::ledger::LedgerState;

/// The parameters of a run.
pub(crate) struct DeliveryRun<'a> {
    /// The deliveries to consider.
    pub(crate) selection: &'a Selection,
    /// The state of the ledger at the start of the run.
    pub(crate) before: &'a LedgerState,
    /// `true` if the user confirmed that the ledger's sites are the pipeline's sites under former
    /// domains.
    pub(crate) same_site: bool,
    /// Maximum time to wait for another run to release the ledger.
    pub(crate) lock_timeout: Duration,
    /// Maximum time to wait for pages that are not live yet.
    pub(crate) wait: Duration,
    /// Stops the run after the current delivery.
    pub(crate) stop: CancellationToken,
}

impl Session {
    /// Makes the plan and carries it out. Calls `report` after each attempted delivery.
    pub(crate) async fn deliver(
        &self,
        LoadedPipeline { stages, scanned }: &LoadedPipeline,
        delivery: DeliveryRun<'_>,
        report: &mut (dyn FnMut(&PlanEntry) + Send),
    ) -> Result<Plan, SessionError> {
        if stages.sinks.is_empty() {
            return Err(SessionError::hinted(
                format!("`{}` has no sinks", stages.file),
                "add one, for example `sinks: {linkedin: {type: linkedin}}`",
            ));
        }
        let run = Build {
            stages,
            scanned,
            selection: delivery.selection,
            cx: self.cx(),
            store: self.store(),
            quota: QuotaScope::Run(delivery.before),
            ids: self.ids(),
            run: &self.context.run_id,
            same_site: delivery.same_site,
            lock_timeout: delivery.lock_timeout,
            live_timeout: delivery.wait,
            stop: delivery.stop,
            matched: None,
        };
        let mut plan = build(&run, report).await?;
        if run.stop.is_cancelled() {
            plan.notes.push(format_stopped(&plan));
        }
        Ok(plan)
    }
}

/// Returns the note of a stopped run, with the number of deliveries that were not attempted.
fn format_stopped(plan: &Plan) -> String {
    let is_left = |entry: &&PlanEntry| {
        matches!(entry.action, Action::Send | Action::Update) && entry.outcome.is_none()
    };
    match plan.entries.iter().filter(is_left).count() {
        0 => "stopped by a signal; no delivery was left to try".to_owned(),
        1 => "stopped by a signal; 1 delivery was not tried".to_owned(),
        count => format!("stopped by a signal; {count} deliveries were not tried"),
    }
}

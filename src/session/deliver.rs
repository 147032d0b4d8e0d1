//! Delivering: a plan made and carried out.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::error::SessionError;
use super::load::LoadedPipeline;
use super::open::Session;
use crate::engine::{Action, Build, Plan, PlanEntry, QuotaScope, Selection, build};
use crate::ledger::LedgerState;

/// What a run delivers, and how.
pub(crate) struct DeliveryRun<'a> {
    /// The deliveries that it is about.
    pub(crate) selection: &'a Selection,
    /// What the ledger said when the run began.
    pub(crate) before: &'a LedgerState,
    /// Whether the ledger's sites were the pipeline's under another address.
    pub(crate) same_site: bool,
    /// How long to wait for another run.
    pub(crate) lock_timeout: Duration,
    /// How long to wait for pages that are not live yet.
    pub(crate) wait: Duration,
    /// Ends the run after the delivery that is under way.
    pub(crate) stop: CancellationToken,
}

impl Session {
    /// Makes the plan and carries it out. Calls `report` for each delivery that was tried.
    pub(crate) async fn deliver(
        &self,
        LoadedPipeline { stages, scanned }: &LoadedPipeline,
        delivery: DeliveryRun<'_>,
        report: &mut (dyn FnMut(&PlanEntry) + Send),
    ) -> Result<Plan, SessionError> {
        if stages.sinks.is_empty() {
            return Err(SessionError::hinted(
                format!(
                    "`{}` has no sinks, so there is nowhere to send anything",
                    stages.file
                ),
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
        };
        let mut plan = build(&run, report).await?;
        if run.stop.is_cancelled() {
            plan.notes.push(stopped_note(&plan));
        }
        Ok(plan)
    }
}

/// Returns how many deliveries a stopped run left, in words.
fn stopped_note(plan: &Plan) -> String {
    let is_left = |entry: &&PlanEntry| {
        matches!(entry.action, Action::Send | Action::Update) && entry.outcome.is_none()
    };
    match plan.entries.iter().filter(is_left).count() {
        0 => "stopped by a signal; no delivery was left to try".to_owned(),
        1 => "stopped by a signal; 1 delivery was not tried".to_owned(),
        count => format!("stopped by a signal; {count} deliveries were not tried"),
    }
}

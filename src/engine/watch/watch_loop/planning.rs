//! Plans and sends in the watch loop: everything, or what changed.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use tracing::info;

use super::{WatchContext, WatchLoop};
use crate::engine::watch::event::{WatchEvent, WatchObserver};
use crate::engine::{
    Action, Build, Due, LivePlan, LiveScan, Outcome, Plan, PlanEntry, PlanPurpose, PlanUpdate,
    Planning, QuotaScope, Selection, StageChain, build, pipeline_names,
};

impl WatchLoop<'_> {
    /// Plans everything.
    pub(super) async fn replan(&mut self, observer: &mut dyn WatchObserver) -> anyhow::Result<()> {
        let WatchContext { store, cx, ids, .. } = self.context;
        let scanned = &self.scan.scanned;
        let ledger_state = match store.view().await {
            Ok(view) => {
                let view = view.of_sites(&pipeline_names::sites(scanned));
                let foreign =
                    pipeline_names::check(&view.ledger_state, &self.stages, scanned).err();
                self.set_paused(foreign.or(view.trouble), observer)?;
                view.ledger_state
            }
            Err(error) => {
                self.leave_ledger_alone();
                return self.set_paused(Some(error), observer);
            }
        };
        let held_back = self.debouncer.held_deliveries();
        let selection = Selection::default();
        let planning = planning(&self.stages, &self.scan, &selection, &held_back);
        self.plan = LivePlan::make(&planning, Arc::new(ledger_state), (cx, ids)).await;
        self.changes.clear();
        self.is_stale = false;
        self.debouncer
            .observe(self.plan.plan(), &self.stages.base, Instant::now());
        self.set_due();
        observer.report(WatchEvent::Planned(self.plan.plan()))
    }

    /// Plans the changed items, or everything if others may be affected.
    pub(super) async fn plan_changes(
        &mut self,
        observer: &mut dyn WatchObserver,
    ) -> anyhow::Result<()> {
        let changes = std::mem::take(&mut self.changes);
        let held_back = self.debouncer.held_deliveries();
        let selection = Selection::default();
        let planning = planning(&self.stages, &self.scan, &selection, &held_back);
        match self.plan.update(&planning, &changes, self.context.cx).await {
            Some(update) => self.report_update(&update, observer),
            None => self.replan(observer).await,
        }
    }

    /// Plans the deliveries that the run with the plan `sent` made. Returns `false` if everything has to be planned.
    pub(super) async fn plan_sent(
        &mut self,
        sent: &Plan,
        observer: &mut dyn WatchObserver,
    ) -> anyhow::Result<bool> {
        let is_sent = |entry: &PlanEntry| {
            entry.action == Action::Send && entry.outcome == Some(Outcome::Sent)
        };
        let is_simple = !sent.entries.is_empty()
            && sent.entries.iter().all(is_sent)
            && sent.unrecorded.is_empty()
            && self.paused.is_none();
        if self.is_stale || !is_simple {
            return Ok(false);
        }
        let Ok(view) = self.context.store.view().await else {
            return Ok(false);
        };
        if view.trouble.is_some() {
            return Ok(false);
        }
        let held_back = self.debouncer.held_deliveries();
        let selection = Selection::default();
        let planning = planning(&self.stages, &self.scan, &selection, &held_back);
        let entries = &sent.entries;
        let updating = self.plan.update_sent(
            &planning,
            entries,
            Arc::new(view.ledger_state),
            self.context.cx,
        );
        match updating.await {
            Some(update) => self.report_update(&update, observer).map(|()| true),
            None => Ok(false),
        }
    }

    fn report_update(
        &mut self,
        update: &PlanUpdate,
        observer: &mut dyn WatchObserver,
    ) -> anyhow::Result<()> {
        let (plan, base) = (self.plan.plan(), &self.stages.base);
        self.debouncer
            .observe_update(plan, update, base, Instant::now());
        self.set_due();
        observer.report(WatchEvent::Replanned(self.plan.plan(), update))
    }

    /// Sets the time at which the next waiting entry of the plan is due.
    fn set_due(&mut self) {
        let due = self.plan.plan().due_in(self.context.cx.now());
        self.due = due.and_then(|due| Instant::now().checked_add(due));
    }

    /// Sends these deliveries. Returns the plan of the run.
    pub(super) async fn send(
        &mut self,
        due: Vec<Due>,
        observer: &mut dyn WatchObserver,
    ) -> anyhow::Result<Plan> {
        info!(deliveries = due.len(), "grace period over");
        let matched = self.plan.match_due(&due, &self.stages);
        self.plan.release_ledger_state();
        let selection = Selection::of_due(due);
        let run = Build {
            stages: &self.stages,
            scanned: &self.scan.scanned,
            selection: &selection,
            cx: self.context.cx,
            store: self.context.store,
            quota: QuotaScope::Day,
            ids: self.context.ids,
            run: self.context.run_id,
            same_site: false,
            lock_timeout: self.context.lock_timeout,
            live_timeout: Duration::ZERO,
            stop: self.stop.clone(),
            matched: matched.as_ref(),
        };
        // A closed terminal must not keep the remaining deliveries from being sent.
        let mut report = |entry: &PlanEntry| drop(observer.report(WatchEvent::Delivered(entry)));
        match build(&run, &mut report).await {
            Ok(plan) => {
                self.run_errors.clear();
                self.debouncer.record_outcome(&plan, Instant::now());
                for entry in self.debouncer.take_not_live(&plan) {
                    observer.report(WatchEvent::NotLive(entry))?;
                }
                if !plan.unrecorded.is_empty() {
                    observer.report(WatchEvent::Unrecorded(&plan.unrecorded))?;
                }
                Ok(plan)
            }
            Err(error) => {
                self.leave_ledger_alone();
                if self.run_errors.record(&error) {
                    observer.report(WatchEvent::LedgerFailed(error))?;
                }
                Ok(Plan::default())
            }
        }
    }
}

fn planning<'a>(
    stages: &'a StageChain,
    scan: &'a LiveScan,
    selection: &'a Selection,
    held_back: &'a [(String, String)],
) -> Planning<'a> {
    Planning {
        stages,
        scanned: &scan.scanned,
        selection,
        purpose: PlanPurpose::Deliver,
        quota: QuotaScope::Day,
        held_back,
        attempted: &[],
    }
}

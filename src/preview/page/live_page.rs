//! The pipeline and the plan that the page shows, kept so that a saved post is shown without reading the others.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use syndicate_api::Context;

use super::previewed_plan::{add_requested, planning};
use super::provider::WatchedPipeline;
use super::shown::Shown;
use crate::engine::{LivePlan, Selection};
use crate::ledger::{Ids, LedgerState};

/// The pipeline and the plan of the page.
pub(crate) struct LivePage {
    pipeline: WatchedPipeline,
    plan: LivePlan,
    ledger_state: Arc<LedgerState>,
    /// Notes besides those of the plan.
    notes: Vec<String>,
}

/// The result of an update.
pub(super) enum LiveUpdate {
    /// Nothing that the page shows has changed.
    None,
    /// The page shows this from now on.
    Shown(Box<Shown>),
    /// The pipeline has to be read again.
    Invalid,
}

impl LivePage {
    /// Plans everything.
    pub(super) async fn make(
        pipeline: WatchedPipeline,
        ledger_state: LedgerState,
        notes: Vec<String>,
        env: (&Context, &dyn Ids),
    ) -> Self {
        let all = Selection::default();
        let planning = planning(&pipeline, &all);
        let ledger_state = Arc::new(ledger_state);
        let plan = LivePlan::make(&planning, Arc::clone(&ledger_state), env).await;
        Self {
            pipeline,
            plan,
            ledger_state,
            notes,
        }
    }

    /// Returns what the page shows, including the items in `requested`.
    pub(super) async fn shown(&self, requested: BTreeSet<String>, cx: &Context) -> Shown {
        let ledger_state = &self.ledger_state;
        let mut plan = self.plan.plan().clone();
        plan.notes.extend_from_slice(&self.notes);
        let previewed = add_requested(plan, &self.pipeline, ledger_state, cx, requested).await;
        Shown::of(previewed, &self.pipeline, ledger_state, cx)
    }

    /// Reads and plans the posts in `files` again.
    pub(super) async fn update(&mut self, files: &[PathBuf], cx: &Context) -> LiveUpdate {
        let WatchedPipeline { stages, scan, .. } = &mut self.pipeline;
        let Some(changes) = scan.update(stages, cx, files).await else {
            return LiveUpdate::Invalid;
        };
        if changes.is_empty() {
            return LiveUpdate::None;
        }
        let all = Selection::default();
        let planning = planning(&self.pipeline, &all);
        if self.plan.update(&planning, &changes, cx).await.is_none() {
            return LiveUpdate::Invalid;
        }
        LiveUpdate::Shown(Box::new(self.shown(BTreeSet::new(), cx).await))
    }
}

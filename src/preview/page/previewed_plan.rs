//! Adds the posts that the user asked to see, such as drafts and old posts, to the plan. Their
//! actions in the plan stay the same; only their payloads and possible actions are added.

use std::collections::{BTreeMap, BTreeSet};

use syndicate_api::{Code, Context};

use super::provider::WatchedPipeline;
use crate::engine::{
    Action, Plan, PlanEntry, PlanPurpose, Planning, QuotaScope, Selection, make_plan,
};
use crate::ledger::LedgerState;

/// The plan with the posts that the user asked to see.
#[derive(Clone, Debug, Default)]
pub(super) struct PreviewedPlan {
    pub(super) plan: Plan,
    /// Ids of the items that the user asked to see.
    items: BTreeSet<String>,
    /// The possible actions of their deliveries, by item and sink.
    possible_actions: BTreeMap<(String, String), PreviewEntry>,
}

/// The action that a run limited to a post would take, and its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PreviewEntry {
    pub(super) action: Action,
    pub(super) code: Code,
}

impl PreviewedPlan {
    /// Returns `true` if the user asked to see some posts.
    pub(super) fn has_requested(&self) -> bool {
        !self.items.is_empty()
    }

    /// Returns `true` if the user asked to see the post of `entry`.
    pub(super) fn has(&self, entry: &PlanEntry) -> bool {
        self.items.contains(entry.item.id())
    }

    /// Returns the action of a run limited to `entry`, if it differs from the plan's.
    pub(super) fn possible(&self, entry: &PlanEntry) -> Option<PreviewEntry> {
        let delivery = (entry.item.id().to_owned(), entry.sink.clone());
        self.possible_actions.get(&delivery).copied()
    }

    /// Adds the payloads and actions of `seen` to the entries that the plan skips.
    fn add(&mut self, seen: Plan) {
        for seen in seen.entries {
            let same = |entry: &&mut PlanEntry| {
                (entry.item.id(), entry.sink_index) == (seen.item.id(), seen.sink_index)
            };
            let Some(entry) = self.plan.entries.iter_mut().find(same).filter(|entry| {
                entry.action == Action::Skip && entry.composed.is_none() && entry.problem.is_none()
            }) else {
                continue;
            };
            let delivery = (seen.item.id().to_owned(), seen.sink.clone());
            let possible = PreviewEntry {
                action: seen.action,
                code: seen.code,
            };
            self.possible_actions.insert(delivery, possible);
            if seen.composed.is_none() || seen.action == Action::Skip {
                *entry = seen;
            } else {
                entry.composed = seen.composed;
            }
        }
    }
}

/// Returns the complete plan, with the items in `requested` composed even if they are skipped.
pub(super) async fn make_previewed_plan(
    pipeline: &WatchedPipeline,
    ledger_state: &LedgerState,
    cx: &Context,
    requested: BTreeSet<String>,
) -> PreviewedPlan {
    let all = Selection::default();
    let plan = make_plan(&planning(pipeline, &all), ledger_state, cx).await;
    add_requested(plan, pipeline, ledger_state, cx, requested).await
}

/// Adds the items in `requested` to the complete `plan`.
pub(super) async fn add_requested(
    plan: Plan,
    pipeline: &WatchedPipeline,
    ledger_state: &LedgerState,
    cx: &Context,
    requested: BTreeSet<String>,
) -> PreviewedPlan {
    let scanned = &pipeline.scan.scanned;
    let known: BTreeSet<&str> = scanned.items.iter().map(|(_, item)| item.id()).collect();
    let mut items = requested;
    items.retain(|id| known.contains(id.as_str()));
    let mut previewed = PreviewedPlan {
        plan,
        items,
        possible_actions: BTreeMap::new(),
    };
    let names: Vec<String> = previewed.items.iter().cloned().collect();
    let named = Selection::new(&names, scanned, &pipeline.stages);
    if let Some(named) = named.ok().filter(|named| !named.is_all()) {
        let out = named.clone().changes_only();
        for selection in [out, named] {
            let planning = planning(pipeline, &selection);
            previewed.add(make_plan(&planning, ledger_state, cx).await);
        }
    }
    previewed
}

/// Returns the inputs of a plan for display.
pub(super) fn planning<'a>(
    pipeline: &'a WatchedPipeline,
    selection: &'a Selection,
) -> Planning<'a> {
    Planning {
        stages: &pipeline.stages,
        scanned: &pipeline.scan.scanned,
        selection,
        purpose: PlanPurpose::Show,
        quota: QuotaScope::NextRun,
        held_back: &[],
        attempted: &[],
    }
}

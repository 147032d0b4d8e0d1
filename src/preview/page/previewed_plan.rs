//! What one asks to see although the plan leaves it alone: drafts, old posts, what is out already. The
//! plan stays what it is; its entries only get what would be sent, and what could be done with that.

use std::collections::{BTreeMap, BTreeSet};

use syndicate_api::{Code, Context};

use super::provider::WatchedPipeline;
use crate::engine::{
    Action, Plan, PlanEntry, PlanPurpose, Planning, QuotaScope, Selection, make_plan,
};
use crate::ledger::LedgerState;

/// The plan, and what was looked at besides.
#[derive(Clone, Debug, Default)]
pub(super) struct PreviewedPlan {
    pub(super) plan: Plan,
    /// The ids of the items that somebody asked to see.
    items: BTreeSet<String>,
    /// What would come of the deliveries of those if somebody sent them by name.
    offers: BTreeMap<(String, String), PreviewEntry>,
}

/// What would come of a delivery, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PreviewEntry {
    pub(super) action: Action,
    pub(super) code: Code,
}

impl PreviewedPlan {
    /// Whether somebody asked to see the post of `entry`.
    pub(super) fn has(&self, entry: &PlanEntry) -> bool {
        self.items.contains(entry.item.id())
    }

    /// What would come of `entry` if somebody sent it by name, where that is not what the plan says.
    pub(super) fn offer(&self, entry: &PlanEntry) -> Option<PreviewEntry> {
        let delivery = (entry.item.id().to_owned(), entry.sink.clone());
        self.offers.get(&delivery).copied()
    }

    /// Takes what `seen`, a plan of what was looked at, knows of the entries that are left alone.
    fn take(&mut self, seen: Plan) {
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
            let offer = PreviewEntry {
                action: seen.action,
                code: seen.code,
            };
            self.offers.insert(delivery, offer);
            if seen.composed.is_none() || seen.action == Action::Skip {
                *entry = seen;
            } else {
                entry.composed = seen.composed;
            }
        }
    }
}

/// Returns the plan of all that there is, with the posts whose ids are `asked` as they would be sent.
pub(super) async fn look(
    pipeline: &WatchedPipeline,
    ledger_state: &LedgerState,
    cx: &Context,
    asked: BTreeSet<String>,
) -> PreviewedPlan {
    let all = Selection::default();
    let scanned = &pipeline.scanned.items;
    let known: BTreeSet<&str> = scanned.iter().map(|(_, item)| item.id()).collect();
    let mut items = asked;
    items.retain(|id| known.contains(id.as_str()));
    let mut looks = PreviewedPlan {
        plan: plan(pipeline, ledger_state, cx, &all).await,
        items,
        offers: BTreeMap::new(),
    };
    let names: Vec<String> = looks.items.iter().cloned().collect();
    let named = Selection::new(&names, &pipeline.scanned, &pipeline.stages);
    if let Some(named) = named.ok().filter(|named| !named.is_all()) {
        let out = named.clone().changes_only();
        looks.take(plan(pipeline, ledger_state, cx, &out).await);
        looks.take(plan(pipeline, ledger_state, cx, &named).await);
    }
    looks
}

/// Returns the plan of what is selected.
async fn plan(
    pipeline: &WatchedPipeline,
    ledger_state: &LedgerState,
    cx: &Context,
    selection: &Selection,
) -> Plan {
    let planning = Planning {
        stages: &pipeline.stages,
        scanned: &pipeline.scanned,
        selection,
        purpose: PlanPurpose::Show,
        quota: QuotaScope::NextRun,
        held_back: &[],
    };
    make_plan(&planning, ledger_state, cx).await
}

//! A plan that is kept up to date: after a change of single items, or after their deliveries, only their entries are
//! planned again, and those whose rate limits they share. The result is the same as that of planning everything. A change
//! that may affect other items needs a new plan.

use std::sync::Arc;

use syndicate_api::{Code, Context, Item};
use tracing::debug;

use super::entry::PlanEntry;
use super::merge::{PlanUpdate, merge};
use super::model::{Plan, Planning};
use super::planner::PlannedDelivery;
use super::{PlanFacts, pictures, plan_from, planner};
use crate::config::Route;
use crate::engine::identity::{
    Identities, Identity, ItemIndex, LoneItems, LooseRecords, is_recorded,
};
use crate::engine::matched_items::{MatchedItems, is_up_to_date};
use crate::engine::open_follow_ups::has_open_requests;
use crate::engine::{Due, PipelineScan, ScanChange, Selection, StageChain};
use crate::ledger::{DeliveryState, Event, EventKind, Ids, LedgerState, StateVersion};

/// A plan with everything that is needed to update it.
#[derive(Default)]
pub(crate) struct LivePlan {
    plan: Plan,
    /// The version of the ledger's state that the plan was made from.
    version: StateVersion,
    /// That state; `None` after [`LivePlan::release_ledger_state`].
    ledger_state: Option<Arc<LedgerState>>,
    items: ItemIndex,
    /// `true` if `items` has the texts of all items without a recorded post. They are read when the ledger has
    /// evidence to compare with them.
    has_texts: bool,
    /// The recorded posts that no item has.
    loose: LooseRecords,
    /// `None` before the first plan.
    facts: Option<PlanFacts>,
    has_open_requests: bool,
    has_new_keys: bool,
}

/// A delivery to plan again.
struct Replanned<'a> {
    route: &'a Route,
    item: Arc<Item>,
    identity: Identity,
}

impl LivePlan {
    /// Plans everything.
    pub(crate) async fn make(
        planning: &Planning<'_>,
        ledger_state: Arc<LedgerState>,
        (cx, ids): (&Context, &dyn Ids),
    ) -> Self {
        let Planning {
            stages, scanned, ..
        } = *planning;
        let (identities, loose) = Identities::with_loose(scanned, &ledger_state, stages);
        let facts = PlanFacts::gather(planning, &ledger_state, cx).await;
        let plan = plan_from(planning, &ledger_state, (&identities, &facts), cx).await;
        let has_texts = ledger_state.has_evidence();
        let mut items = ItemIndex::of(scanned);
        if has_texts {
            let open = identities.without_post(scanned, &ledger_state, stages);
            open.for_each(|item| items.add_text(item));
        }
        // Recorded while the old keys still identify the post, even if nothing is sent.
        let read = (stages, scanned, &identities);
        Self {
            plan,
            items,
            has_texts,
            loose,
            facts: Some(facts),
            has_open_requests: has_open_requests(&ledger_state),
            has_new_keys: !is_up_to_date(read, &ledger_state, cx, ids),
            version: ledger_state.version(),
            ledger_state: Some(ledger_state),
        }
    }

    /// Returns the plan.
    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Returns the version of the ledger's state that the plan was made from.
    pub(crate) fn version(&self) -> StateVersion {
        self.version
    }

    /// Lets go of the ledger's state, so that a run appends to it without a copy. Only [`LivePlan::update_sent`] can
    /// update the plan then.
    pub(crate) fn release_ledger_state(&mut self) {
        self.ledger_state = None;
    }

    /// Returns `true` if the ledger lacks new keys of recorded posts.
    pub(crate) fn has_new_keys(&self) -> bool {
        self.has_new_keys
    }

    /// Plans the changed items again. Returns `None` if everything has to be planned; this value is no longer valid
    /// then.
    pub(crate) async fn update(
        &mut self,
        planning: &Planning<'_>,
        changes: &[ScanChange],
        cx: &Context,
    ) -> Option<PlanUpdate> {
        self.check(planning)?;
        let ledger_state = self.ledger_state.clone()?;
        let mut changed: Vec<(usize, Arc<Item>, Identity)> = Vec::new();
        for ScanChange { source, old, new } in changes {
            if let Some(old) = old {
                self.items.remove(old);
                // The item may have changed twice.
                changed.retain(|(_, item, _)| !Arc::ptr_eq(item, old));
            }
            let lone = self.lone(planning.stages, &ledger_state);
            let before = identity_of(old.as_ref(), &lone)?;
            let after = identity_of(new.as_ref(), &lone)?;
            if !lone.is_lone_change(pair(old, before.as_ref()), pair(new, after.as_ref())) {
                return None;
            }
            if let Some((new, identity)) = new.as_ref().zip(after) {
                self.has_new_keys |= !is_recorded(new, &identity, &ledger_state);
                self.items.add(new);
                if self.has_texts {
                    self.items.add_text(new);
                }
                changed.push((*source, Arc::clone(new), identity));
            }
        }
        let old: Vec<Arc<Item>> = changes.iter().filter_map(|of| of.old.clone()).collect();
        self.replan(planning, &old, changed, cx).await
    }

    /// Plans again after a run that did nothing but send the posts in `sent`; `ledger_state` is the state since then.
    /// Returns `None` if everything has to be planned; this value is no longer valid then.
    pub(crate) async fn update_sent(
        &mut self,
        planning: &Planning<'_>,
        sent: &[PlanEntry],
        ledger_state: Arc<LedgerState>,
        cx: &Context,
    ) -> Option<PlanUpdate> {
        self.check(planning)?;
        if !self.has_texts {
            return None;
        }
        let appended = ledger_state.appended_since(self.version)?;
        if !appended.iter().all(|event| is_of(event, sent)) {
            return None;
        }
        let mut changed: Vec<(usize, Arc<Item>, Identity)> = Vec::new();
        for entry in sent {
            let item = &entry.read_item;
            self.items.remove(item);
            let identity = self.lone(planning.stages, &ledger_state).identity(item)?;
            self.items.add(item);
            let state = ledger_state.state_of(&identity.groups, &entry.sink);
            if self.items.may_have_copy(item) || !is_complete(&state) {
                return None;
            }
            if !changed.iter().any(|(_, other, _)| Arc::ptr_eq(other, item)) {
                changed.push((entry.source, Arc::clone(item), identity));
            }
        }
        self.version = ledger_state.version();
        self.ledger_state = Some(ledger_state);
        self.replan(planning, &[], changed, cx).await
    }

    /// Returns the items of the deliveries `due`, matched with the ledger. Returns `None` if a run has to match all items,
    /// because it may have more to do than to send these.
    pub(crate) fn match_due(&self, due: &[Due], stages: &StageChain) -> Option<MatchedItems> {
        if self.has_open_requests || self.has_new_keys || stages.ci_hold.is_some() {
            return None;
        }
        let mut items: Vec<(usize, Arc<Item>)> = Vec::new();
        let mut identities = Vec::new();
        for entry in &self.plan.entries {
            let is_due = |due: &Due| due.sink == entry.sink && due.item == entry.item.id();
            let is_listed = |(_, item): &(usize, Arc<Item>)| Arc::ptr_eq(item, &entry.read_item);
            if due.iter().any(is_due) && !items.iter().any(is_listed) {
                items.push((entry.source, Arc::clone(&entry.read_item)));
                identities.push(identity_in(entry));
            }
        }
        Some(MatchedItems {
            version: self.version,
            scanned: PipelineScan {
                items,
                ..PipelineScan::default()
            },
            identities: Identities::given(identities),
        })
    }

    /// Returns `None` if the plan cannot be updated.
    fn check(&self, planning: &Planning<'_>) -> Option<()> {
        let is_simple = self.facts.is_some()
            && !self.has_open_requests
            && planning.stages.ci_hold.is_none()
            && planning.attempted.is_empty()
            && *planning.selection == Selection::default();
        is_simple.then_some(())
    }

    fn lone<'a>(&'a self, stages: &'a StageChain, ledger_state: &'a LedgerState) -> LoneItems<'a> {
        LoneItems {
            stages,
            ledger_state,
            loose: &self.loose,
            others: &self.items,
        }
    }

    /// Plans all deliveries of `changed` instead of those of `old`, and the deliveries that share rate limits with
    /// others.
    async fn replan(
        &mut self,
        planning: &Planning<'_>,
        old: &[Arc<Item>],
        changed: Vec<(usize, Arc<Item>, Identity)>,
        cx: &Context,
    ) -> Option<PlanUpdate> {
        let routes = &planning.stages.routes;
        let is_in = |items: &[Arc<Item>], entry: &PlanEntry| {
            items.iter().any(|item| Arc::ptr_eq(item, &entry.read_item))
        };
        let new: Vec<Arc<Item>> = changed
            .iter()
            .map(|(_, item, _)| Arc::clone(item))
            .collect();
        let is_changed = |entry: &PlanEntry| is_in(old, entry) || is_in(&new, entry);
        let mut replanned = Vec::new();
        for entry in &self.plan.entries {
            if is_changed(entry) && is_skipped_by_transform(entry) {
                return None;
            }
            if entry.is_limited && !is_changed(entry) {
                let is_own =
                    |route: &&Route| route.source == entry.source && route.sink == entry.sink_index;
                replanned.push(Replanned {
                    route: routes.iter().find(is_own)?,
                    item: Arc::clone(&entry.read_item),
                    identity: identity_in(entry),
                });
            }
        }
        for (source, item, identity) in changed {
            let own = routes.iter().filter(|route| route.source == source);
            replanned.extend(own.map(|route| Replanned {
                route,
                item: Arc::clone(&item),
                identity: identity.clone(),
            }));
        }
        let entries = self.plan_some(planning, &replanned, cx).await?;
        for entry in &entries {
            debug!(
                post = entry.item.id(),
                sink = entry.sink,
                action = ?entry.action,
                code = %entry.code,
                reason = entry.reason,
                "delivery planned again"
            );
        }
        merge(&mut self.plan.entries, old, entries)
    }

    /// Returns the entries of `replanned`.
    async fn plan_some(
        &self,
        planning: &Planning<'_>,
        replanned: &[Replanned<'_>],
        cx: &Context,
    ) -> Option<Vec<PlanEntry>> {
        let pictures = pictures(planning).with_cache(&cx.blob_cache);
        let none = Identities::default();
        let facts = self.facts.as_ref()?;
        let ledger_state = self.ledger_state.as_ref()?;
        loop {
            let deliveries = replanned.iter().map(|of| PlannedDelivery {
                route: of.route,
                item: &of.item,
                identity: &of.identity,
            });
            let inputs = (&none, facts, &pictures);
            let mut planner = planner(planning, ledger_state, inputs, cx);
            let entries = planner.plan_some(deliveries.collect());
            // A note names posts that no sink gets.
            if !planner.unrouted.is_empty() {
                return None;
            }
            if !pictures.fetch_missing(cx).await {
                return Some(entries);
            }
        }
    }
}

fn identity_of(item: Option<&Arc<Item>>, lone: &LoneItems<'_>) -> Option<Option<Identity>> {
    match item {
        Some(item) => lone.identity(item).map(Some),
        None => Some(None),
    }
}

fn pair<'a>(
    item: &'a Option<Arc<Item>>,
    identity: Option<&'a Identity>,
) -> Option<(&'a Item, &'a Identity)> {
    item.as_deref().zip(identity)
}

fn identity_in(entry: &PlanEntry) -> Identity {
    Identity {
        groups: entry.groups.clone(),
        relation: entry.relation.clone(),
    }
}

fn is_skipped_by_transform(entry: &PlanEntry) -> bool {
    matches!(entry.code, Code::Filtered | Code::TransformFailed)
}

/// Returns `true` if `event` records nothing but the delivery of a post in `sent`.
fn is_of(event: &Event, sent: &[PlanEntry]) -> bool {
    let is_delivery = matches!(
        event.kind,
        EventKind::Intent { .. } | EventKind::Sent { .. }
    );
    let keys = event.keys();
    let is_same = |entry: &PlanEntry| entry.item.keys.iter().eq(keys.iter());
    is_delivery && sent.iter().any(is_same)
}

/// Returns `true` if a delivery is sent and needs no further request.
fn is_complete(state: &DeliveryState) -> bool {
    matches!(state, DeliveryState::Sent { follow_ups, .. } if follow_ups.is_empty())
}

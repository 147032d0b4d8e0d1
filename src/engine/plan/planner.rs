//! Plans the deliveries one by one.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use syndicate_api::{Code, CodeKind, Item, Sender, ServerInfo, contain};

use super::entry::PlanEntry;
use super::guard::SkipReason;
use super::model::{Plan, PlanPurpose};
use super::order::in_order;
use super::rate_limit::RateLimit;
use super::refusal::is_refusal;
use super::transformed::{Transformed, TransformedAhead};
use super::unrouted::Unrouted;
use super::{guard, relation, transformed};
use crate::config::Route;
use crate::engine::attachment::has_card;
use crate::engine::compose::compose;
use crate::engine::gather::Pictures;
use crate::engine::identity::{Identities, Identity, PlannedTexts};
use crate::engine::pipeline_names::UnrecordedNames;
use crate::engine::unknown_name::unknown_payload;
use crate::engine::{
    PipelineScan, Selection, ServedSink, SinkStage, StageChain, live_posts, sink_names,
};
use crate::ledger::{DeliveryState, LedgerState};

/// A delivery that is being planned.
#[derive(Clone, Copy)]
pub(super) struct PlannedDelivery<'a> {
    pub(super) route: &'a Route,
    pub(super) item: &'a Arc<Item>,
    pub(super) identity: &'a Identity,
}

pub(super) struct Planner<'a> {
    pub(super) stages: &'a StageChain,
    pub(super) ledger_state: &'a LedgerState,
    pub(super) selection: &'a Selection,
    pub(super) now: Timestamp,
    pub(super) purpose: PlanPurpose,
    pub(super) pictures: &'a Pictures,
    pub(super) identities: &'a Identities,
    pub(super) unseen: &'a UnrecordedNames,
    /// The account of each sink.
    pub(super) senders: &'a [Arc<Sender>],
    /// The values of each sink's server.
    pub(super) server_infos: &'a [ServerInfo],
    /// The transformed items of the next deliveries.
    pub(super) transformed_ahead: TransformedAhead,
    /// The posts that transforms have kept from sinks so far.
    pub(super) unrouted: Unrouted,
    /// The texts of the posts that this plan sends.
    pub(super) texts: PlannedTexts,
    /// One for each sink.
    pub(super) rate_limits: Vec<RateLimit>,
    /// `true` if `max_per_run` counts the posts of a day.
    pub(super) by_day: bool,
    /// Deliveries that do not count toward limits, by item and sink.
    pub(super) held_back: HashSet<(&'a str, &'a str)>,
    /// Entries of an earlier plan of this run.
    pub(super) attempted: HashMap<(usize, &'a str), &'a PlanEntry>,
}

impl<'a> Planner<'a> {
    pub(super) fn plan(mut self, scanned: &PipelineScan) -> Plan {
        let mut deliveries: Vec<PlannedDelivery<'_>> = Vec::new();
        for route in &self.stages.routes {
            let items = scanned.items.iter().enumerate();
            let own = items.filter(|(index, (source, _))| {
                *source == route.source && !self.identities.is_clashing(*index)
            });
            deliveries.extend(own.map(|(index, (_, item))| PlannedDelivery {
                route,
                item,
                identity: self.identities.get(index),
            }));
        }
        deliveries.retain(|delivery| {
            let is_selected = || {
                let sink = &self.stages.sinks[delivery.route.sink].name;
                let state = self.ledger_state.state_of(&delivery.identity.groups, sink);
                self.selection.may_select_state(&state)
            };
            self.selection.may_select(delivery.item)
                && self.selection.may_be_due(delivery.item)
                && (is_selected() || self.attempted(delivery).is_some())
        });
        let entries = self.plan_some(deliveries);
        let mut notes = scanned.notes.clone();
        notes.extend(self.unrouted.notes(&entries));
        for hash in self.selection.missing(&entries) {
            notes.push(unknown_payload(hash, &entries).to_line());
        }
        notes.extend(relation::moved_notes(self.identities, scanned));
        if !self.selection.is_of_due() {
            let live = live_posts(self.ledger_state).into_iter();
            notes.extend(live.map(|(message, hint)| format!("{message}; {hint}")));
        }
        let entries = entries
            .into_iter()
            .filter(|entry| self.selection.selects(entry))
            .collect();
        let faults = scanned.faults.iter().chain(&self.identities.faults);
        Plan {
            entries,
            base: self.stages.base.clone(),
            faults: faults.cloned().collect(),
            notes,
            has_unlisted_unknown: false,
            would_stop: false,
            unrecorded: Vec::new(),
        }
    }

    /// Plans these deliveries, and returns their entries in the order of a plan.
    pub(super) fn plan_some(&mut self, mut deliveries: Vec<PlannedDelivery<'_>>) -> Vec<PlanEntry> {
        deliveries.sort_by(|a, b| in_order((a.item, a.route.sink), (b.item, b.route.sink)));
        self.entries(&deliveries)
    }

    /// Plans all deliveries, the oldest first. Deliveries that the platform refused before are planned after the others:
    /// each run tries them again, so they would take the place of other posts in every run.
    fn entries(&mut self, deliveries: &[PlannedDelivery<'_>]) -> Vec<PlanEntry> {
        let mut order: Vec<usize> = (0..deliveries.len()).collect();
        order.sort_by_cached_key(|index| self.was_refused(&deliveries[*index]));
        let mut entries: Vec<(usize, PlanEntry)> = Vec::with_capacity(deliveries.len());
        let batch_size = transformed::batch_size(self.stages);
        for batch in order.chunks(batch_size.max(1)) {
            if batch_size > 1 {
                self.transform_ahead(deliveries, batch);
            }
            for index in batch {
                entries.push((*index, self.entry_or_attempted(&deliveries[*index])));
            }
        }
        entries.sort_unstable_by_key(|(index, _)| *index);
        // In place: an archive has many entries, and they are large.
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    /// Returns `true` if the platform refused the post itself at the last attempt.
    fn was_refused(&self, delivery: &PlannedDelivery<'_>) -> bool {
        let sink = &self.stages.sinks[delivery.route.sink].name;
        match self.ledger_state.state_of(&delivery.identity.groups, sink) {
            DeliveryState::Failed { code, .. } => is_refusal(&code),
            _ => false,
        }
    }

    /// Returns the entry of a delivery, or the one of an earlier plan of this run if that was carried out.
    fn entry_or_attempted(&mut self, delivery: &PlannedDelivery<'_>) -> PlanEntry {
        match self.attempted(delivery) {
            Some(entry) if entry.outcome.is_some() => entry.clone(),
            earlier => {
                let planned = contain(|| self.entry(delivery));
                let planned = planned.unwrap_or_else(|panic| {
                    let problem = panic.diagnostic("a plugin");
                    self.blank_entry(delivery).with_problem(problem)
                });
                planned.or_earlier(earlier)
            }
        }
    }

    /// Returns an entry of a delivery without a decision.
    fn blank_entry(&self, delivery: &PlannedDelivery<'_>) -> PlanEntry {
        let PlannedDelivery {
            route,
            item,
            identity,
        } = *delivery;
        let stage = &self.stages.sinks[route.sink];
        let mut entry = PlanEntry::new(Arc::clone(item), route.sink, &stage.name);
        entry.source = route.source;
        entry.groups.clone_from(&identity.groups);
        entry.relation.clone_from(&identity.relation);
        entry.sender.clone_from(&self.senders[route.sink]);
        entry
    }

    /// Returns the entry of an earlier plan of this run.
    pub(super) fn attempted(&self, delivery: &PlannedDelivery<'_>) -> Option<&'a PlanEntry> {
        let key = (delivery.route.sink, delivery.item.id());
        self.attempted.get(&key).copied()
    }

    fn entry(&mut self, delivery: &PlannedDelivery<'_>) -> PlanEntry {
        let PlannedDelivery {
            route,
            item,
            identity,
        } = *delivery;
        let stage = &self.stages.sinks[route.sink];
        let mut entry = self.blank_entry(delivery);
        entry.omits_id = stage.sink.capabilities().omits_id;
        if let Some((Code::SamePost, reason)) = &item.hold {
            return entry.with(Code::SamePost, reason.clone());
        }
        let named = !self.selection.is_all();
        let state = self.ledger_state.state_of(&identity.groups, &stage.name);
        if self.changes(&state, stage) {
            return self.changed(entry, delivery, &state);
        }
        let live = self.ledger_state.live();
        if let Some(skip_reason) = guard::recorded(&state, named, live, self.now) {
            return self.recorded(
                entry,
                route,
                relation::with_known_name(skip_reason, item, identity),
            );
        }
        if stage.skipped_in_sandbox {
            return entry.with(Code::NoSandbox, "the sandbox does not support this sink");
        }
        match self.transformed(route, item) {
            Ok(item) => entry.item = item,
            Err(skip) => {
                if self.is_due(item, stage) {
                    self.unrouted.add(item.label(), &skip);
                }
                return entry.with(skip.code, skip.to_string());
            }
        }
        if !entry.item.draft
            && !entry.item.overrides.skip.contains(&stage.name)
            && let Some(problem) = sink_names::unknown(&entry.item, self.stages)
        {
            return entry.with_problem(problem);
        }
        let is_answered = |hold: &SkipReason| hold.code == Code::Copy && self.selection.names(item);
        let hold = guard::item(&entry.item, &stage.name, self.now);
        let hold = hold.filter(|hold| !is_answered(hold));
        let excluded = guard::policy(&entry.item, &stage.policy, self.now).filter(|_| !named);
        let decides = |excluded: &SkipReason| {
            let mut holds = hold.iter();
            holds.all(|hold| guard::decides_before(excluded, hold))
        };
        if let Some(excluded) = excluded.filter(decides) {
            return entry.with_skip_reason(excluded);
        }
        if let Some(hold) = hold {
            return self.skip_with_payload(entry, hold);
        }
        let waiting = self.waiting(&entry, named);
        let question = self.question(&entry, identity);
        self.encode(entry, waiting, question)
    }

    /// Returns the sink with what is known about its server.
    pub(super) fn served(&self, sink_index: usize) -> ServedSink<'a> {
        ServedSink {
            stage: &self.stages.sinks[sink_index],
            server_info: &self.server_infos[sink_index],
        }
    }

    /// Returns `true` if only a transform keeps the post from the sink.
    fn is_due(&self, item: &Item, stage: &SinkStage) -> bool {
        guard::item(item, &stage.name, self.now).is_none()
            && guard::policy(item, &stage.policy, self.now).is_none()
    }

    /// Returns the reason why a delivery that is otherwise ready must wait.
    fn waiting(&self, entry: &PlanEntry, named: bool) -> Option<SkipReason> {
        let policy = &self.stages.sinks[entry.sink_index].policy;
        let limit = &self.rate_limits[entry.sink_index];
        limit.waiting(&entry.item, policy, (named, self.by_day), self.now)
    }

    /// Composes the payload of a delivery that is sent now or after a wait.
    fn encode(
        &mut self,
        mut entry: PlanEntry,
        waiting: Option<SkipReason>,
        question: Option<SkipReason>,
    ) -> PlanEntry {
        entry.is_limited = true;
        if self.purpose == PlanPurpose::Deliver
            && let Some(skip_reason) = waiting
        {
            return entry.with_skip_reason(skip_reason);
        }
        let sink = self.served(entry.sink_index);
        let entry = match compose(&entry.item, sink, self.pictures) {
            Ok(composed) => entry.with_composed(composed),
            Err(problem) if problem.code.kind() == CodeKind::Wait => {
                return entry.with_skip_reason(guard::retried(
                    problem.code,
                    problem.message,
                    self.now,
                ));
            }
            Err(problem) => return entry.with_problem(problem),
        };
        let unreachable = entry.composed.as_deref();
        if let Some(why) = unreachable.and_then(|composed| composed.unreachable.clone()) {
            return entry.with_skip_reason(guard::retried(Code::ImageUnreachable, why, self.now));
        }
        if let Some((code, reason)) = self.unapproved(&entry) {
            return entry.with(code, reason);
        }
        if let Some(skip_reason) = waiting.or(question) {
            return entry.with_skip_reason(skip_reason);
        }
        if let Some(skip_reason) = self.question_about_planned(&entry) {
            return entry.with_skip_reason(skip_reason);
        }
        let entry = entry.with(Code::New, "not sent before");
        if self.selection.selects(&entry) && !self.is_held(&entry) {
            self.rate_limits[entry.sink_index].planned += 1;
            self.texts.add(&entry.read_item, entry.sink_index);
        }
        entry
    }

    /// Returns `true` if the delivery is excluded although the policy permits it.
    fn is_held(&self, entry: &PlanEntry) -> bool {
        let delivery = (entry.item.id(), entry.sink.as_str());
        self.held_back.contains(&delivery)
    }

    /// Plans a delivery that the ledger holds back.
    fn recorded(&self, mut entry: PlanEntry, route: &Route, skip_reason: SkipReason) -> PlanEntry {
        if !self.is_selected_for_display(&entry) || skip_reason.code.kind() != CodeKind::Skip {
            return entry.with_skip_reason(skip_reason);
        }
        if let Ok(item) = self.transformed(route, &entry.item) {
            entry.item = item;
        }
        self.skip_with_payload(entry, skip_reason)
    }

    /// Holds the delivery back but still composes its payload if the user asked for this post, so that
    /// drafts can be previewed.
    fn skip_with_payload(&self, entry: PlanEntry, mut skip_reason: SkipReason) -> PlanEntry {
        if !self.is_selected_for_display(&entry) {
            return entry.with_skip_reason(skip_reason);
        }
        let sink = self.served(entry.sink_index);
        let item = &entry.item;
        let card_by = sink.stage.sink.capabilities().card;
        if has_card(item, card_by, &sink.limits()) && item.link.is_none() && item.url.is_none() {
            if skip_reason.code != Code::NoUrl {
                skip_reason.reason = format!(
                    "{}, and has no address yet that a card could show",
                    skip_reason.reason
                );
            }
            return entry.with_skip_reason(skip_reason);
        }
        match compose(item, sink, self.pictures) {
            Ok(composed) => entry.with_composed(composed).with_skip_reason(skip_reason),
            Err(problem) => {
                // An error does not count as a failure while the delivery is held back.
                skip_reason.reason =
                    format!("{}, and could not be sent: {problem}", skip_reason.reason);
                entry.with_skip_reason(skip_reason)
            }
        }
    }

    /// Returns `true` if the user selected this post for display.
    fn is_selected_for_display(&self, entry: &PlanEntry) -> bool {
        self.purpose == PlanPurpose::Show && self.selection.names(&entry.item)
    }

    /// Returns the reason why a payload must wait for approval, if it must.
    pub(super) fn unapproved(&self, entry: &PlanEntry) -> Option<(Code, String)> {
        let hash = &entry.composed.as_deref()?.hash;
        let approved = self
            .ledger_state
            .is_approved_of(&entry.groups, &entry.sink, hash);
        let is_needed = self.stages.sinks[entry.sink_index].needs_approval();
        (is_needed && !approved).then(|| {
            let reason = "the policy requires approval of this payload".to_owned();
            (Code::NotApproved, reason)
        })
    }

    pub(super) fn transformed(&self, route: &Route, item: &Arc<Item>) -> Transformed {
        let ahead = self.transformed_ahead.get(&route.transforms, item);
        ahead.unwrap_or_else(|| {
            let one = transformed::apply(self.stages, &route.transforms, &[item]);
            one.into_iter()
                .next()
                .unwrap_or_else(|| Ok(Arc::clone(item)))
        })
    }
}

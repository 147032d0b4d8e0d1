//! Plans updates of sent posts that were edited since.

use std::sync::Arc;

use syndicate_api::Code;

use super::super::{SinkStage, digest};
use super::entry::PlanEntry;
use super::guard::SkipReason;
use super::guard::day;
use super::planner::{PlannedDelivery, Planner};
use super::{guard, relation};
use crate::config::OnChange;
use crate::engine::compose::compose;
use crate::engine::identity::{Identity, Relation};
use crate::ledger::{Attempt, DeliveryState, Digests};

impl Planner<'_> {
    /// Returns `true` if a delivery in this state may need an update.
    pub(super) fn changes(&self, state: &DeliveryState, stage: &SinkStage) -> bool {
        let wanted = self.selection.is_of_changes() || stage.policy.on_change == OnChange::Update;
        wanted && !stage.skipped_in_sandbox && matches!(state, DeliveryState::Sent { .. })
    }

    /// Plans the delivery of a sent post that may have changed.
    pub(super) fn changed(
        &self,
        mut entry: PlanEntry,
        delivery: &PlannedDelivery<'_>,
        state: &DeliveryState,
    ) -> PlanEntry {
        let PlannedDelivery {
            route, identity, ..
        } = *delivery;
        let DeliveryState::Sent {
            at,
            attempt,
            receipt,
            updated,
            ..
        } = state
        else {
            return entry;
        };
        let as_recorded = guard::recorded(state, false, self.ledger_state.live(), self.now);
        let unchanged = |entry: PlanEntry| match as_recorded.clone() {
            Some(skip_reason) => entry.with_skip_reason(relation::with_known_name(
                skip_reason,
                delivery.item,
                identity,
            )),
            None => entry,
        };
        let stage = &self.stages.sinks[route.sink];
        if self
            .ledger_state
            .live_posts(&entry.groups, &entry.sink)
            .len()
            > 1
        {
            // It is unclear which of the posts has the recorded text.
            return unchanged(entry);
        }
        let Ok(item) = self.transformed(route, &entry.item) else {
            return unchanged(entry);
        };
        if guard::item(&item, &stage.name, self.now).is_some() {
            return unchanged(entry);
        }
        let is_requested = self.selection.is_of_changes();
        let now = match digest::of_item(&item, stage) {
            Ok(now) => now,
            Err(problem) => return entry.with_problem(problem),
        };
        let then = attempt.digests.as_ref();
        if !is_requested && !then.is_some_and(|then| digest::has_changed(&then.item, &now)) {
            return unchanged(entry);
        }
        entry.item = Arc::clone(&item);
        let composed = match compose(&item, self.served(route.sink), self.pictures) {
            Ok(composed) => composed,
            Err(problem) => return entry.with_problem(problem),
        };
        let Some(revision) = composed.revision.clone() else {
            let reason = format!("sent on {}, and this sink cannot change it", day(*at));
            return entry.with(Code::AlreadySent, reason);
        };
        let differs = |of: fn(&Digests) -> &String| {
            let pair = then.zip(composed.digests.as_ref());
            pair.is_none_or(|(then, now)| of(then) != of(now))
        };
        let (editable, fixed) = (differs(|d| &d.editable), differs(|d| &d.fixed));
        let since = day(updated.unwrap_or(*at));
        let kept = format!("{} stays as it was sent on {}", revision.keeps, day(*at));
        let Some(receipt) = receipt.as_ref().filter(|_| editable) else {
            let why = if editable {
                "the platform's id of the post is not recorded, so it cannot be changed"
            } else if fixed {
                kept.as_str()
            } else {
                return unchanged(entry);
            };
            let reason = format!("it has changed since {since}: {why}");
            return entry
                .with_composed(composed)
                .with(Code::AlreadySent, reason);
        };
        let mut composed = composed;
        if fixed && then.is_some() {
            composed.warnings.push(kept);
        }
        entry = entry.with_composed(composed);
        if let Some(skip_reason) = self.question_before_update(&entry, identity, attempt, &now) {
            return entry.with_skip_reason(skip_reason);
        }
        if let Some((code, reason)) = self.unapproved(&entry) {
            return entry.with(code, reason);
        }
        entry.receipt = Some(Box::new(receipt.clone()));
        entry.earlier = Some(Arc::clone(attempt));
        let reason = format!("{} has changed since {since}", revision.changes);
        entry.with(Code::Changed, reason)
    }

    /// Returns the question that the user must answer before a sent post is updated, if its URL now belongs
    /// to another post or an old text has returned. Selecting the post by name answers both questions.
    fn question_before_update(
        &self,
        entry: &PlanEntry,
        identity: &Identity,
        attempt: &Attempt,
        now: &str,
    ) -> Option<SkipReason> {
        if self.selection.is_of_changes() && self.selection.names(&entry.item) {
            return None;
        }
        if let Relation::Replaced(old) = &identity.relation {
            let reason = format!(
                "title, day and text all differ from the post that was sent as `{}`; a \
                 `syndicate.id` makes this one a post of its own",
                old.name
            );
            return Some(SkipReason::new(Code::Replaced, reason));
        }
        let current = attempt.digests.as_ref().map(|digests| &digests.item);
        let events = self.ledger_state.events_of(&entry.groups, &entry.sink);
        let mut versions = events
            .into_iter()
            .filter_map(|event| Some(&event.kind.attempt()?.digests.as_ref()?.item));
        let is_earlier =
            versions.any(|version| version == now) && current.is_some_and(|it| it != now);
        is_earlier.then(|| {
            let reason = "its text is that of an earlier version again, as after the checkout of an \
                old branch";
            SkipReason::new(Code::ChangedBack, reason)
        })
    }
}

//! Computes the changes between plans for JSON output, because the whole plan of a large site would
//! be too long to print after each save.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use serde_json::{Value, json};

use crate::engine::{Plan, PlanEntry, PlanUpdate, Summary};
use crate::preview::{entry_json, fault_json};

/// The printed state of the last plan.
#[derive(Default)]
pub(super) struct PlanChanges {
    /// The digest of each delivery as printed, by the identifiers of its item and its sink.
    deliveries: BTreeMap<DeliveryKey, u64>,
    /// Diagnostics, notes and counts; `None` before the first plan.
    rest: Option<Value>,
}

type DeliveryKey = (String, String);

impl PlanChanges {
    /// Returns the deliveries of `plan` that are new, changed or gone, and the rest of the plan;
    /// `None` if nothing has changed.
    pub(super) fn take_new(&mut self, plan: &Plan) -> Option<Value> {
        let before = std::mem::take(&mut self.deliveries);
        self.take(plan, plan.entries.iter(), before)
    }

    /// Does what [`PlanChanges::take_new`] does, for a plan of which only the entries in `update` differ from the previous
    /// one.
    pub(super) fn take_updated(&mut self, plan: &Plan, update: &PlanUpdate) -> Option<Value> {
        let replaced = update.replaced.iter().map(key);
        let before = replaced.filter_map(|key| self.deliveries.remove_entry(&key));
        let before = before.collect();
        let planned = update.planned.iter().map(|index| &plan.entries[*index]);
        self.take(plan, planned, before)
    }

    /// Compares `entries` with the deliveries `before` the change.
    fn take<'p>(
        &mut self,
        plan: &Plan,
        entries: impl Iterator<Item = &'p PlanEntry>,
        mut before: BTreeMap<DeliveryKey, u64>,
    ) -> Option<Value> {
        let mut changed = Vec::new();
        for entry in entries {
            let delivery = key(entry);
            let value = entry_json(entry);
            let digest = digest(&value.to_string());
            if before.remove(&delivery) != Some(digest) {
                changed.push(value);
            }
            self.deliveries.insert(delivery, digest);
        }
        let gone: Vec<Value> = before
            .into_keys()
            .map(|(item, sink)| json!({"item": item, "sink": sink}))
            .collect();
        let rest = json!({
            "faults": plan.faults.iter().map(fault_json).collect::<Vec<_>>(),
            "notes": plan.notes,
            "summary": Summary::of(plan),
        });
        let is_same = self.rest.replace(rest.clone()).as_ref() == Some(&rest);
        if is_same && changed.is_empty() && gone.is_empty() {
            return None;
        }
        let mut changes = rest;
        changes["plan"] = changed.into();
        changes["gone"] = gone.into();
        Some(changes)
    }
}

fn key(entry: &PlanEntry) -> DeliveryKey {
    (entry.item.id().to_owned(), entry.sink.clone())
}

fn digest(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

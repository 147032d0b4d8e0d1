//! Computes the changes between plans for JSON output, because the whole plan of a large site would
//! be too long to print after each save.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::engine::{Plan, Summary};
use crate::preview::{entry_json, fault_json};

/// The printed state of the last plan.
#[derive(Default)]
pub(super) struct PlanChanges {
    /// Each delivery as printed, by the identifiers of its item and its sink.
    deliveries: BTreeMap<(String, String), String>,
    /// Diagnostics, notes and counts; `None` before the first plan.
    rest: Option<Value>,
}

impl PlanChanges {
    /// Returns the deliveries of `plan` that are new, changed or gone, and the rest of the plan;
    /// `None` if nothing has changed.
    pub(super) fn take_new(&mut self, plan: &Plan) -> Option<Value> {
        let mut before = std::mem::take(&mut self.deliveries);
        let mut changed = Vec::new();
        for entry in &plan.entries {
            let delivery = (entry.item.id().to_owned(), entry.sink.clone());
            let value = entry_json(entry);
            let text = value.to_string();
            if before.remove(&delivery).as_ref() != Some(&text) {
                changed.push(value);
            }
            self.deliveries.insert(delivery, text);
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

//! What is new in a plan, for programs that listen: whole plans of a site with thousands of posts after
//! each save would be too much to read.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::engine::{Plan, Summary};
use crate::preview::{entry_json, fault_json};

/// What was told of the last plan.
#[derive(Default)]
pub(super) struct News {
    /// Each delivery, by the ids of its item and its sink, as it was told.
    deliveries: BTreeMap<(String, String), String>,
    /// Faults, notes and numbers; nothing was told before the first plan.
    rest: Option<Value>,
}

impl News {
    /// The deliveries of `plan` that are new or not what they were, those that are gone, and the
    /// rest; nothing where all of that was told.
    pub(super) fn of(&mut self, plan: &Plan) -> Option<Value> {
        let mut before = std::mem::take(&mut self.deliveries);
        let mut changed = Vec::new();
        for entry in &plan.entries {
            let delivery = (entry.item.id().to_owned(), entry.sink.clone());
            let told = entry_json(entry);
            let text = told.to_string();
            if before.remove(&delivery).as_ref() != Some(&text) {
                changed.push(told);
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
        let same = self.rest.replace(rest.clone()).as_ref() == Some(&rest);
        if same && changed.is_empty() && gone.is_empty() {
            return None;
        }
        let mut news = rest;
        news["plan"] = changed.into();
        news["gone"] = gone.into();
        Some(news)
    }
}

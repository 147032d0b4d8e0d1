//! Builds the accessible names of deliveries, so that no two controls on a page have the same name.

use std::collections::{HashMap, HashSet};

use crate::engine::{Plan, PlanEntry};
use loopback_page::Escaped;

/// Identifies a delivery on a page, for scripts and for screen readers.
pub(crate) struct DeliveryId<'a> {
    /// Unique value for `id` attributes.
    pub id: &'a str,
    /// Unique suffix for the accessible names of controls.
    pub name: &'a str,
}

impl DeliveryId<'_> {
    /// Renders the label of a control; screen readers read the delivery's name after it.
    pub(crate) fn label(&self, text: &str) -> String {
        format!(
            "{text}<span class=\"unseen\"> ({})</span>",
            Escaped(self.name)
        )
    }
}

/// Builds unique names for the deliveries of a plan.
pub(super) struct DeliveryNames<'p> {
    /// Titles that more than one post has.
    repeated: HashSet<&'p str>,
}

impl<'p> DeliveryNames<'p> {
    pub(super) fn of(plan: &'p Plan) -> Self {
        let mut first = HashMap::new();
        let mut repeated = HashSet::new();
        for entry in &plan.entries {
            let title = title(entry);
            if *first.entry(title).or_insert(entry.item.id()) != entry.item.id() {
                repeated.insert(title);
            }
        }
        Self { repeated }
    }

    /// Returns the post's title and sink, with the post's file or URL if another post has the same title.
    pub(super) fn name(&self, entry: &PlanEntry) -> String {
        let title = title(entry);
        match self.repeated.contains(title) {
            true => format!("{title}, {}, {}", entry.item.label(), entry.sink),
            false => format!("{title}, {}", entry.sink),
        }
    }
}

fn title(entry: &PlanEntry) -> &str {
    entry.item.title.as_deref().unwrap_or("Untitled")
}

//! What deliveries are called in the names of their buttons, so that no two controls of a page are
//! called the same.

use std::collections::{HashMap, HashSet};

use crate::engine::{Plan, PlanEntry};
use loopback_page::Escaped;

/// What tells a delivery from all others on a page: for scripts, and for those who hear it.
pub(crate) struct DeliveryId<'a> {
    /// Fit for an `id`.
    pub id: &'a str,
    /// Fit for the name of a control.
    pub name: &'a str,
}

impl DeliveryId<'_> {
    /// The label of a control in HTML, which goes on with the delivery's name for those who hear it.
    pub(crate) fn label(&self, text: &str) -> String {
        format!(
            "{text}<span class=\"unseen\"> ({})</span>",
            Escaped(self.name)
        )
    }
}

/// The names of the deliveries of a plan.
pub(super) struct DeliveryNames<'p> {
    /// Titles that several posts have.
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

    /// Returns the title of a post and its sink, and the post's file or address if others have its title.
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

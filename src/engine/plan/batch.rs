//! Transforms the items of several deliveries together, for transforms that are other programs.

use syndicate_api::{Code, contain};

use super::guard;
use super::planner::{PlannedDelivery, Planner};

impl Planner<'_> {
    /// Transforms the items of the next deliveries, as far as no earlier rule decides about them. `order` has their
    /// indices.
    pub(super) fn transform_ahead(&mut self, deliveries: &[PlannedDelivery<'_>], order: &[usize]) {
        let mut ahead = std::mem::take(&mut self.transformed_ahead);
        let next = order.iter().map(|index| &deliveries[*index]);
        let reaching = next.filter(|delivery| self.reaches_transforms(delivery));
        let reaching = reaching.map(|delivery| (&*delivery.route.transforms, delivery.item));
        // Without results, each item is transformed alone, and a panic is that of its delivery.
        if contain(|| ahead.fill(self.stages, reaching)).is_ok() {
            self.transformed_ahead = ahead;
        }
    }

    /// Returns `true` if no earlier rule decides about a delivery.
    fn reaches_transforms(&self, delivery: &PlannedDelivery<'_>) -> bool {
        let PlannedDelivery {
            route,
            item,
            identity,
        } = delivery;
        let stage = &self.stages.sinks[route.sink];
        if route.transforms.is_empty()
            || matches!(&item.hold, Some((Code::SamePost, _)))
            || self
                .attempted(delivery)
                .is_some_and(|entry| entry.outcome.is_some())
        {
            return false;
        }
        let state = self.ledger_state.state_of(&identity.groups, &stage.name);
        let (named, live) = (!self.selection.is_all(), self.ledger_state.live());
        self.changes(&state, stage)
            || guard::recorded(&state, named, live, self.now).is_none() && !stage.skipped_in_sandbox
    }
}

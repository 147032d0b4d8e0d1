//! Transforms change or skip items between sources and sinks.

use crate::Item;

/// The result of a transform for one item.
#[derive(Clone, Debug, PartialEq)]
pub enum TransformOutcome {
    /// The item continues, possibly changed. A transform must not change its keys.
    Keep(Box<Item>),
    /// The item is not sent to the sinks after this transform.
    Skip {
        /// The reason, which names the rule and the value.
        reason: String,
    },
}

/// A step between sources and sinks. Pure: the same item always has the same outcome.
pub trait Transform: Send + Sync {
    /// Keeps, changes or skips `item`.
    ///
    /// # Errors
    /// Returns an error if the rules cannot be applied to the item, which is then not sent.
    fn apply(&self, item: Item) -> crate::Result<TransformOutcome>;

    /// Returns the number of items that are best passed to [`Transform::apply_all`] together. It is more than 1 for a
    /// transform that would wait for each item by itself, such as another program.
    fn batch_size(&self) -> usize {
        1
    }

    /// Returns the outcome of each item, in the order of `items`.
    fn apply_all(&self, items: Vec<Item>) -> Vec<crate::Result<TransformOutcome>> {
        items.into_iter().map(|item| self.apply(item)).collect()
    }
}

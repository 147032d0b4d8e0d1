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
}

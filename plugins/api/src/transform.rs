//! Transforms: what happens to an item on its way to a sink.

use crate::Item;

/// What becomes of an item.
#[derive(Clone, Debug, PartialEq)]
pub enum TransformOutcome {
    /// It goes on, perhaps changed. Its keys are not a transform's to change.
    Keep(Box<Item>),
    /// It goes no further.
    Skip {
        /// Why, in words that name the rule and the value it met.
        reason: String,
    },
}

/// A step between source and sink. Pure: the same item always meets the same verdict.
pub trait Transform: Send + Sync {
    /// Keeps or skips `item`.
    ///
    /// # Errors
    /// When the item cannot be judged; that item is then not sent.
    fn apply(&self, item: Item) -> crate::Result<TransformOutcome>;
}

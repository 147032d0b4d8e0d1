//! The changes that a platform allows to a published post.

use serde_json::Value;

use crate::{Name, Step};

/// The changes that a platform allows to a published post, computed from the post's current payload.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// The steps that make the change, of the role [`Role::FollowUp`](crate::Role::FollowUp). They may contain the
    /// slots of the receipt, such as `receipt:/id`.
    pub steps: Vec<Step>,
    /// The part of the payload that the steps change.
    pub editable: Value,
    /// The part of the payload that cannot be changed.
    pub fixed: Value,
    /// The part that the steps change, for messages, such as `the commentary`.
    pub changes: Name,
    /// The part that stays, for messages, such as `the card`.
    pub keeps: Name,
}

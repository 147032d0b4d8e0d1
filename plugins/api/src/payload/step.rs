//! A step of a payload: one request with its role in the delivery.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Request;
use crate::Name;

/// One request of a delivery, with its role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The name of the step, for messages and logs.
    pub name: Name,
    /// The role of the step.
    pub role: Role,
    /// The request. Host, API version and credentials are not part of it.
    pub request: Request,
    /// The sink's own rules for the step, such as the meaning of responses, if they come with the payload. They are not
    /// part of the hash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<Value>,
}

/// The role of a step in the delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Is invisible to readers and may be repeated. [`Sink::prepare`](crate::Sink::prepare) sends it, before the intent is
    /// recorded. It is part of the payload, so that its content is part of the hash.
    Prepare,
    /// Is visible and keyed, so that a repeat changes nothing. Its failure ends the attempt before anything is
    /// created.
    Before,
    /// Creates the post.
    Create,
    /// Follows the post. It may be repeated, and may contain slots of the receipt.
    FollowUp,
}

impl Step {
    /// Returns a step with this name and role.
    #[must_use]
    pub fn new(name: impl Into<Name>, role: Role, request: Request) -> Self {
        Self {
            name: name.into(),
            role,
            request,
            rules: None,
        }
    }

    /// Returns the step that creates the post.
    #[must_use]
    pub fn create(request: Request) -> Self {
        Self::new("create", Role::Create, request)
    }
}

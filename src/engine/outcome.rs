//! The outcome of an attempted delivery.

use serde::Serialize;

/// The outcome of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The platform created the post.
    Sent,
    /// The post was certainly not created.
    Failed,
    /// The platform updated the post.
    Updated,
    /// The post may or may not have been created.
    Unknown,
    /// The platform currently accepts no post: it refused this one, or an earlier refusal closed the sink.
    Waiting,
}

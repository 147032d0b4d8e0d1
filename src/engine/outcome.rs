//! The outcome of a delivery that was tried.

use serde::Serialize;

/// The outcome of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The platform created the post.
    Sent,
    /// Surely nothing was created.
    Failed,
    /// The platform changed the post.
    Updated,
    /// The post may or may not have been created.
    Unknown,
    /// It was not tried, since its sink takes nothing at present.
    Waiting,
}

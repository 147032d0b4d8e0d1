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
    /// Its sink takes nothing at present: the platform refused it for now, or it was not tried for that
    /// reason.
    Waiting,
}

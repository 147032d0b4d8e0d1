//! The rows of an error table.

use crate::{Code, PublishErrorKind};

/// The meaning of a status, or of a status with an error code.
#[derive(Clone, Copy, Debug)]
pub struct ErrorRow {
    /// The status; `None` matches any.
    pub status: Option<u16>,
    /// The platform's error code; `None` matches any.
    pub code: Option<&'static str>,
    /// The kind of error. [`PublishErrorKind::Throttled`] gets its time from `Retry-After`.
    pub kind: PublishErrorKind,
    /// The stable code of the error.
    pub reason: Code,
    /// The next step for the user, in the imperative; empty for the usual one of `reason`.
    pub hint: &'static str,
}

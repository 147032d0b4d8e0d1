//! Diagnostics of feeds and their entries. They do not name the feed; the source adds its name.

use syndicate_api::{Code, Diagnostic};

/// Returns a diagnostic for an invalid feed or entry.
pub(crate) fn invalid(message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::InvalidFeed, message)
}

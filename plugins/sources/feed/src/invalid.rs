//! Diagnostics of feeds and their entries. They are made where the name of the feed is not known;
//! the source adds it.

use syndicate_api::{Code, Diagnostic};

/// Returns the diagnostic of a feed, or an entry of one, that is not valid.
pub(crate) fn invalid(message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::InvalidFeed, message)
}

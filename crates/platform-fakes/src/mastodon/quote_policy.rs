//! The values of `quote_approval_policy` (Mastodon 4.5).

/// The values.
pub(super) const QUOTE_POLICIES: [&str; 3] = ["public", "followers", "nobody"];

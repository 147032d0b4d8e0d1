//! `Idempotency-Key`: a repeat with a known key gets the first post again, even if its text differs. A
//! key is known for one hour after the first request.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

/// The time that a key is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(1);

/// The handling of `Idempotency-Key`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdempotencyKeys {
    /// As documented, but ignored for scheduled posts (issue 30039 of Mastodon).
    #[default]
    Honoured,
    /// A repeat is detected and answered with 500 (issue 40399 of Mastodon, before the fix of
    /// September 2026).
    RepeatFails,
    /// The key is ignored, as other servers with this API do.
    Ignored,
}

/// The keys and the posts that they created.
#[derive(Debug, Default)]
pub(super) struct KnownKeys(BTreeMap<String, (String, Timestamp)>);

impl KnownKeys {
    /// Returns the identifier of the post that was created with `key`.
    pub(super) fn get(&self, key: &str, now: Timestamp) -> Option<&str> {
        let (id, created) = self.0.get(key)?;
        (now < *created + KEPT).then_some(id.as_str())
    }

    /// Remembers the post that was created with `key`.
    pub(super) fn insert(&mut self, key: &str, id: &str, now: Timestamp) {
        self.0.insert(key.to_owned(), (id.to_owned(), now));
    }
}

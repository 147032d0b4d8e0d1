//! A stored post, and the format of post URNs.

use jiff::Timestamp;
use serde_json::Value;

/// A post as it was sent, with its current fields.
#[derive(Clone, Debug)]
pub(crate) struct StoredPost {
    /// URN of the post.
    pub(crate) id: String,
    /// The body of the request that created it.
    pub(crate) raw: Value,
    /// Current fields of the post, after edits.
    pub(crate) fields: Value,
    /// The time at which it was accepted.
    pub(crate) created: Timestamp,
    /// The time of the last edit, if it was edited.
    pub(crate) edited: Option<Timestamp>,
    /// The time at which it was deleted, if it was.
    pub(crate) deleted: Option<Timestamp>,
    /// `true` if the commentary is plain text, as in the older API, and not in little text format.
    pub(crate) plain: bool,
}

impl StoredPost {
    /// Creates a post that was just accepted.
    pub(crate) fn new(id: String, raw: Value, created: Timestamp) -> Self {
        Self {
            id,
            fields: raw.clone(),
            raw,
            created,
            edited: None,
            deleted: None,
            plain: false,
        }
    }

    /// Sets the fields of `patch`, which has the format of the current API even for a post of the older
    /// one.
    pub(crate) fn edit(&mut self, patch: &Value, now: Timestamp) {
        if patch.get("commentary").is_some() {
            self.plain = false;
        }
        for (name, value) in patch.as_object().into_iter().flatten() {
            self.fields[name.as_str()] = value.clone();
        }
        self.edited = Some(now);
    }
}

/// Returns `true` if `urn` is the URN of a post. `urn:li:activity:…`, which browsers show, is not.
pub(crate) fn is_post_urn(urn: &str) -> bool {
    let number = ["urn:li:share:", "urn:li:ugcPost:"]
        .iter()
        .find_map(|prefix| urn.strip_prefix(prefix));
    number.is_some_and(|number| number.parse::<u64>().is_ok())
}

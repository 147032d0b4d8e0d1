//! A stored post, and the URNs that posts have.

use jiff::Timestamp;
use serde_json::Value;

/// A post, as it was sent and as it stands.
#[derive(Clone, Debug)]
pub(crate) struct StoredPost {
    /// Its URN.
    pub(crate) id: String,
    /// The body of the request that created it.
    pub(crate) raw: Value,
    /// Its fields as they stand after edits.
    pub(crate) fields: Value,
    /// When it was accepted.
    pub(crate) created: Timestamp,
    /// When it was last edited, if it was.
    pub(crate) edited: Option<Timestamp>,
    /// When it was deleted, if it was.
    pub(crate) deleted: Option<Timestamp>,
    /// Whether its commentary is plain text and no little text, as the older API takes it.
    pub(crate) plain: bool,
}

impl StoredPost {
    /// A post that was just accepted.
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

    /// Sets the fields of `patch`, which are those of today's API whichever created the post.
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

/// Whether posts have such URNs. What browsers show, `urn:li:activity:…`, is another thing.
pub(crate) fn is_post_urn(urn: &str) -> bool {
    let number = ["urn:li:share:", "urn:li:ugcPost:"]
        .iter()
        .find_map(|prefix| urn.strip_prefix(prefix));
    number.is_some_and(|number| number.parse::<u64>().is_ok())
}

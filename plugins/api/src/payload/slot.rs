//! Slots: values of a request that are filled after the payload was composed. They may occur in the body, in
//! segments of the path, in the query and in headers.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// The key of a slot: `{"$slot":"author"}` is replaced by the author's identifier, `{"$slot":"media:0"}` by
/// that of the first uploaded medium.
pub const SLOT_KEY: &str = "$slot";

/// The values of slots, by name. The ledger records them with the intent, so they never contain a secret or a
/// signed URL.
pub type Slots = BTreeMap<String, Value>;

/// Returns the slot with this name:
///
/// | name | value | filled by |
/// |---|---|---|
/// | `author`, `media:N` and names of the sink | values of the platform | `prepare` |
/// | `now` | the time of the intent, as text in RFC 3339 with milliseconds | `seal` |
/// | `key` | the attempt's id, which no two attempts share | `seal` |
/// | `receipt:POINTER` | a value of the receipt, such as `receipt:/id` | the engine, in follow-ups and updates |
#[must_use]
pub fn slot(name: &str) -> Value {
    json!({ SLOT_KEY: name })
}

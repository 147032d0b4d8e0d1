//! What a document says, in whatever notation. An edit is believed only when it is read again and says
//! what the document said before, with the one key changed.

use serde_json::{Map, Value};

/// `says` with the key at `path` set to `value`, or taken out for `None`.
pub(super) fn with(mut says: Value, path: &[&str], value: Option<&Value>) -> Value {
    let mut at = &mut says;
    for key in path {
        if !at.is_object() && value.is_none() {
            return pruned(says);
        }
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        at = &mut at[*key];
    }
    *at = value.cloned().unwrap_or_default();
    pruned(says)
}

/// `value` without nulls and empty maps: a block that has lost its last key says nothing.
pub(super) fn pruned(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let map = map.into_iter().map(|(key, value)| (key, pruned(value)));
            let map: Map<String, Value> = map.filter(|(_, value)| !value.is_null()).collect();
            if map.is_empty() {
                Value::Null
            } else {
                Value::Object(map)
            }
        }
        other => other,
    }
}

//! Computes the data that a document must have after an edit, independent of its format. An edit is
//! accepted only if the parsed result equals this data.

use serde_json::{Map, Value};

/// Returns `data` with the key at `path` set to `value`, or removed for `None`.
pub(super) fn with(mut data: Value, path: &[&str], value: Option<&Value>) -> Value {
    let mut at = &mut data;
    for key in path {
        if !at.is_object() && value.is_none() {
            return pruned(data);
        }
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        at = &mut at[*key];
    }
    *at = value.cloned().unwrap_or_default();
    pruned(data)
}

/// Returns `value` without nulls and empty maps, which mean the same as a missing key.
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

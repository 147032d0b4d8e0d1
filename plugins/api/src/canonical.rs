//! Canonical JSON: sorted keys and no white space, so that equal values are equal byte for byte. The payload's
//! hash is computed from it, and requests are sent in it. The sorting is done here, because the order of
//! `serde_json::Map` depends on a feature that any dependency may enable.

use serde_json::Value;

/// Returns the canonical text of `value`: object keys sorted by code point, no white space, numbers and
/// strings as `serde_json` writes them.
#[must_use]
pub fn canonical_json(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| key.as_str());
            text.push('{');
            for (index, (key, value)) in entries.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write(value, text);
            }
            text.push('}');
        }
        Value::Array(values) => {
            text.push('[');
            for (index, value) in values.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write(value, text);
            }
            text.push(']');
        }
        scalar => text.push_str(&scalar.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::canonical_json;
    use serde_json::{Value, json};

    #[test]
    fn canonical_json_sorts_nested_keys() {
        let value = json!({"b": [{"z": 1, "a": null}], "a": "\"ü\n"});
        assert_eq!(
            canonical_json(&value),
            r#"{"a":"\"ü\n","b":[{"a":null,"z":1}]}"#
        );
    }

    #[test]
    fn canonical_json_round_trips() {
        let value = json!({"n": -1.5, "t": true, "e": {}, "l": []});
        let back: Value = serde_json::from_str(&canonical_json(&value)).unwrap();
        assert_eq!(back, value);
    }
}

//! Converts scalars to text.

use serde_json::Value;

/// Returns a string or number as text; `None` for a list, an object, a Boolean or `null`.
#[must_use]
pub fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

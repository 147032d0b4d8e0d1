//! `optional` and `default`: print an alternative. `optional` is for a key that may be missing, and is
//! the only helper that accepts a missing key; `default` is for a value that may be empty.

use serde_json::Value;

use super::helper::{Helper, HelperOutput};
use super::signature::{Signature, VALUE};

pub(super) const OPTIONAL: Helper = Helper {
    signature: Signature {
        name: "optional",
        usage: "{{optional front.KEY \"fallback\"}}",
        parameters: 1..=2,
        options: &[],
        uses: VALUE,
    },
    run: |arguments| {
        let value = match arguments.maybe(0) {
            Some(value) if !is_empty(value) => value,
            _ => arguments.value(1)?,
        };
        Ok(HelperOutput::Value(value.clone()))
    },
};

pub(super) const DEFAULT: Helper = Helper {
    signature: Signature {
        name: "default",
        usage: "{{default VALUE \"fallback\"}}",
        parameters: 2..=2,
        options: &[],
        uses: VALUE,
    },
    run: |arguments| {
        let value = match arguments.value(0)? {
            value if is_empty(value) => arguments.value(1)?,
            value => value,
        };
        Ok(HelperOutput::Value(value.clone()))
    },
};

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

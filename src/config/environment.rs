//! Expands `${NAME}` in the values of a component.
//!
//! The plugin's schema marks secrets: they keep their expression and are looked up when they are used. If
//! the schema requires a number or boolean, the expanded value is parsed as one.

use schemars::Schema;
use serde_json::Value;
use syndicate_api::{Diagnostic, Env, Secret, interpolate};

use super::fault::invalid;
use super::tree::{ConfigNode, NodeKind, TreeEntry};

/// Expands the variables in every text of `node`, except in secrets.
pub(super) fn expand(
    node: &mut ConfigNode,
    schema: &Value,
    env: &Env,
    faults: &mut Vec<Diagnostic>,
) {
    match &mut node.kind {
        NodeKind::Map(entries) => {
            for TreeEntry { key, node, .. } in entries {
                expand(node, member(schema, key), env, faults);
            }
        }
        NodeKind::List(nodes) => {
            let items = schema.get("items").unwrap_or(&Value::Null);
            for node in nodes {
                expand(node, items, env, faults);
            }
        }
        NodeKind::Scalar(Value::String(text)) if text.contains("${") => {
            if schema.get("format").and_then(Value::as_str) == Some(Secret::FORMAT) {
                return;
            }
            match interpolate(text, &|name| env.get(name)) {
                Ok(value) => node.kind = NodeKind::Scalar(as_wanted(value, schema)),
                Err(unset) => {
                    let hint = format!("set it, or give a default: `${{{}:-value}}`", unset.0);
                    faults.push(invalid(node.span, unset.to_string()).with_hint(hint));
                }
            }
        }
        NodeKind::Scalar(_) => {}
    }
}

/// Returns a plugin's schema as a JSON value.
pub(super) fn schema_value(schema: Schema) -> Value {
    schema.to_value()
}

fn member<'a>(schema: &'a Value, key: &str) -> &'a Value {
    let properties = schema
        .get("properties")
        .and_then(|properties| properties.get(key));
    properties
        .or_else(|| schema.get("additionalProperties"))
        .unwrap_or(&Value::Null)
}

fn as_wanted(text: String, schema: &Value) -> Value {
    let wants = |name: &str| match schema.get("type") {
        Some(Value::String(kind)) => kind == name,
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == name),
        _ => false,
    };
    let read = |text: &str| serde_json::from_str::<Value>(text).ok();
    match read(&text) {
        Some(Value::Bool(value)) if wants("boolean") => Value::Bool(value),
        Some(Value::Number(value)) if wants("integer") || wants("number") => Value::Number(value),
        _ => Value::String(text),
    }
}

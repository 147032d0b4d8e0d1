//! Expands `${NAME}` in the values of a component.
//!
//! The plugin's schema marks secrets: they keep their expression and are looked up when they are used. If
//! the schema requires a number or boolean, the expanded value is parsed as one.

use schemars::Schema;
use serde_json::Value;
use syndicate_api::{Diagnostic, Env, Secret, interpolate};

use super::fault::invalid;
use super::tree::{ConfigNode, NodeKind, TreeEntry};

/// Expands the variables in every text of `node`, except in secrets. Generates the schema only if there are any,
/// because that takes longer than reading the whole file.
pub(super) fn expand(
    node: &mut ConfigNode,
    schema: impl FnOnce() -> Schema,
    env: &Env,
    faults: &mut Vec<Diagnostic>,
) {
    if has_variable(node) {
        expand_by(node, &schema().to_value(), env, faults);
    }
}

fn has_variable(node: &ConfigNode) -> bool {
    match &node.kind {
        NodeKind::Map(entries) => entries.iter().any(|entry| has_variable(&entry.node)),
        NodeKind::List(nodes) => nodes.iter().any(has_variable),
        NodeKind::Scalar(value) => value.as_str().is_some_and(is_variable),
    }
}

fn is_variable(text: &str) -> bool {
    text.contains("${")
}

fn expand_by(node: &mut ConfigNode, schema: &Value, env: &Env, faults: &mut Vec<Diagnostic>) {
    match &mut node.kind {
        NodeKind::Map(entries) => {
            for TreeEntry { key, node, .. } in entries {
                expand_by(node, member(schema, key), env, faults);
            }
        }
        NodeKind::List(nodes) => {
            let items = schema.get("items").unwrap_or(&Value::Null);
            for node in nodes {
                expand_by(node, items, env, faults);
            }
        }
        NodeKind::Scalar(Value::String(text)) if is_variable(text) => {
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

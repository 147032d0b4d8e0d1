//! Checks options against the JSON Schema of a plugin. It knows the keywords that options need: `type`, `enum`, `const`,
//! `properties`, `required`, `additionalProperties`, `items`, `minimum` and `maximum`. The plugin checks the rest when
//! it gets the options.

use serde_json::{Map, Value};
use syndicate_api::{Diagnostic, did_you_mean};

/// Returns the errors of `options`. Unknown keys are errors unless the schema allows them. `host_keys` are the keys
/// beside the options, which a misspelt key may stand for.
pub(crate) fn check_options(
    schema: Option<&Value>,
    options: &Value,
    host_keys: &[&'static str],
) -> Vec<Diagnostic> {
    let nothing = Value::Object(Map::new());
    let mut check = OptionsCheck {
        host_keys: host_keys.to_vec(),
        ..OptionsCheck::default()
    };
    check.object(schema.unwrap_or(&nothing), options, true);
    check.faults
}

#[derive(Default)]
struct OptionsCheck {
    host_keys: Vec<&'static str>,
    path: Vec<String>,
    faults: Vec<Diagnostic>,
}

impl OptionsCheck {
    fn add(&mut self, message: String, hint: Option<String>) {
        let keys: Vec<&str> = self.path.iter().map(String::as_str).collect();
        let fault = Diagnostic::option(&keys, message).with_optional_hint(hint);
        self.faults.push(fault);
    }

    /// Checks a value that is not the options as a whole.
    fn value(&mut self, schema: &Value, value: &Value) {
        let name = self.name();
        if let Some(constant) = schema.get("const").filter(|constant| *constant != value) {
            let message = format!("{name} must be `{}`", shown(constant));
            return self.add(message, None);
        }
        if let Some(Value::Array(values)) = schema.get("enum")
            && !values.contains(value)
        {
            let values: Vec<String> = values.iter().map(shown).collect();
            let found = shown(value);
            let near = did_you_mean(&found, values.iter().map(String::as_str));
            let all = || format!("one of `{}`", values.join("`, `"));
            return self.add(
                format!("unknown value `{found}`"),
                Some(near.unwrap_or_else(all)),
            );
        }
        let types = types_of(schema);
        if !types.is_empty() && !types.iter().any(|wanted| has_type(value, wanted)) {
            let wanted: Vec<&str> = types.iter().map(|wanted| type_words(wanted)).collect();
            let message = format!(
                "{name} must be {}, not {}",
                wanted.join(" or "),
                found(value)
            );
            return self.add(message, notation_hint(value, &types));
        }
        self.number(schema, value);
        if let Value::Array(values) = value
            && let Some(items) = schema.get("items")
        {
            for (at, value) in values.iter().enumerate() {
                self.path.push(at.to_string());
                self.value(items, value);
                self.path.pop();
            }
        }
        self.object(schema, value, false);
    }

    fn number(&mut self, schema: &Value, value: &Value) {
        let Some(number) = value.as_f64() else { return };
        let limit = |key| schema.get(key).and_then(Value::as_f64);
        if limit("minimum").is_some_and(|least| number < least) {
            let message = format!("{} must be at least {}", self.name(), schema["minimum"]);
            self.add(message, None);
        } else if limit("maximum").is_some_and(|most| number > most) {
            let message = format!("{} must be at most {}", self.name(), schema["maximum"]);
            self.add(message, None);
        }
    }

    /// Checks the keys of an object. With `is_closed`, other keys are errors unless the schema mentions them.
    fn object(&mut self, schema: &Value, value: &Value, is_closed: bool) {
        let Value::Object(map) = value else { return };
        let none = Map::new();
        let properties = schema.get("properties").and_then(Value::as_object);
        let properties = properties.unwrap_or(&none);
        let rest = schema.get("additionalProperties");
        let is_open = match rest {
            Some(Value::Bool(is_open)) => *is_open,
            Some(_) => true,
            None => !is_closed,
        };
        for (key, value) in map {
            self.path.push(key.clone());
            match properties.get(key).or(rest) {
                Some(schema) if schema.is_object() => self.value(schema, value),
                _ if is_open || properties.contains_key(key) => {}
                _ => {
                    let known = properties.keys().map(String::as_str);
                    let is_top = self.path.len() == 1;
                    let beside = self.host_keys.iter().copied().filter(|_| is_top);
                    let hint = did_you_mean(key, known.chain(beside));
                    self.add(format!("unknown key `{key}`"), hint);
                }
            }
            self.path.pop();
        }
        let required = schema.get("required").and_then(Value::as_array);
        for key in required.into_iter().flatten().filter_map(Value::as_str) {
            if !map.contains_key(key) {
                self.add(
                    format!("missing key `{key}`"),
                    Some(format!("add `{key}:`")),
                );
            }
        }
    }

    /// Returns the name of the value in messages.
    fn name(&self) -> String {
        let is_index = |part: &String| part.parse::<usize>().is_ok();
        let key = self.path.iter().rfind(|part| !is_index(part));
        let key = key.map_or("the value", String::as_str);
        match self.path.last().and_then(|last| last.parse::<usize>().ok()) {
            Some(at) => format!("value {} of `{key}`", at + 1),
            None => format!("`{key}`"),
        }
    }
}

fn types_of(schema: &Value) -> Vec<&str> {
    match schema.get("type") {
        Some(Value::String(name)) => vec![name],
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn has_type(value: &Value, wanted: &str) -> bool {
    match wanted {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(is_whole),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        // A keyword of a later version of JSON Schema.
        _ => true,
    }
}

fn is_whole(number: f64) -> bool {
    number.fract() == 0.0
}

fn type_words(name: &str) -> &str {
    match name {
        "string" => "text",
        "boolean" => "`true` or `false`",
        "integer" => "a whole number",
        "number" => "a number",
        "array" => "a list",
        "object" => "a mapping",
        "null" => "empty",
        other => other,
    }
}

/// Returns how to write `value` as one of `types`, if only quotation marks or brackets are missing or superfluous.
fn notation_hint(value: &Value, types: &[&str]) -> Option<String> {
    let hint = match value {
        Value::Number(_) | Value::Bool(_) | Value::String(_) if types.contains(&"array") => {
            "put it in square brackets"
        }
        Value::Number(_) | Value::Bool(_) if types.contains(&"string") => {
            "put it in quotation marks"
        }
        Value::String(text) => {
            let unquoted: Value = serde_json::from_str(text).ok()?;
            let is_type = |wanted: &&str| has_type(&unquoted, wanted);
            if !(unquoted.is_number() || unquoted.is_boolean()) || !types.iter().any(is_type) {
                return None;
            }
            "remove the quotation marks"
        }
        _ => return None,
    };
    Some(hint.to_owned())
}

fn found(value: &Value) -> String {
    match value {
        Value::Null => "empty".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "a mapping".to_owned(),
        value => format!("`{}`", shown(value)),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn messages(schema: Value, options: Value) -> Vec<String> {
        let faults = check_options(Some(&schema), &options, &["timeout"]);
        let line = |fault: &Diagnostic| {
            let hint = fault.hint.as_deref().unwrap_or("-");
            format!("{}: {} ({hint})", fault.keys().join("."), fault.message)
        };
        faults.iter().map(line).collect()
    }

    #[test]
    fn every_error_is_found() {
        let schema = json!({
            "type": "object",
            "required": ["folder", "depth"],
            "properties": {
                "folder": {"type": "string"},
                "depth": {"type": "integer", "minimum": 1, "maximum": 9},
                "mode": {"enum": ["fast", "slow"]},
                "tags": {"type": "array", "items": {"type": "string"}},
                "deep": {"type": "object", "properties": {"x": {"type": ["number", "null"]}}},
                "list": {"type": "array"},
                "on": {"type": "boolean"},
                "off": {"type": "boolean"},
            },
        });
        let options = json!({
            "foldr": "a", "depth": 0, "mode": "fats", "tags": ["a", 3], "deep": {"x": "y", "z": 1},
            "on": "yes", "off": "false", "time_out": "2m", "list": "a",
        });
        let mut found = messages(schema.clone(), options);
        found.sort();
        assert_eq!(
            found,
            [
                ": missing key `folder` (add `folder:`)",
                "deep.x: `x` must be a number or empty, not `y` (-)",
                "depth: `depth` must be at least 1 (-)",
                "foldr: unknown key `foldr` (did you mean `folder`?)",
                "list: `list` must be a list, not `a` (put it in square brackets)",
                "mode: unknown value `fats` (did you mean `fast`?)",
                "off: `off` must be `true` or `false`, not `false` (remove the quotation marks)",
                "on: `on` must be `true` or `false`, not `yes` (-)",
                "tags.1: value 2 of `tags` must be text, not `3` (put it in quotation marks)",
                "time_out: unknown key `time_out` (did you mean `timeout`?)",
            ]
        );
        let valid = json!({"folder": "a", "depth": 2.0, "mode": "slow", "tags": [], "deep": {}});
        assert_eq!(messages(schema, valid), [""; 0]);
    }

    #[test]
    fn other_keys_need_permission() {
        assert_eq!(check_options(None, &json!({}), &[]).len(), 0);
        assert_eq!(check_options(None, &json!({"x": 1}), &[]).len(), 1);
        let schema = json!({"additionalProperties": {"type": "string"}});
        assert_eq!(messages(schema.clone(), json!({"x": "y"})), [""; 0]);
        assert_eq!(messages(schema, json!({"x": 1})).len(), 1);
        let closed = json!({"properties": {"a": {"additionalProperties": false}}});
        assert_eq!(messages(closed, json!({"a": {"b": 1}})).len(), 1);
    }
}

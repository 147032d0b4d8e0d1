//! The keys of pipeline.yaml whose values are not secrets, and the values that the schema lists.

use std::collections::BTreeSet;

use serde_json::Value;
use syndicate_api::{Secret, is_likely_secret, is_secret_name};

use crate::config::schema::pipeline_schema;
use crate::registry::BUILT_IN;

/// Minimum length of a value that could be a secret.
const SHORTEST: usize = 4;

/// The known keys and values of pipeline.yaml.
pub(super) struct Vocabulary {
    /// Keys whose values are shown.
    keys: BTreeSet<String>,
    /// Keys whose values are secrets for some plugins, such as `url` of a webhook. Lines do not show which plugin they
    /// belong to.
    secret_keys: BTreeSet<String>,
    /// All keys, and the values that the schema lists.
    values: BTreeSet<String>,
}

impl Vocabulary {
    /// Collects the keys and values from the schema of the built-in plugins.
    pub(super) fn new() -> Self {
        let mut words = Self {
            keys: BTreeSet::new(),
            secret_keys: BTreeSet::new(),
            values: BTreeSet::new(),
        };
        words.collect(&pipeline_schema(&BUILT_IN));
        words
    }

    fn collect(&mut self, schema: &Value) {
        match schema {
            Value::Object(map) => {
                for (key, property) in properties(schema) {
                    let format = property.get("format").and_then(Value::as_str);
                    // The values of a section belong to the keys in it.
                    let is_section = ["properties", "additionalProperties"]
                        .iter()
                        .any(|part| property.get(part).is_some());
                    self.values.insert(key.clone());
                    if format == Some(Secret::FORMAT) {
                        self.secret_keys.insert(key.clone());
                    } else if !is_section {
                        self.keys.insert(key.clone());
                    }
                }
                let listed = map.get("enum").and_then(Value::as_array);
                let listed = listed.into_iter().flatten().chain(map.get("const"));
                let listed = listed.filter_map(Value::as_str).map(str::to_owned);
                self.values.extend(listed);
                map.values().for_each(|schema| self.collect(schema));
            }
            Value::Array(schemas) => schemas.iter().for_each(|schema| self.collect(schema)),
            _ => {}
        }
    }

    /// Returns `true` if `key` is an option whose value `value` is not a secret.
    pub(super) fn is_harmless(&self, key: &str, value: &str) -> bool {
        self.keys.contains(key)
            && !is_secret_name(key)
            && (!self.secret_keys.contains(key) || is_bare_address(value))
    }

    /// Returns `true` if `key` is an option or the name of a secret, and not a secret itself.
    pub(super) fn is_known_key(&self, key: &str) -> bool {
        let is_plain = |c: char| c.is_ascii_lowercase() || c == '_';
        self.values.contains(key) || is_secret_name(key) && key.chars().all(is_plain)
    }

    /// Returns `true` if `value` cannot be a secret by its form, with any key.
    pub(super) fn is_harmless_value(&self, value: &str) -> bool {
        let is_digit = |c: char| c.is_ascii_digit();
        let is_number = value.len() <= 6 && value.chars().all(is_digit);
        let is_date = value.len() == 10 && value.chars().all(|c| is_digit(c) || c == '-');
        let is_urn = value.starts_with("urn:li:") && !is_likely_secret(value);
        let is_switch = ["true", "false", "yes", "no", "on", "off"];
        value.len() < SHORTEST
            || is_number
            || is_date
            || is_urn
            || is_switch
                .iter()
                .any(|word| value.eq_ignore_ascii_case(word))
            || is_empty_form(value)
            || self.values.contains(value)
    }
}

/// Returns `true` if `value` is the address of a host and nothing else. Services put secrets into the rest of an address.
/// Without a scheme, only a domain name counts.
fn is_bare_address(value: &str) -> bool {
    let host = ["https://", "http://"]
        .iter()
        .find_map(|scheme| value.strip_prefix(scheme))
        .or_else(|| Some(value).filter(|value| is_domain_name(value)));
    let is_host = |host: &str| {
        let mut chars = host.strip_suffix('/').unwrap_or(host).chars();
        chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':'))
    };
    host.is_some_and(is_host) && !is_likely_secret(value)
}

/// Returns `true` if `value` has the form of a domain name, such as `www.example.org`. Generated secrets have digits or
/// capital letters.
fn is_domain_name(value: &str) -> bool {
    let value = value.strip_suffix('/').unwrap_or(value);
    let is_label = |label: &str| {
        let is_inner = |c: char| c.is_ascii_lowercase() || c == '-';
        !label.is_empty() && label.chars().all(is_inner)
    };
    value.contains('.') && value.split('.').all(is_label)
}

/// Returns `true` if `value` has no content of its own: it is empty, names a variable, or starts a block.
pub(super) fn is_empty_form(value: &str) -> bool {
    let is_null = matches!(value, "" | "~" | "null");
    let is_block = value.starts_with(['|', '>']) && value.len() <= 3;
    let name = value
        .strip_prefix("${")
        .and_then(|rest| rest.strip_suffix('}'));
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    is_null || is_block || name.is_some_and(is_name)
}

fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties.into_iter().flatten()
}

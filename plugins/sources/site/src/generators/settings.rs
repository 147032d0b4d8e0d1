//! A generator's config file as a map. The file's extension determines its format. A getter for one type
//! returns nothing for a value of another type; callers decide about the default.

use std::path::Path;

use serde_json::{Map, Value};
use syndicate_api::{Diagnostic, FileSpan, Result};

use super::config_file;
use crate::document::{YamlRules, json, toml, yaml};

use crate::value::{scalar, unreadable};

/// The YAML accepted in config files. Duplicate keys are left to the generator to report.
const CONFIG_YAML: YamlRules = YamlRules {
    expands_tabs: false,
    last_key_wins: true,
};

/// Nested keys and values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings(pub(crate) Map<String, Value>);

impl Settings {
    /// Reads the file at `path`, whose extension determines its format.
    ///
    /// # Errors
    /// Returns an error with the file's name and the position if the file cannot be read.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let extension = path.extension().and_then(|extension| extension.to_str());
        Self::read_with(path, |text| match extension {
            Some("toml") => toml(text, 1),
            Some("json") => json(text, 1),
            _ => yaml(text, 1, CONFIG_YAML),
        })
    }

    /// Reads the file at `path` with the parser `parse`.
    ///
    /// # Errors
    /// Returns an error with the file's name and the position if the file cannot be read.
    pub(crate) fn read_with(
        path: &Path,
        parse: impl Fn(&str) -> Result<Value, Diagnostic>,
    ) -> Result<Self> {
        let text = config_file::read(path)?;
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let value = parse(&text).and_then(|value| match value {
            Value::Object(map) => Ok(map),
            Value::Null => Ok(Map::new()),
            _ => Err(unreadable("expected a map of keys to values").at(FileSpan::of_line(1))),
        });
        match value {
            Ok(map) => Ok(Self(map)),
            Err(diagnostic) => Err(config_file::broken(path, diagnostic).into()),
        }
    }

    /// Checks the time zone in these settings, which were read from the file at `path`.
    ///
    /// # Errors
    /// Returns an error with the line of the key if the time zone does not exist.
    pub(crate) fn check_time_zone(&self, path: &Path) -> Result<()> {
        match self.string("timezone") {
            Some(zone) => config_file::check_time_zone(path, zone),
            None => Ok(()),
        }
    }

    /// Converts all keys to lower case, for generators with case-insensitive keys.
    pub(crate) fn with_lowercase_keys(self) -> Self {
        Self(with_lowercase_keys(self.0))
    }

    /// Overrides values with those of `other`, recursively in maps.
    pub(crate) fn overlay(&mut self, other: Self) {
        overlay(&mut self.0, other.0);
    }

    /// Returns the value at a path of keys joined by dots.
    pub(crate) fn get(&self, path: &str) -> Option<&Value> {
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        let keys = rest.split('.').filter(|key| !key.is_empty());
        keys.fold(self.0.get(first), |value, key| value?.get(key))
    }

    /// Returns `true` if one of `keys` is at the top level.
    pub(crate) fn has_any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.0.contains_key(*key))
    }

    /// Returns the string at `path`, unless it is blank.
    pub(crate) fn string(&self, path: &str) -> Option<&str> {
        let text = self.get(path)?.as_str()?.trim();
        (!text.is_empty()).then_some(text)
    }

    /// Returns the scalar at `path` as text, unless it is blank.
    pub(crate) fn text(&self, path: &str) -> Option<String> {
        let text = scalar(self.get(path)?)?;
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Returns `true` if the value at `path` is `true`.
    pub(crate) fn flag(&self, path: &str) -> bool {
        self.get(path).and_then(Value::as_bool).unwrap_or(false)
    }

    /// Returns the scalars of the list at `path` as text, or the single one.
    pub(crate) fn list(&self, path: &str) -> Vec<String> {
        match self.get(path) {
            Some(Value::Array(values)) => values.iter().filter_map(scalar).collect(),
            Some(value) => scalar(value).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// Returns the members of the map at `path`; none if it is not a map.
    pub(crate) fn members(&self, path: &str) -> impl Iterator<Item = (&String, &Value)> {
        let map = self.get(path).and_then(Value::as_object);
        map.into_iter().flatten()
    }
}

fn with_lowercase_keys(map: Map<String, Value>) -> Map<String, Value> {
    map.into_iter()
        .map(|(key, value)| (key.to_lowercase(), lowered_value(value)))
        .collect()
}

fn lowered_value(value: Value) -> Value {
    match value {
        Value::Object(map) => Value::Object(with_lowercase_keys(map)),
        Value::Array(values) => values.into_iter().map(lowered_value).collect(),
        scalar => scalar,
    }
}

fn overlay(under: &mut Map<String, Value>, over: Map<String, Value>) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(Value::Object(under)), Value::Object(over)) => overlay(under, over),
            (_, value) => {
                under.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Settings;
    use serde_json::json;

    fn settings(value: serde_json::Value) -> Settings {
        Settings(value.as_object().cloned().unwrap())
    }

    #[test]
    fn overlay_merges_maps_replaces_lists() {
        let mut under = settings(json!({"a": {"x": 1, "y": [1, 2]}, "b": "old"}));
        under.overlay(settings(
            json!({"a": {"y": [3], "z": 2}, "b": {"c": " t "}}),
        ));
        assert_eq!(
            serde_json::Value::Object(under.0.clone()),
            json!({"a": {"x": 1, "y": [3], "z": 2}, "b": {"c": " t "}})
        );
        assert_eq!(under.text("b.c").as_deref(), Some("t"));
        assert_eq!(under.list("a.y"), ["3"]);
        assert_eq!(under.text("a.none.deeper"), None);
    }

    #[test]
    fn lowercase_keys_at_every_depth() {
        let with_lowercase_keys =
            settings(json!({"baseURL": [{"Target": "A"}]})).with_lowercase_keys();
        assert_eq!(with_lowercase_keys.0["baseurl"][0]["target"], "A");
    }
}

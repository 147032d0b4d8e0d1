//! Metadata of an article outside of its header: from its path and from the site's defaults ("File
//! metadata", Pelican's documentation). The header overrides the path, the path overrides defaults.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use regex::Regex;
use serde_json::{Map, Value};
use syndicate_api::dates::parse_date;

use super::config::Config;
use super::slug::to_rust_regex;
use crate::paths::{basename, split_last};
use crate::value::scalar;

const FILENAME_METADATA: &str = r"(?P<date>\d{4}-\d{2}-\d{2}).*";

/// The metadata settings of a site.
#[derive(Clone, Debug)]
pub(super) struct Metadata {
    defaults: Map<String, Value>,
    /// Metadata by the path of a file or folder.
    by_path: Vec<(String, Map<String, Value>)>,
    name_pattern: Option<Regex>,
    path_pattern: Option<Regex>,
    folder_is_category: bool,
}

impl Metadata {
    /// Reads the settings. Invalid patterns are added to `notes`.
    pub(super) fn read(config: &Config, notes: &mut Vec<String>) -> Self {
        let mut pattern = |key: &str, default: &str| {
            let pattern = config.get(key).and_then(Value::as_str).unwrap_or(default);
            let compiled = Regex::new(&format!("^(?:{})", to_rust_regex(pattern)));
            if compiled.is_err() {
                notes.push(format!("unsupported pattern `{pattern}` in `{key}`"));
            }
            compiled.ok().filter(|_| !pattern.is_empty())
        };
        let by_path = config.get("EXTRA_PATH_METADATA").and_then(Value::as_object);
        let mut by_path: Vec<(String, Map<String, Value>)> = by_path
            .into_iter()
            .flatten()
            .filter_map(|(path, values)| {
                Some((
                    path.trim_end_matches('/').to_owned(),
                    values.as_object()?.clone(),
                ))
            })
            .collect();
        by_path.sort_by(|(one, _), (other, _)| one.cmp(other));
        Self {
            defaults: defaults(config),
            by_path,
            name_pattern: pattern("FILENAME_METADATA", FILENAME_METADATA),
            path_pattern: pattern("PATH_METADATA", ""),
            folder_is_category: config.flag("USE_FOLDER_AS_CATEGORY").unwrap_or(true),
        }
    }

    /// Returns the date in the path.
    pub(super) fn date(&self, path: &str) -> Option<Date> {
        let text = self
            .values_in_path(path)
            .into_iter()
            .find(|(key, _)| key == "date")?
            .1;
        let dated = parse_date(&text.replace('_', " "), &TimeZone::UTC).ok()?;
        Some(dated.date.at.date())
    }

    /// Returns all values for the article at `path`, relative to Pelican's `PATH`, except the date in the
    /// path.
    pub(super) fn values_for(&self, path: &str) -> Map<String, Value> {
        let mut all = self.defaults.clone();
        for (prefix, values) in &self.by_path {
            let is_inside = path.strip_prefix(prefix.as_str());
            if is_inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) {
                all.extend(values.clone());
            }
        }
        for (key, value) in self.values_in_path(path) {
            if key == "date" {
                all.remove("date");
            } else {
                all.insert(key, Value::String(value));
            }
        }
        all
    }

    /// Returns the values in the path, in order of precedence.
    fn values_in_path(&self, path: &str) -> Vec<(String, String)> {
        let (folders, name) = split_last(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let mut found = captures(self.name_pattern.as_ref(), stem);
        found.extend(captures(self.path_pattern.as_ref(), path));
        let folder = basename(folders);
        if self.folder_is_category && !folder.is_empty() {
            found.push(("category".to_owned(), folder.to_owned()));
        }
        let mut first: Vec<(String, String)> = Vec::new();
        for (key, value) in found {
            if first.iter().all(|(known, _)| *known != key) {
                first.push((key, value));
            }
        }
        first
    }
}

/// Returns the named groups of `pattern` in `text`.
fn captures(pattern: Option<&Regex>, text: &str) -> Vec<(String, String)> {
    let Some((pattern, captures)) = pattern.and_then(|regex| Some((regex, regex.captures(text)?)))
    else {
        return Vec::new();
    };
    let names = pattern.capture_names().flatten();
    names
        .filter_map(|name| {
            let value = captures.name(name)?.as_str().to_owned();
            Some((name.to_lowercase(), value))
        })
        .collect()
}

/// Returns `DEFAULT_METADATA`, `DEFAULT_CATEGORY` and `DEFAULT_DATE`. The value `fs` of the latter, the
/// file's modification time, is ignored.
fn defaults(config: &Config) -> Map<String, Value> {
    let own = config.get("DEFAULT_METADATA").and_then(Value::as_object);
    let mut defaults = own.cloned().unwrap_or_default();
    let category = config.get("DEFAULT_CATEGORY").and_then(scalar);
    let category = category.unwrap_or_else(|| "misc".to_owned());
    defaults.insert("category".to_owned(), Value::String(category));
    let date = match config.get("DEFAULT_DATE") {
        Some(Value::Array(parts)) => {
            let parts: Vec<i64> = parts.iter().filter_map(Value::as_i64).collect();
            let part = |index: usize, least| parts.get(index).copied().unwrap_or(least);
            (parts.len() >= 3).then(|| {
                let day = format!("{:04}-{:02}-{:02}", part(0, 1), part(1, 1), part(2, 1));
                format!(
                    "{day} {:02}:{:02}:{:02}",
                    part(3, 0),
                    part(4, 0),
                    part(5, 0)
                )
            })
        }
        Some(Value::String(text)) if text != "fs" => Some(text.clone()),
        _ => None,
    };
    defaults.extend(date.map(|date| ("date".to_owned(), Value::String(date))));
    defaults
}

//! Parses front matter of any format into a map.

use config_literals::javascript;
use serde_json::{Map, Value};
use syndicate_api::{Diagnostic, FileSpan};

use super::fence::FrontMatterFormat;
use super::parse::{json_diagnostic, toml};
use super::split::{FrontMatterSyntax, Split, is_header_line};
use super::unique_json::UniqueValue;
use super::yaml::yaml;
use crate::value::invalid;

/// Parses the front matter of a split file.
pub(super) fn read(
    split: &Split<'_>,
    syntax: FrontMatterSyntax,
) -> Result<Map<String, Value>, Diagnostic> {
    let Some(format) = split.format else {
        return Ok(Map::new());
    };
    let value = match format {
        FrontMatterFormat::Header => parse_header(split.source),
        FrontMatterFormat::JavaScript => javascript_literals(split)?,
        FrontMatterFormat::Yaml => match yaml(split.source, split.first_line, syntax.yaml) {
            // Pelican also reads a header between fences, whose values need not be valid YAML.
            Err(_) if syntax.allows_header && split.source.lines().all(is_header_line) => {
                parse_header(split.source)
            }
            read => read?,
        },
        FrontMatterFormat::Toml => toml(split.source, split.first_line)?,
        FrontMatterFormat::Json => json_members(split.source, split.first_line, 0)?,
        FrontMatterFormat::JsonMembers => {
            // The added brace makes the first line one column longer.
            json_members(&format!("{{{}\n}}", split.source), split.first_line, 1)?
        }
    };
    match value {
        Value::Object(map) => Ok(map),
        Value::Null => Ok(Map::new()),
        _ => Err(invalid("the front matter is not a map of keys to values")
            .at(FileSpan::of_line(split.first_line))
            .with_hint("write one `key: value` per line")),
    }
}

/// Parses JSON without duplicate keys. The parameters are those of [`json_diagnostic`].
fn json_members(source: &str, first_line: usize, shift: usize) -> Result<Value, Diagnostic> {
    let parsed = serde_json::from_str(source).map(|UniqueValue(value)| value);
    parsed.map_err(|error| json_diagnostic(&error, first_line, shift))
}

/// Keys that decide whether a post is sent and which URL its card links to. An unknown value for one of
/// them is an error.
const DECISIVE_KEYS: &[&str] = &[
    "date",
    "draft",
    "eleventyComputed.permalink",
    "eleventyExcludeFromCollections",
    "permalink",
    "published",
    "syndicate",
];

/// Reads the literals of JavaScript front matter.
fn javascript_literals(split: &Split<'_>) -> Result<Value, Diagnostic> {
    let map = javascript::read_front_matter(split.source);
    let at = |path: &str| match path.split_once('.') {
        Some((first, second)) => map.get(first)?.get(second),
        None => map.get(path),
    };
    let unknown = |key: &&&str| at(key).is_some_and(Value::is_null);
    let Some(key) = DECISIVE_KEYS.iter().find(unknown) else {
        return Ok(Value::Object(map));
    };
    let name = key.rsplit('.').next().unwrap_or(key);
    let line = split.source.lines().position(|line| line.contains(name));
    Err(invalid(format!(
        "`{key}` is computed by JavaScript, which is not run"
    ))
    .at(line.map(|line| FileSpan::of_line(split.first_line + line)))
    .with_hint("write a literal value, or write the front matter in YAML"))
}

/// Parses a header into a map with lower-case keys. A repeated key gives a list of its values; a
/// continuation line is appended to the value before it.
fn parse_header(source: &str) -> Value {
    let mut map = Map::new();
    let mut last: Option<(String, String)> = None;
    for line in source.lines() {
        match line.split_once(':').filter(|_| is_header_line(line)) {
            Some((key, value)) => {
                push(&mut map, last.take());
                last = Some((key.trim().to_lowercase(), value.trim().to_owned()));
            }
            None => {
                if let Some((_, value)) = &mut last {
                    value.push('\n');
                    value.push_str(line.trim());
                }
            }
        }
    }
    push(&mut map, last);
    Value::Object(map)
}

fn push(map: &mut Map<String, Value>, entry: Option<(String, String)>) {
    let Some((key, value)) = entry else {
        return;
    };
    let value = Value::String(value);
    match map.get_mut(&key) {
        Some(Value::Array(values)) => values.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
        None => {
            map.insert(key, value);
        }
    }
}

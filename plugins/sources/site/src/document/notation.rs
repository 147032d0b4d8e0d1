//! Front matter in each of its notations, read into one kind of map.

use config_literals::javascript;
use serde_json::{Map, Value};
use syndicate_api::{Diagnostic, FileSpan};

use super::fence::Notation;
use super::parse::{json, json_diagnostic, toml};
use super::split::{Dialect, Split, is_header_line};
use super::yaml::yaml;
use crate::value::invalid;

/// The front matter as a map.
pub(super) fn read(split: &Split<'_>, dialect: Dialect) -> Result<Map<String, Value>, Diagnostic> {
    let Some(notation) = split.notation else {
        return Ok(Map::new());
    };
    let value = match notation {
        Notation::Header => header(split.source),
        Notation::Script => script(split)?,
        Notation::Yaml => match yaml(split.source, split.first_line, dialect.yaml) {
            // Between fences a header may stand as well.
            Err(_) if dialect.header && split.source.lines().all(is_header_line) => {
                header(split.source)
            }
            read => read?,
        },
        Notation::Toml => toml(split.source, split.first_line)?,
        Notation::Json => json(split.source, split.first_line)?,
        Notation::Members => {
            // The brace stands where the source starts, so the first line is one column longer.
            serde_json::from_str(&format!("{{{}\n}}", split.source))
                .map_err(|error| json_diagnostic(&error, split.first_line, 1))?
        }
    };
    match value {
        Value::Object(map) => Ok(map),
        Value::Null => Ok(Map::new()),
        _ => Err(invalid("the front matter is no list of keys and values")
            .at(FileSpan::of_line(split.first_line))
            .with_hint("write `key: value`, one a line")),
    }
}

/// Keys that decide whether a post is sent, and where its card leads.
const DECISIVE: &[&str] = &[
    "date",
    "draft",
    "eleventyExcludeFromCollections",
    "permalink",
    "published",
    "syndicate",
];

/// The literals of JavaScript.
fn script(split: &Split<'_>) -> Result<Value, Diagnostic> {
    let map = javascript::read_front_matter(split.source);
    let unknown = |key: &&&str| map.get(**key).is_some_and(Value::is_null);
    let Some(key) = DECISIVE.iter().find(unknown) else {
        return Ok(Value::Object(map));
    };
    let line = split.source.lines().position(|line| line.contains(*key));
    Err(
        invalid(format!("`{key}` is made by a program, which is not run"))
            .at(line.map(|line| FileSpan::of_line(split.first_line + line)))
            .with_hint("write its value, or write the front matter in YAML"),
    )
}

/// The keys of a header in lower case. A key that stands twice has two values; a line that goes on
/// with the one before adds to its value.
fn header(source: &str) -> Value {
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

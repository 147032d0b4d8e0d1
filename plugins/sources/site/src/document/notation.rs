//! The notations of front matter and of generators' config files, read into one kind of map. Dates
//! stay strings, because what a date without a time zone means is for the site to say.

use serde_json::{Map, Value};

use super::split::{Dialect, Notation, Split, is_header_line};
use crate::flaw::Flaw;

/// Front matter of more values than this is no front matter; the limit is also what makes an alias
/// bomb cost milliseconds.
const MAX_NODES: usize = 10_000;

/// The front matter as a map.
pub(super) fn read(split: &Split<'_>, dialect: Dialect) -> Result<Map<String, Value>, Flaw> {
    let Some(notation) = split.notation else {
        return Ok(Map::new());
    };
    let value = match notation {
        Notation::Header => header(split.source),
        Notation::Script => script(split)?,
        Notation::Yaml => match yaml(split.source, split.first_line, dialect.tabs) {
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
                .map_err(|error| json_flaw(&error, split.first_line, 1))?
        }
    };
    match value {
        Value::Object(map) => Ok(map),
        Value::Null => Ok(Map::new()),
        _ => Err(Flaw::new("the front matter is no list of keys and values")
            .at(Some(split.first_line))
            .hinted("write `key: value`, one a line")),
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
fn script(split: &Split<'_>) -> Result<Value, Flaw> {
    let map = config_literals::javascript::front_matter(split.source);
    let unknown = |key: &&&str| map.get(**key).is_some_and(Value::is_null);
    let Some(key) = DECISIVE.iter().find(unknown) else {
        return Ok(Value::Object(map));
    };
    let line = split.source.lines().position(|line| line.contains(*key));
    Err(
        Flaw::new(format!("`{key}` is made by a program, which is not run"))
            .at(line.map(|line| split.first_line + line))
            .hinted("write its value, or write the front matter in YAML"),
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

/// A YAML document whose first line is line `first_line` of its file. With `tabs`, tabs at the
/// start of a line count as two spaces each, as Hexo reads them.
pub(crate) fn yaml(source: &str, first_line: usize, tabs: bool) -> Result<Value, Flaw> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_nodes: MAX_NODES,
            max_events: 4 * MAX_NODES,
            max_depth: 32,
            max_documents: 1,
        },
        // YAML 1.2: `no` is a language, not a refusal.
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    };
    let spaced = tabs.then(|| space_tabs(source));
    let text = spaced.as_deref().unwrap_or(source);
    serde_saphyr::from_str_with_options(text, options)
        .map_err(|error| yaml_flaw(&error, first_line, source, tabs))
}

/// Replaces each tab at the start of a line by two spaces.
fn space_tabs(source: &str) -> String {
    let mut spaced = String::with_capacity(source.len());
    for line in source.split_inclusive('\n') {
        let rest = line.trim_start_matches('\t');
        spaced.extend(std::iter::repeat_n("  ", line.len() - rest.len()));
        spaced.push_str(rest);
    }
    spaced
}

/// Says what is wrong with the YAML `source`, where in its file, and what to do about it.
fn yaml_flaw(error: &serde_saphyr::Error, first_line: usize, source: &str, tabs: bool) -> Flaw {
    let (message, remedy) = explain(error.without_snippet());
    let mut flaw = Flaw::new(format!("YAML: {message}")).at(Some(first_line));
    let number = |position: u64| usize::try_from(position).unwrap_or(usize::MAX);
    let place = error
        .location()
        .map(|place| (number(place.line()), number(place.column())));
    let mut remedy = remedy.map(str::to_owned);
    if let Some((line, column)) = place.filter(|(line, _)| *line > 0) {
        let text = source.lines().nth(line - 1).unwrap_or_default();
        let indent = text.len() - text.trim_start_matches('\t').len();
        let column = if tabs {
            column.saturating_sub(indent)
        } else {
            column
        };
        flaw = flaw.at_column(first_line - 1 + line, column.max(1));
        if !tabs && text.trim_start_matches(' ').starts_with('\t') {
            remedy = Some("indent by spaces: YAML takes no tabs".to_owned());
        }
    }
    match remedy {
        Some(remedy) => flaw.hinted(remedy),
        None => flaw,
    }
}

/// The parser's sentence, or ours where its own speaks to programmers, and the remedy.
fn explain(error: &serde_saphyr::Error) -> (String, Option<&'static str>) {
    use serde_saphyr::Error;

    match error {
        Error::DuplicateMappingKey { key, .. } => {
            let message = match key {
                Some(key) => format!("the key `{key}` stands twice"),
                None => "a key stands twice".to_owned(),
            };
            return (message, Some("keep one of them"));
        }
        Error::AliasError { error, .. } => return explain(error),
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::RecursiveReferencesRequireWeakTypes { .. } => {
            let message = format!("it has more than {MAX_NODES} values, or is nested too deeply");
            return (message, Some("write values out instead of using aliases"));
        }
        _ => {}
    }
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    let line = line.rfind(" at line ").map_or(line, |place| &line[..place]);
    let mut chars = line.trim_end_matches('.').chars();
    let message: String = chars
        .next()
        .map(|first| first.to_lowercase().chain(chars).collect())
        .unwrap_or_default();
    let wants_quotes = ["mapping values", "unexpected character", "anchor", "policy"]
        .iter()
        .any(|part| message.contains(part));
    let remedy = wants_quotes.then_some("put the value between quotes");
    (message, remedy)
}

/// What is wrong with a JSON text that starts in line `first_line` of its file, where `shift`
/// characters of ours stand before its first character.
pub(super) fn json_flaw(error: &serde_json::Error, first_line: usize, shift: usize) -> Flaw {
    let text = error.to_string();
    let message = text
        .rfind(" at line ")
        .map_or(text.as_str(), |at| &text[..at]);
    let column = if error.line() == 1 {
        error.column().saturating_sub(shift)
    } else {
        error.column()
    };
    Flaw::new(format!("JSON: {message}"))
        .at_column(first_line - 1 + error.line().max(1), column.max(1))
}

/// A JSON document whose first line is line `first_line` of its file.
pub(crate) fn json(source: &str, first_line: usize) -> Result<Value, Flaw> {
    serde_json::from_str(source).map_err(|error| json_flaw(&error, first_line, 0))
}

/// A TOML document whose first line is line `first_line` of its file.
pub(crate) fn toml(source: &str, first_line: usize) -> Result<Value, Flaw> {
    let table: toml::Table = toml::from_str(source).map_err(|error| {
        let flaw = Flaw::new(format!("TOML: {}", error.message().replace('\n', ", ")));
        match error.span() {
            Some(span) => {
                let before = source.get(..span.start).unwrap_or(source);
                let line = before.matches('\n').count();
                let start = before.rfind('\n').map_or(0, |at| at + 1);
                flaw.at_column(first_line + line, 1 + before[start..].chars().count())
            }
            None => flaw.at(Some(first_line)),
        }
    })?;
    Ok(toml_value(toml::Value::Table(table)))
}

/// TOML's dates become strings as they were written, as YAML's are.
fn toml_value(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(flag) => Value::Bool(flag),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(values) => values.into_iter().map(toml_value).collect(),
        toml::Value::Table(table) => table
            .into_iter()
            .map(|(key, value)| (key, toml_value(value)))
            .collect(),
    }
}

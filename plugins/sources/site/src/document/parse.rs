//! YAML, TOML and JSON, of front matter and of generators' config files, parsed into one kind of value.
//! Dates stay strings, because the meaning of a date without a time zone depends on the site.

use syndicate_api::{Diagnostic, FileSpan};

use crate::value::invalid;
use serde_json::Value;

/// The number of values above which a text is refused; the limit is also what makes an alias bomb cost
/// milliseconds.
const MAX_NODES: usize = 10_000;

/// A YAML document whose first line is line `first_line` of its file. With `tabs`, tabs at the
/// start of a line count as two spaces each, as Hexo reads them.
pub(crate) fn yaml(source: &str, first_line: usize, tabs: bool) -> Result<Value, Diagnostic> {
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
        .map_err(|error| yaml_diagnostic(&error, first_line, source, tabs))
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
fn yaml_diagnostic(
    error: &serde_saphyr::Error,
    first_line: usize,
    source: &str,
    tabs: bool,
) -> Diagnostic {
    let (message, remedy) = explain(error.without_snippet());
    let mut diagnostic = invalid(format!("YAML: {message}")).at(FileSpan::of_line(first_line));
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
        diagnostic = diagnostic.at(FileSpan::at(first_line - 1 + line, column.max(1)));
        if !tabs && text.trim_start_matches(' ').starts_with('\t') {
            remedy = Some("indent by spaces: YAML takes no tabs".to_owned());
        }
    }
    diagnostic.maybe_hint(remedy)
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
pub(super) fn json_diagnostic(
    error: &serde_json::Error,
    first_line: usize,
    shift: usize,
) -> Diagnostic {
    let text = error.to_string();
    let message = text
        .rfind(" at line ")
        .map_or(text.as_str(), |at| &text[..at]);
    let column = if error.line() == 1 {
        error.column().saturating_sub(shift)
    } else {
        error.column()
    };
    invalid(format!("JSON: {message}")).at(FileSpan::at(
        first_line - 1 + error.line().max(1),
        column.max(1),
    ))
}

/// A JSON document whose first line is line `first_line` of its file.
pub(crate) fn json(source: &str, first_line: usize) -> Result<Value, Diagnostic> {
    serde_json::from_str(source).map_err(|error| json_diagnostic(&error, first_line, 0))
}

/// A TOML document whose first line is line `first_line` of its file.
pub(crate) fn toml(source: &str, first_line: usize) -> Result<Value, Diagnostic> {
    let table: toml::Table = toml::from_str(source).map_err(|error| {
        let diagnostic = invalid(format!("TOML: {}", error.message().replace('\n', ", ")));
        diagnostic.at(match error.span() {
            Some(span) => {
                let span = FileSpan::at_offset(source, span.start);
                FileSpan {
                    line: first_line - 1 + span.line,
                    ..span
                }
            }
            None => FileSpan::of_line(first_line),
        })
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

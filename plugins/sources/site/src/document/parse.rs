//! Parses TOML and JSON of front matter and of generators' config files into JSON values. Dates stay
//! strings, because the meaning of a date without a time zone depends on the site.

use syndicate_api::{Diagnostic, FileSpan};

use crate::value::invalid;
use serde_json::Value;

/// Converts a JSON error into a diagnostic. The text starts on line `first_line` of its file; `shift` is
/// the number of characters that were inserted before it.
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
    let diagnostic = invalid(format!("JSON: {message}")).at(FileSpan::at(
        first_line - 1 + error.line().max(1),
        column.max(1),
    ));
    let usual = "check the quotes, commas and brackets near this line";
    diagnostic.with_hint(remedy(message).unwrap_or(usual))
}

/// Parts of the messages of the JSON and TOML parsers, each with the remedy.
const REMEDIES: &[(&str, &str)] = &[
    ("duplicate key", "keep one of them"),
    ("trailing comma", "remove the comma"),
    (
        "EOF while parsing",
        "add the closing `}`, `]` or quotation mark",
    ),
    (
        "expected `,` or",
        "put a comma between two entries, and the closing `}` or `]` at the end",
    ),
    ("invalid basic string", "add the closing quotation mark"),
    ("invalid literal string", "add the closing quotation mark"),
    ("unclosed array", "add the closing `]`"),
    ("invalid date", "write it as `2026-11-22`"),
];

/// Returns the remedy for a parser error.
fn remedy(message: &str) -> Option<&'static str> {
    let mut remedies = REMEDIES.iter();
    let (_, remedy) = remedies.find(|(part, _)| message.contains(part))?;
    Some(remedy)
}

/// Parses a JSON document whose first line is line `first_line` of its file.
///
/// # Errors
/// Returns a diagnostic with the position of the error in the file.
pub(crate) fn json(source: &str, first_line: usize) -> Result<Value, Diagnostic> {
    serde_json::from_str(source).map_err(|error| json_diagnostic(&error, first_line, 0))
}

/// Parses a TOML document whose first line is line `first_line` of its file.
///
/// # Errors
/// Returns a diagnostic with the position of the error in the file.
pub(crate) fn toml(source: &str, first_line: usize) -> Result<Value, Diagnostic> {
    let table: toml::Table = toml::from_str(source).map_err(|error| {
        let message = error.message().replace('\n', ", ");
        let usual = "write `key = value`, with texts in quotes, and close each bracket";
        let hint = remedy(&message).unwrap_or(usual);
        let diagnostic = invalid(format!("TOML: {message}")).with_hint(hint);
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

/// Converts a TOML value to JSON. Dates become strings as they were written, as in YAML.
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

//! Parses the values that forbid sending a post: `syndicate: false`, `skip: true`, `skip: [linkedin]`
//! and their synonyms.

use serde_json::Value;
use syndicate_api::{Diagnostic, SkippedSinks};

use crate::value::{invalid, parse_bool, shown};

/// Words that mean every sink.
const EVERYWHERE: &[&str] = &["*", "all", "always", "everything", "everywhere"];

/// Words that mean no sink. The last one, `skip`, is only valid as the value of the whole block.
const NOWHERE: &[&str] = &["never", "none", "nowhere", "skip"];

/// Parses a block that is a single word. Returns `None` if it is neither a yes nor a no.
pub(super) fn wants_sending(value: &Value) -> Option<bool> {
    let is_never = value.as_str().is_some_and(|text| is_any(NOWHERE, text));
    if is_never {
        Some(false)
    } else {
        parse_bool(value)
    }
}

/// Parses the value of `skip`.
///
/// # Errors
/// Returns a diagnostic if the value is neither a yes or a no nor a list of sinks.
pub(super) fn parse(value: &Value) -> Result<SkippedSinks, Diagnostic> {
    match parse_bool(value) {
        Some(true) => return Ok(SkippedSinks::All),
        Some(false) => return Ok(SkippedSinks::None),
        None => {}
    }
    let names = match value {
        Value::String(text) if is_any(&NOWHERE[..3], text) => return Ok(SkippedSinks::None),
        Value::String(text) => sink_names(text.split(',')),
        Value::Array(sinks) if sinks.is_empty() => return Ok(SkippedSinks::None),
        Value::Array(sinks) => {
            let texts: Option<Vec<&str>> = sinks.iter().map(Value::as_str).collect();
            sink_names(texts.unwrap_or_default())
        }
        _ => Vec::new(),
    };
    if names.is_empty() {
        return Err(invalid(format!(
            "expected `true`, `false` or sinks for `syndicate.skip`, found `{}`",
            shown(value)
        ))
        .with_hint("write `skip: true` or `skip: [linkedin]`"));
    }
    Ok(if names.iter().any(|name| is_any(EVERYWHERE, name)) {
        SkippedSinks::All
    } else {
        SkippedSinks::Named(names)
    })
}

/// Trims the names; returns an empty list if one of them is blank.
fn sink_names<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let names: Vec<String> = texts
        .into_iter()
        .map(|name| name.trim().to_owned())
        .collect();
    if names.iter().any(String::is_empty) {
        return Vec::new();
    }
    names
}

fn is_any(words: &[&str], text: &str) -> bool {
    let text = text.trim();
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

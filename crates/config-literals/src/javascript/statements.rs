//! Finds the statements of a script that contain values: definitions, exports, calls.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use super::reader::Reader;

/// The beginning of the definition of a name.
static DEFINITION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[ \t]*(?:export\s+)?(?:const|let|var)\s+(\w+)\s*(?::[^=\n]+)?=[^=>]")
        .expect("the pattern is a constant")
});

/// The beginning of the value that a file exports.
static EXPORT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?m)^[ \t]*(?:module\.exports\s*=|exports\.default\s*=|export\s+default\b|export\s*=)",
    )
    .expect("the pattern is a constant")
});

/// The beginning of the value that a function returns.
static RETURN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\breturn\s*\{").expect("the pattern is a constant"));

/// Returns the values of the names that a file defines as literals. `known` are names from other
/// files, such as those of [`read_imports`](super::read_imports); the result includes them.
#[must_use]
pub fn read_constants(text: &str, known: &Map<String, Value>) -> Map<String, Value> {
    let mut names = known.clone();
    for (name, value) in definitions(text, known) {
        match value {
            Value::Null => names.remove(&name),
            value => names.insert(name, value),
        };
    }
    names
}

/// Returns the definitions of a file in their order; an unknown value is `null`.
fn definitions(text: &str, known: &Map<String, Value>) -> Vec<(String, Value)> {
    let mut names = known.clone();
    let mut definitions = Vec::new();
    for found in DEFINITION.captures_iter(text) {
        // The last character of the match is the first of the value.
        let start = text[..found.get_match().end()]
            .char_indices()
            .next_back()
            .map_or(0, |(at, _)| at);
        let value = Reader::new(&text[start..], &names).read_value();
        if !value.is_null() {
            names.insert(found[1].to_owned(), value.clone());
        }
        definitions.push((found[1].to_owned(), value));
    }
    definitions
}

/// Returns the object that a file exports as a literal, by a name, or as the return value of a
/// function; `None` if it exports no such object. `known` are names from other files.
#[must_use]
pub fn read_default_export(text: &str, known: &Map<String, Value>) -> Option<Map<String, Value>> {
    let names = read_constants(text, known);
    let exports = EXPORT.find_iter(text).map(|found| found.end());
    let returns = RETURN.find_iter(text).map(|found| found.end() - 1);
    exports.chain(returns).find_map(|start| {
        match Reader::new(&text[start..], &names).read_value() {
            Value::Object(object) if !object.is_empty() => Some(object),
            _ => None,
        }
    })
}

/// Returns the first argument of each call of the function or method `name`.
#[must_use]
pub fn read_arguments(text: &str, name: &str) -> Vec<Value> {
    let calls = read_calls(text, name).into_iter();
    calls.map(|call| call.argument).collect()
}

/// A call of a function or method.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The offset of the call in the file, in bytes.
    pub offset: usize,
    /// The first argument; `null` if it is unknown.
    pub argument: Value,
}

/// Returns the calls of the function or method `name`.
#[must_use]
pub fn read_calls(text: &str, name: &str) -> Vec<Call> {
    let names = read_constants(text, &Map::new());
    let call = format!("{name}(");
    let is_part_of_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    text.match_indices(&call)
        .filter(|(at, _)| !text[..*at].ends_with(is_part_of_word))
        .map(|(offset, _)| Call {
            offset,
            argument: Reader::new(&text[offset + call.len()..], &names).read_value(),
        })
        .collect()
}

/// Reads front matter in JavaScript: an object, or definitions. An unknown value is `null`.
#[must_use]
pub fn read_front_matter(text: &str) -> Map<String, Value> {
    let none = Map::new();
    if text.trim_start().starts_with('{') {
        return match Reader::new(text, &none).read_value() {
            Value::Object(object) => object,
            _ => none,
        };
    }
    definitions(text, &none).into_iter().collect()
}

//! Values out of a JavaScript or TypeScript file that is never run: literals of objects, lists and
//! scalars, names that stand for such literals, and of `x || "y"` what comes into effect without
//! `x`. Everything else is a value that is not known, which is `null` here.

mod imports;
mod reader;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use self::reader::Reader;

pub(crate) use self::imports::imported;

/// What begins the definition of a name.
static DEFINITION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[ \t]*(?:export\s+)?(?:const|let|var)\s+(\w+)\s*(?::[^=\n]+)?=[^=>]")
        .expect("the pattern is a constant")
});

/// What begins the value that a file is about.
static EXPORT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?m)^[ \t]*(?:module\.exports\s*=|exports\.default\s*=|export\s+default\b|export\s*=)",
    )
    .expect("the pattern is a constant")
});

/// What begins the value that a function gives back.
static RETURN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\breturn\s*\{").expect("the pattern is a constant"));

/// What the names of a file stand for, where that is a literal; `known` are names from elsewhere.
pub(crate) fn names(text: &str, known: &Map<String, Value>) -> Map<String, Value> {
    let mut names = known.clone();
    for (name, value) in definitions(text, known) {
        match value {
            Value::Null => names.remove(&name),
            value => names.insert(name, value),
        };
    }
    names
}

/// The definitions of a file in their order; a value that is not known is `null`.
fn definitions(text: &str, known: &Map<String, Value>) -> Vec<(String, Value)> {
    let mut names = known.clone();
    let mut definitions = Vec::new();
    for found in DEFINITION.captures_iter(text) {
        // The last character is the first of the value.
        let start = text[..found.get_match().end()]
            .char_indices()
            .next_back()
            .map_or(0, |(at, _)| at);
        let value = Reader::new(&text[start..], &names).value();
        if !value.is_null() {
            names.insert(found[1].to_owned(), value.clone());
        }
        definitions.push((found[1].to_owned(), value));
    }
    definitions
}

/// The object that the file exports: as a literal, by a name, or out of a function; `None` where it
/// is none of these. `known` are names from elsewhere.
pub(crate) fn exported(text: &str, known: &Map<String, Value>) -> Option<Map<String, Value>> {
    let names = names(text, known);
    let exports = EXPORT.find_iter(text).map(|found| found.end());
    let returns = RETURN.find_iter(text).map(|found| found.end() - 1);
    exports
        .chain(returns)
        .find_map(|start| match Reader::new(&text[start..], &names).value() {
            Value::Object(object) if !object.is_empty() => Some(object),
            _ => None,
        })
}

/// The first argument of each call of the function or method `name`.
pub(crate) fn arguments(text: &str, name: &str) -> Vec<Value> {
    let calls = calls(text, name).into_iter();
    calls.map(|(_, value)| value).collect()
}

/// Where each call of the function or method `name` stands, and its first argument.
pub(crate) fn calls(text: &str, name: &str) -> Vec<(usize, Value)> {
    let names = names(text, &Map::new());
    let call = format!("{name}(");
    let is_part_of_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    text.match_indices(&call)
        .filter(|(at, _)| !text[..*at].ends_with(is_part_of_word))
        .map(|(at, _)| (at, Reader::new(&text[at + call.len()..], &names).value()))
        .collect()
}

/// Front matter in JavaScript: an object, or definitions; a value that is not known is `null`.
pub(crate) fn front_matter(text: &str) -> Map<String, Value> {
    let none = Map::new();
    if text.trim_start().starts_with('{') {
        return match Reader::new(text, &none).value() {
            Value::Object(object) => object,
            _ => none,
        };
    }
    definitions(text, &none).into_iter().collect()
}

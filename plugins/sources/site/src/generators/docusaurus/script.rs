//! Values out of a JavaScript or TypeScript file that is never run: literals of objects, lists and
//! scalars, names that stand for such literals, and of `x || "y"` what comes into effect without
//! `x`. Everything else is a value that is not known, which is `null` here.

mod reader;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use self::reader::Reader;

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

/// The object that the file exports: as a literal, by a name, or out of a function; `None` where it
/// is none of these.
pub(super) fn exported(text: &str) -> Option<Map<String, Value>> {
    let mut names = Map::new();
    for found in DEFINITION.captures_iter(text) {
        // The last character is the first of the value.
        let start = text[..found.get_match().end()]
            .char_indices()
            .next_back()
            .map_or(0, |(at, _)| at);
        let value = Reader::new(&text[start..], &names).value();
        if !value.is_null() {
            names.insert(found[1].to_owned(), value);
        }
    }
    let exports = EXPORT.find_iter(text).map(|found| found.end());
    let returns = RETURN.find_iter(text).map(|found| found.end() - 1);
    exports
        .chain(returns)
        .find_map(|start| match Reader::new(&text[start..], &names).value() {
            Value::Object(object) if !object.is_empty() => Some(object),
            _ => None,
        })
}

//! Explains how to correct a YAML error.

/// Hints for errors whose message contains these words; the first match counts.
const HINTS: [(&str, &str); 20] = [
    ("tab", "indent with spaces"),
    ("unclosed quote", "close the quotation mark, or remove it"),
    (
        "multiline quoted scalar",
        "close the quotation mark in the line above",
    ),
    ("unclosed bracket", "close the bracket"),
    (
        "illegal placement of ':'",
        "close the bracket that a line above opens, or quote a value with `:` in it",
    ),
    (
        "flow mapping",
        "separate the entries with commas, close the brace, and quote values with `: ` in them",
    ),
    (
        "flow sequence",
        "separate the values with commas, and close the bracket",
    ),
    ("duplicate mapping key", "remove one of them"),
    (
        "simple key expected",
        "write `key: value`, with a space after the colon",
    ),
    (
        "mapping values are not allowed",
        "quote a value with `: ` in it, or check the indentation",
    ),
    ("unexpected character", "put the value in quotation marks"),
    (
        "unknown value",
        "put a value that starts with `*` in quotation marks",
    ),
    (
        "recursive reference",
        "an anchor cannot be used within its own value",
    ),
    ("block mapping", "indent all keys of a mapping equally"),
    ("block collection", "indent all keys of a mapping equally"),
    (
        "block sequence",
        "indent all values of a list equally, each after `- `",
    ),
    ("multiple found", "remove the `---` between the documents"),
    ("string scalar", "write a key as text"),
    ("tagged", "remove the tag that begins with `!`"),
    ("recursion limit", "nest the values less deeply"),
];

/// The hint for other errors.
const GENERAL: &str = "check the indentation and the quotation marks near this line";

/// Returns a hint for the message of the YAML parser.
#[must_use]
pub fn yaml_hint(message: &str) -> &'static str {
    let lower = message.to_lowercase();
    let known = HINTS.iter().find(|(words, _)| lower.contains(words));
    known.map_or(GENERAL, |(_, hint)| hint)
}

//! Finds doc lines that open with a relative pronoun, such as "Whether it is set".

const OPENERS: [&str; 10] = [
    "What",
    "Whatever",
    "Whether",
    "Which",
    "Whichever",
    "Who",
    "Whoever",
    "Whom",
    "Whose",
    "Where",
];

/// Returns the text of a doc line (`///` or `//!`), or `None` if `line` is another line.
pub(crate) fn doc_text(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let text = line
        .strip_prefix("///")
        .or_else(|| line.strip_prefix("//!"))?;
    Some(text.trim_start())
}

/// Returns the relative pronoun that a doc line's text opens with.
pub(crate) fn opener(doc: &str) -> Option<&'static str> {
    let end = doc
        .find(|character: char| !character.is_alphanumeric() && character != '_')
        .unwrap_or(doc.len());
    let first = doc.get(..end)?;
    OPENERS.into_iter().find(|opener| *opener == first)
}

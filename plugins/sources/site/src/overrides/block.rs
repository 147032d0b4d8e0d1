//! Finds the `syndicate:` block in front matter. Its key is matched regardless of case. A misspelt block
//! that forbids sending is an error, because the post would otherwise be sent.

use serde_json::{Map, Value};
use syndicate_api::{AttachmentSpec, Diagnostic, FileSpan, Overrides, nearest};

use crate::document::FrontMatter;
use crate::value::{invalid, parse_bool};

/// The key of the block.
pub(super) const BLOCK: &str = "syndicate";

/// Returns the value of the block in `map`; `None` if it has none.
///
/// # Errors
/// Returns a diagnostic if the block occurs twice or its key is misspelt.
pub(super) fn find<'m>(
    map: &'m Map<String, Value>,
    front: &FrontMatter,
) -> Result<Option<&'m Value>, Diagnostic> {
    let mut found: Option<(&str, &Value)> = None;
    for (key, value) in map {
        if key.eq_ignore_ascii_case(BLOCK) {
            if let Some((other, _)) = found {
                return Err(duplicate_key("", other, key));
            }
            found = Some((key, value));
        } else if is_misspelt(key, value) {
            return Err(invalid(format!("unknown key `{key}`"))
                .at(front.line_of(key).map(FileSpan::of_line))
                .with_hint(misspelt_hint(key)));
        }
    }
    Ok(found.map(|(_, value)| value))
}

/// Returns the diagnostic of two keys that differ only in case.
pub(super) fn duplicate_key(prefix: &str, one: &str, other: &str) -> Diagnostic {
    invalid(format!(
        "`{prefix}{one}` and `{prefix}{other}` are the same key"
    ))
    .with_hint("keep one of them")
}

/// Returns `true` if a front matter key is probably a misspelling of the block, or of a key in it.
fn is_misspelt(key: &str, value: &Value) -> bool {
    let start = key.get(..BLOCK.len());
    if start.is_some_and(|start| start.eq_ignore_ascii_case(BLOCK))
        && let Some(inner) = inner_key(&key.to_lowercase())
    {
        return Overrides::is_key(inner);
    }
    let is_block = match value {
        Value::Object(block) => block.keys().any(|key| {
            let key = key.to_lowercase();
            Overrides::KEYS.contains(&key.as_str()) || AttachmentSpec::KEYS.contains(&key.as_str())
        }),
        value => parse_bool(value) == Some(false),
    };
    // `syndication` is a convention of the IndieWeb: it lists copies of a post.
    is_block && nearest(key, [BLOCK]).is_some() && key.to_lowercase() != "syndication"
}

/// Returns the inner key of a flat key such as `syndicate.skip` or `syndicate_skip`.
fn inner_key(key: &str) -> Option<&str> {
    key.strip_prefix(BLOCK)?.strip_prefix(['.', '_', '-', ':'])
}

fn misspelt_hint(key: &str) -> String {
    match inner_key(&key.to_lowercase()) {
        Some(inner) => format!("write `{inner}` under `{BLOCK}:`"),
        None => format!("did you mean `{BLOCK}`?"),
    }
}

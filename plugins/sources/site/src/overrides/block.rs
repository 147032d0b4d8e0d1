//! Finds the `syndicate:` block. Its keys are ours whichever generator made the site, so upper case
//! does not hide them, and a misspelt block that says no is a fault rather than a post that goes out.

use serde_json::{Map, Value};
use syndicate_api::{AttachmentSpec, Diagnostic, FileSpan, Overrides, nearest};

use crate::document::Front;
use crate::value::{invalid, parse_bool};

/// The key of the block.
pub(super) const BLOCK: &str = "syndicate";

/// Returns the value of the block in `map`; `None` if it has none.
///
/// # Errors
/// Returns a diagnostic if the block is written twice, or under a key that only resembles its own.
pub(super) fn find<'m>(
    map: &'m Map<String, Value>,
    front: &Front,
) -> Result<Option<&'m Value>, Diagnostic> {
    let mut found: Option<(&str, &Value)> = None;
    for (key, value) in map {
        if key.eq_ignore_ascii_case(BLOCK) {
            if let Some((other, _)) = found {
                return Err(twice("", other, key));
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

/// Returns the diagnostic of two keys that differ in upper and lower case alone.
pub(super) fn twice(prefix: &str, one: &str, other: &str) -> Diagnostic {
    invalid(format!(
        "`{prefix}{one}` and `{prefix}{other}` are the same key"
    ))
    .with_hint("keep one of them")
}

/// Returns whether a key of the front matter was most likely meant to be the block, or a key in it.
fn is_misspelt(key: &str, value: &Value) -> bool {
    let key = key.to_lowercase();
    if let Some(inner) = inner_key(&key) {
        return Overrides::is_key(inner);
    }
    // `syndication` lists the copies of a post, by a convention of the IndieWeb.
    if nearest(&key, [BLOCK]).is_none() || key == "syndication" {
        return false;
    }
    match value {
        Value::Object(block) => block.keys().any(|key| {
            let key = key.to_lowercase();
            Overrides::KEYS.contains(&key.as_str()) || AttachmentSpec::KEYS.contains(&key.as_str())
        }),
        value => parse_bool(value) == Some(false),
    }
}

/// Returns the key in the block that `syndicate.skip` and the like mean.
fn inner_key(key: &str) -> Option<&str> {
    key.strip_prefix(BLOCK)?.strip_prefix(['.', '_', '-', ':'])
}

fn misspelt_hint(key: &str) -> String {
    match inner_key(&key.to_lowercase()) {
        Some(inner) => format!("write `{inner}` below `{BLOCK}:`"),
        None => format!("did you mean `{BLOCK}`?"),
    }
}

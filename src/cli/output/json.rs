//! Formats JSON output so that it is also safe on a terminal.

use std::borrow::Cow;

use memchr::memchr_iter;
use serde::Serialize;
use serde_json::Value;
use syndicate_api::mask;

use crate::terminal::{has_active, is_active};

/// Returns `value` on one line, with known secrets masked. Characters that a terminal or a CI
/// service would interpret become JSON escapes, so that a parser reads the same value.
///
/// # Errors
/// Returns an error if the value cannot be JSON, such as a map whose keys are not strings.
pub(super) fn to_json_line(value: &impl Serialize) -> serde_json::Result<String> {
    safe_json_line(serde_json::to_string(value)?)
}

/// Does the same as [`to_json_line`] with the text of a value.
///
/// # Errors
/// Returns an error if `json` is not JSON.
pub(super) fn safe_json_line(mut json: String) -> serde_json::Result<String> {
    // One search over the text decides if the values have to be visited.
    if let Cow::Owned(_) = mask(&json) {
        let mut value = serde_json::from_str(&json)?;
        mask_strings(&mut value);
        json = value.to_string();
    }
    // JSON contains these characters only inside strings.
    if !has_active(&json) && !has_command_sign(&json) {
        return Ok(json);
    }
    let mut escaped = String::with_capacity(json.len() + 64);
    let mut before = ' ';
    for c in json.chars() {
        if is_active(c) || (c == '#' && before == '#') {
            escaped.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            escaped.push(c);
        }
        before = c;
    }
    Ok(escaped)
}

/// Returns `true` if a text contains `##`, which begins a command in the logs of CI services.
fn has_command_sign(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr_iter(b'#', bytes).any(|at| bytes.get(at + 1) == Some(&b'#'))
}

fn mask_strings(value: &mut Value) {
    match value {
        Value::String(text) => *text = mask(text).into_owned(),
        Value::Array(values) => values.iter_mut().for_each(mask_strings),
        Value::Object(map) => map.values_mut().for_each(mask_strings),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_hides_known_secret() {
        syndicate_api::register_secret("jS0n-\"quoted\"-secret");
        let value = json!({"message": ["got jS0n-\"quoted\"-secret", "got nothing"]});
        let line = to_json_line(&value).unwrap();
        assert_eq!(line, r#"{"message":["got ***","got nothing"]}"#);
    }

    #[test]
    fn json_keeps_value_and_escapes_controls() {
        for title in [
            "a\u{1b}[31m\u{9b}2J\u{7f}",
            "abc\u{202e}gpj\u{2069}\u{feff}\u{2028}",
            "##[error]boom ##vso[x] ###",
            "line\nbreak \"quoted\" \\ Größe",
        ] {
            let value = json!({ "title": title });
            let line = to_json_line(&value).unwrap();
            assert!(!line.chars().any(|c| is_active(c) || c == '\n'), "{line}");
            assert!(!line.contains("##"), "{line}");
            assert_eq!(
                serde_json::from_str::<serde_json::Value>(&line).unwrap(),
                value
            );
        }
    }
}

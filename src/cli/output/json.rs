//! JSON for programs, which a terminal may show.

use serde_json::Value;

use crate::terminal::is_active;

/// Returns `value` on one line, in which everything that a terminal or a CI service would act on is
/// written as an escape of JSON, so that programs read the same value.
pub(super) fn to_json_line(value: &Value) -> String {
    let json = value.to_string();
    // Outside of strings JSON has none of these characters.
    if !json.chars().any(is_active) && !json.contains("##") {
        return json;
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
    escaped
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_keeps_value_and_escapes_controls() {
        for title in [
            "a\u{1b}[31m\u{9b}2J\u{7f}",
            "abc\u{202e}gpj\u{2069}\u{feff}\u{2028}",
            "##[error]boom ##vso[x] ###",
            "line\nbreak \"quoted\" \\ Größe",
        ] {
            let value = json!({ "title": title });
            let line = to_json_line(&value);
            assert!(!line.chars().any(|c| is_active(c) || c == '\n'), "{line}");
            assert!(!line.contains("##"), "{line}");
            assert_eq!(
                serde_json::from_str::<serde_json::Value>(&line).unwrap(),
                value
            );
        }
    }
}

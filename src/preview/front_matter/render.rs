//! Renders values as YAML: in the notation that authors use if it is unambiguous, and as a quoted string
//! otherwise.

use serde_json::Value;

use super::fence;

/// Quotes `text` so that YAML, TOML and JSON parse it alike. Characters that are not safe in all three are
/// escaped as `\uXXXX`.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for character in Value::from(text).to_string().chars() {
        if is_plain(character) {
            quoted.push(character);
        } else {
            quoted.push_str(&format!("\\u{:04x}", u32::from(character)));
        }
    }
    quoted
}

/// Renders `value` on one line, valid in any YAML context.
pub(super) fn flow(value: &Value) -> String {
    match value {
        Value::String(text) if is_instant(text) => text.clone(),
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(flow).collect();
            format!("[{}]", values.join(", "))
        }
        Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

/// Renders the lines of `key` and its value, indented by `indent`. Text of several lines becomes a literal
/// block.
pub(super) fn block(key: &str, value: &Value, indent: usize) -> Vec<String> {
    let margin = " ".repeat(indent);
    match value {
        Value::String(text) if text.contains('\n') && is_literal(text) => {
            let header = if text.starts_with([' ', '\n']) {
                "|2-"
            } else {
                "|-"
            };
            let mut lines = vec![format!("{margin}{key}: {header}")];
            lines.extend(text.split('\n').map(|line| match line {
                "" => String::new(),
                line => format!("{margin}  {line}"),
            }));
            lines
        }
        value => vec![format!("{margin}{key}: {}", flow(value))],
    }
}

/// Returns `true` if a literal block, which has no escapes, can represent `text`.
fn is_literal(text: &str) -> bool {
    let may_stand = |c: char| matches!(c, '\t' | '\n') || is_plain(c);
    // Parsers treat trailing lines of blanks as empty, so such text must be quoted.
    let has_end = fence::may_close(text, "---");
    text.chars().all(may_stand) && !has_end && !text.trim_end_matches([' ', '\t']).ends_with('\n')
}

/// Returns `true` if no parser treats the character as a control character or line break.
fn is_plain(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

/// Returns `true` for an instant such as `2026-12-01T09:00+01:00`, which needs no quotes.
fn is_instant(text: &str) -> bool {
    text.len() > 10
        && text.as_bytes()[10] == b'T'
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.ends_with(|c: char| c.is_ascii_digit() || c == 'Z')
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | ':' | 'T' | 'Z'))
}

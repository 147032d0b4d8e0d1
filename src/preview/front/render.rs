//! Values as they are written into YAML: what a person would write, where that is safe, and a quoted
//! string where it is not.

use serde_json::Value;

/// `value` on one line, as it may stand anywhere in YAML. A quoted string of JSON is one of YAML.
pub(super) fn flow(value: &Value) -> String {
    match value {
        Value::String(text) if is_instant(text) => text.clone(),
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(flow).collect();
            format!("[{}]", values.join(", "))
        }
        other => other.to_string(),
    }
}

/// The lines that give `key` its value, indented by `indent`. Text of several lines is written as it
/// is read.
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

/// Whether every character means itself in a literal block, which has no escapes.
fn is_literal(text: &str) -> bool {
    let is_plain = |c: char| {
        !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
            && (!c.is_control() || matches!(c, '\t' | '\n'))
    };
    text.chars().all(is_plain) && !text.ends_with('\n')
}

/// Whether it is an instant such as `2026-12-01T09:00+01:00`, which no reader takes for anything else.
fn is_instant(text: &str) -> bool {
    text.len() > 10
        && text.as_bytes()[10] == b'T'
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | ':' | 'T' | 'Z'))
}

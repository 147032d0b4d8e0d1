//! Values as they are written into YAML: what a person would write, where that is safe, and a quoted
//! string where it is not.

use serde_json::Value;

/// `text` between quotes, as YAML, TOML and JSON read it alike. What JSON would let through and either
/// of the others would not, or would not keep, is written by its number.
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

/// `value` on one line, as it may stand anywhere in YAML.
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
    let may_stand = |c: char| matches!(c, '\t' | '\n') || is_plain(c);
    // Lines of nothing but blanks count as empty at the end.
    text.chars().all(may_stand) && !text.trim_end_matches([' ', '\t']).ends_with('\n')
}

/// Whether every reader takes a character for itself, and nobody for the end of a line.
fn is_plain(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

/// Whether it is an instant such as `2026-12-01T09:00+01:00`, which no reader takes for anything else.
fn is_instant(text: &str) -> bool {
    text.len() > 10
        && text.as_bytes()[10] == b'T'
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.ends_with(|c: char| c.is_ascii_digit() || c == 'Z')
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | ':' | 'T' | 'Z'))
}

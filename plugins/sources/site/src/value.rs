//! Values of front matter and of config files in any notation.

use serde_json::Value;
use syndicate_api::{Code, Diagnostic, FieldOrigin};

pub(crate) use config_literals::scalar;

/// A field's value and its origin.
pub(crate) type Sourced<T> = Option<(T, FieldOrigin)>;

/// Returns `true` if a value is null or empty.
pub(crate) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.iter().all(is_blank),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Parses a boolean in the spellings that YAML, generators and authors use; `None` for other values.
pub(crate) fn parse_bool(value: &Value) -> Option<bool> {
    let text = match value {
        Value::Bool(flag) => return Some(*flag),
        // No spelling is longer, and most values are.
        Value::String(text) if text.trim().len() > "false".len() => return None,
        Value::String(text) => text.trim().to_lowercase(),
        Value::Number(number) => number.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    match text.as_str() {
        "true" | "yes" | "on" | "y" | "t" | "1" => Some(true),
        "false" | "no" | "off" | "n" | "f" | "0" => Some(false),
        _ => None,
    }
}

/// Formats a value for a message.
pub(crate) fn shown(value: &Value) -> String {
    scalar(value).unwrap_or_else(|| value.to_string())
}

/// Returns the diagnostic for invalid front matter; the caller adds the file's path.
pub(crate) fn invalid(message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::InvalidFrontMatter, message)
}

/// Returns the diagnostic for an unreadable file; the caller adds the file's path.
pub(crate) fn unreadable(message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, message)
}

/// Returns the diagnostic for a file that cannot be read because of `error`.
pub(crate) fn cannot_read(error: std::io::Error) -> Diagnostic {
    unreadable(format!("cannot read the file: {error}"))
}

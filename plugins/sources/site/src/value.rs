//! Values of front matter and of config files, whichever notation they were read from.

use serde_json::Value;
use syndicate_api::{Code, Diagnostic, FieldOrigin};

pub(crate) use config_literals::scalar;

/// A field's value and its origin.
pub(crate) type Sourced<T> = Option<(T, FieldOrigin)>;

/// Returns whether a value says nothing.
pub(crate) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.iter().all(is_blank),
        Value::Object(map) => map.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Returns what a value says where a yes or a no is asked for, in the words that YAML, generators and
/// authors use; `None` if it is neither.
pub(crate) fn yes_or_no(value: &Value) -> Option<bool> {
    let text = match value {
        Value::Bool(flag) => return Some(*flag),
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

/// Returns a value as messages show it.
pub(crate) fn shown(value: &Value) -> String {
    scalar(value).unwrap_or_else(|| value.to_string())
}

/// Returns the diagnostic of front matter that is not valid; the reader of the file adds its path.
pub(crate) fn invalid(message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::InvalidFrontMatter, message)
}

/// Returns the diagnostic of a file that cannot be read; the reader of the file adds its path.
pub(crate) fn unreadable(message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, message)
}

/// Returns the diagnostic of a file that `error` keeps from being read.
pub(crate) fn cannot_read(error: std::io::Error) -> Diagnostic {
    unreadable(format!("it cannot be read: {error}"))
}

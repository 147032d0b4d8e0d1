//! The errors of a form, each at the place of its field (`errors` of "Invalid Form Body").

use serde_json::{Map, Value, json};

/// The errors found so far.
#[derive(Debug, Default)]
pub(super) struct FormErrors {
    /// The nested errors.
    pub(super) errors: Map<String, Value>,
    /// Fields that Discord ignores.
    pub(super) ignored: Vec<String>,
}

impl FormErrors {
    /// Adds an error at a path such as `embeds.0.title`.
    pub(super) fn add(&mut self, path: &str, code: &str, message: &str) {
        let mut place = &mut self.errors;
        for name in path.split('.') {
            let child = place.entry(name).or_insert_with(|| json!({}));
            let Value::Object(child) = child else { return };
            place = child;
        }
        let errors = place.entry("_errors").or_insert_with(|| json!([]));
        if let Value::Array(errors) = errors {
            errors.push(json!({"code": code, "message": message}));
        }
    }

    /// Returns a text of at most `limit` characters, without the white space around it. A value that is
    /// not a text is an error.
    pub(super) fn text<'v>(
        &mut self,
        fields: &'v Map<String, Value>,
        name: &str,
        path: &str,
        limit: usize,
    ) -> Option<&'v str> {
        let value = fields.get(name)?;
        if value.is_null() {
            return None;
        }
        let path = join(path, name);
        let Some(text) = value.as_str() else {
            self.add(
                &path,
                "STRING_TYPE_CONVERT",
                "Could not interpret value as string.",
            );
            return None;
        };
        let text = text.trim();
        if text.chars().count() > limit {
            let message = format!("Must be {limit} or fewer in length.");
            self.add(&path, "BASE_TYPE_MAX_LENGTH", &message);
        }
        Some(text)
    }

    /// Adds an error if a required field is missing or empty.
    pub(super) fn require(&mut self, fields: &Map<String, Value>, name: &str, path: &str) {
        let text = fields.get(name).and_then(Value::as_str).unwrap_or_default();
        if text.trim().is_empty() {
            let message = "This field is required";
            self.add(&join(path, name), "BASE_TYPE_REQUIRED", message);
        }
    }

    /// Notes the fields that are not in `known`.
    pub(super) fn ignore_unknown(
        &mut self,
        fields: &Map<String, Value>,
        known: &[&str],
        path: &str,
    ) {
        let unknown = fields.keys().filter(|name| !known.contains(&name.as_str()));
        self.ignored.extend(unknown.map(|name| join(path, name)));
    }
}

/// Joins a path and a name.
pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

//! Converts the arguments of a helper call to the types that helpers need. A missing value is an error;
//! an empty value is not, because a missing key is usually a typing mistake.

use std::borrow::Cow;

use handlebars::{Helper as Call, PathAndJson, RenderErrorReason};
use serde_json::Value;
use syndicate_api::{Code, Diagnostic};

/// The parameters and options of one helper call.
pub(super) struct Arguments<'a, 'rc>(&'a Call<'rc>);

impl<'a, 'rc> Arguments<'a, 'rc> {
    pub(super) fn new(call: &'a Call<'rc>) -> Self {
        Self(call)
    }

    /// Returns the parameter at `index`, or `None` if it is missing or was not passed.
    pub(super) fn maybe(&self, index: usize) -> Option<&'a Value> {
        self.0
            .param(index)
            .filter(|given| !given.is_value_missing())
            .map(PathAndJson::value)
    }

    /// Returns the parameter at `index`, or null if it was not passed.
    pub(super) fn value(&self, index: usize) -> Result<&'a Value, RenderErrorReason> {
        present(self.0.param(index))
    }

    /// Returns the parameter at `index` as text; null is the empty text.
    pub(super) fn text(&self, index: usize) -> Result<Cow<'a, str>, RenderErrorReason> {
        printable(self.value(index)?, &self.described(index))
    }

    /// Returns the parameter at `index` as a list of texts; a single value is a list of one.
    pub(super) fn texts(&self, index: usize) -> Result<Vec<Cow<'a, str>>, RenderErrorReason> {
        match self.value(index)? {
            Value::Null => Ok(Vec::new()),
            Value::Array(values) => values
                .iter()
                .map(|value| printable(value, &self.described(index)))
                .collect(),
            other => Ok(vec![printable(other, &self.described(index))?]),
        }
    }

    /// Returns the option `name` as text.
    pub(super) fn option(&self, name: &str) -> Result<Option<Cow<'a, str>>, RenderErrorReason> {
        let Some(given) = self.0.hash_get(name) else {
            return Ok(None);
        };
        printable(present(Some(given))?, &format!("`{name}`")).map(Some)
    }

    /// Returns the parameter at `index` as a count.
    pub(super) fn count(&self, index: usize) -> Result<usize, RenderErrorReason> {
        count(self.value(index)?, &self.described(index))
    }

    /// Returns the option `name` as a count.
    pub(super) fn count_option(&self, name: &str) -> Result<Option<usize>, RenderErrorReason> {
        let Some(given) = self.0.hash_get(name) else {
            return Ok(None);
        };
        count(present(Some(given))?, &format!("`{name}`")).map(Some)
    }

    /// Returns the description of the parameter at `index` for messages.
    pub(super) fn described(&self, index: usize) -> String {
        match self.0.param(index).and_then(PathAndJson::relative_path) {
            Some(path) => format!("`{path}`"),
            None => format!("the argument of `{}`", self.0.name()),
        }
    }
}

fn present<'a>(given: Option<&'a PathAndJson<'_>>) -> Result<&'a Value, RenderErrorReason> {
    match given {
        Some(given) if given.is_value_missing() => Err(RenderErrorReason::MissingVariable(
            given.relative_path().cloned(),
        )),
        Some(given) => Ok(given.value()),
        None => Ok(&Value::Null),
    }
}

fn count(value: &Value, described: &str) -> Result<usize, RenderErrorReason> {
    value
        .as_u64()
        .and_then(|count| usize::try_from(count).ok())
        .ok_or_else(|| {
            render_error(Diagnostic::new(
                Code::TemplateError,
                format!("{described} must be a whole number, found `{value}`"),
            ))
        })
}

/// Returns `value` as text for readers.
pub(super) fn printable<'a>(
    value: &'a Value,
    described: &str,
) -> Result<Cow<'a, str>, RenderErrorReason> {
    match value {
        Value::Null => Ok(Cow::Borrowed("")),
        Value::String(text) => Ok(Cow::Borrowed(text)),
        Value::Bool(_) | Value::Number(_) => Ok(Cow::Owned(value.to_string())),
        Value::Array(_) => Err(render_error(
            Diagnostic::new(
                Code::TemplateError,
                format!("{described} is a list, not a text"),
            )
            .with_hint("write `{{join …}}`, `{{hashtags …}}` or `{{#each …}}`"),
        )),
        Value::Object(_) => Err(render_error(
            Diagnostic::new(
                Code::TemplateError,
                format!("{described} is an object, not a text"),
            )
            .with_hint("use one of its values, as in `{{front.cover.alt}}`"),
        )),
    }
}

/// Wraps a diagnostic in an error of handlebars, from which [`super::super::explain`] takes it again.
pub(super) fn render_error(problem: Diagnostic) -> RenderErrorReason {
    RenderErrorReason::NestedError(Box::new(problem))
}

//! What a helper was given, as what it needs. A value that is missing altogether is a fault of its
//! own, apart from one that is there and empty: the first is a slip, the second is no title.

use std::borrow::Cow;

use handlebars::{Helper as Call, PathAndJson, RenderErrorReason};
use serde_json::Value;
use syndicate_api::{Code, Diagnostic};

/// The parameters and options of one call.
pub(super) struct Arguments<'a, 'rc>(&'a Call<'rc>);

impl<'a, 'rc> Arguments<'a, 'rc> {
    pub(super) fn new(call: &'a Call<'rc>) -> Self {
        Self(call)
    }

    /// The parameter at `index`, unless it is missing or was not given.
    pub(super) fn maybe(&self, index: usize) -> Option<&'a Value> {
        self.0
            .param(index)
            .filter(|given| !given.is_value_missing())
            .map(PathAndJson::value)
    }

    /// The parameter at `index`, null if it was not given.
    pub(super) fn value(&self, index: usize) -> Result<&'a Value, RenderErrorReason> {
        present(self.0.param(index))
    }

    /// The parameter at `index` as text; empty for null.
    pub(super) fn text(&self, index: usize) -> Result<Cow<'a, str>, RenderErrorReason> {
        printable(self.value(index)?, &self.described(index))
    }

    /// The parameter at `index` as texts: those of a list, or the one that it is.
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

    /// The option `name` as text.
    pub(super) fn option(&self, name: &str) -> Result<Option<Cow<'a, str>>, RenderErrorReason> {
        let Some(given) = self.0.hash_get(name) else {
            return Ok(None);
        };
        printable(present(Some(given))?, &format!("`{name}`")).map(Some)
    }

    /// The parameter at `index` as a count.
    pub(super) fn count(&self, index: usize) -> Result<usize, RenderErrorReason> {
        count(self.value(index)?, &self.described(index))
    }

    /// The option `name` as a count.
    pub(super) fn count_option(&self, name: &str) -> Result<Option<usize>, RenderErrorReason> {
        let Some(given) = self.0.hash_get(name) else {
            return Ok(None);
        };
        count(present(Some(given))?, &format!("`{name}`")).map(Some)
    }

    /// How messages call the parameter at `index`.
    pub(super) fn described(&self, index: usize) -> String {
        match self.0.param(index).and_then(PathAndJson::relative_path) {
            Some(path) => format!("`{path}`"),
            None => format!("what `{}` is given", self.0.name()),
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
            complain(Diagnostic::new(
                Code::TemplateError,
                format!("{described} is to be a whole number, and is `{value}`"),
            ))
        })
}

/// `value` as a reader may see it.
pub(super) fn printable<'a>(
    value: &'a Value,
    described: &str,
) -> Result<Cow<'a, str>, RenderErrorReason> {
    match value {
        Value::Null => Ok(Cow::Borrowed("")),
        Value::String(text) => Ok(Cow::Borrowed(text)),
        Value::Bool(_) | Value::Number(_) => Ok(Cow::Owned(value.to_string())),
        Value::Array(_) => Err(complain(
            Diagnostic::new(
                Code::TemplateError,
                format!("{described} is a list and no text"),
            )
            .with_hint("write `{{join …}}`, `{{hashtags …}}` or `{{#each …}}`"),
        )),
        Value::Object(_) => Err(complain(
            Diagnostic::new(
                Code::TemplateError,
                format!("{described} holds several values and is no text"),
            )
            .with_hint("name one of them, as in `{{front.cover.alt}}`"),
        )),
    }
}

/// Wraps a diagnostic for its way through handlebars.
pub(super) fn complain(complaint: Diagnostic) -> RenderErrorReason {
    RenderErrorReason::NestedError(Box::new(complaint))
}

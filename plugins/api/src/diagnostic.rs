//! Diagnostics: errors in a file, an option, a template, a post or a command line, for people and programs.
//!
//! The code that finds an error often knows neither file nor line: a plugin knows only the keys of its options,
//! a parser of front matter only the line. Each caller adds its part with [`Diagnostic::at`] and
//! [`Diagnostic::in_file`].
//!
//! Every diagnostic has a code. The remedy of the code is the hint until another one is set.
//!
//! A diagnostic is not an error to branch on. For that there are types such as
//! [`PublishError`](crate::PublishError), which implement [`CodedError`].

use std::error::Error;
use std::fmt;

use serde::{Serialize, Serializer};

use crate::{Code, FileSpan};

/// An error with a stable code and a hint.
pub trait CodedError: Error {
    /// Returns the stable code, if this error has one.
    fn code(&self) -> Option<Code>;

    /// Returns the next step for the user: in lower case, imperative and without a full stop.
    fn hint(&self) -> Option<String>;
}

/// An error with its position and a hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, relative to pipeline.yaml or as the user wrote it, or the name of a feed.
    pub path: Option<String>,
    /// The stable code.
    pub code: Code,
    /// The error, in lower case and without a full stop.
    pub message: String,
    /// The next step for the user, in the imperative.
    pub hint: Option<String>,
    location: Option<Location>,
    cause: Option<Box<Cause>>,
}

/// The position in a file: the keys of an option, or the span after the file was searched for them.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Location {
    Keys(Vec<String>),
    Span(FileSpan),
}

/// All diagnostics of one file, as one error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostics(pub Vec<Diagnostic>);

/// The text of an error that caused a diagnostic. The error is not kept, so that diagnostics can be compared
/// and cloned.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cause {
    message: String,
    source: Option<Box<Self>>,
}

impl Diagnostic {
    /// Returns a diagnostic without position. Its hint is the remedy of the code.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            path: None,
            code,
            message: message.into(),
            hint: code.hint(),
            location: None,
            cause: None,
        }
    }

    /// Returns a diagnostic with the message, hint and causes of `error`. `code` is for errors without a code.
    #[must_use]
    pub fn from_error(error: &(impl CodedError + ?Sized), code: Code) -> Self {
        let mut diagnostic = Self::new(error.code().unwrap_or(code), error.to_string());
        diagnostic.hint = error.hint();
        diagnostic.cause = error.source().map(|source| Box::new(Cause::new(source)));
        diagnostic
    }

    /// Returns a diagnostic about the option at `keys`, which are names and indices.
    #[must_use]
    pub fn option(keys: &[&str], message: impl Into<String>) -> Self {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        Self::new(Code::InvalidConfig, message).at_keys(keys)
    }

    /// Sets the keys of the invalid option.
    #[must_use]
    pub(crate) fn at_keys(mut self, keys: Vec<String>) -> Self {
        self.location = Some(Location::Keys(keys));
        self
    }

    /// Sets the position in the file, if it is known. It replaces the keys.
    #[must_use]
    pub fn at(mut self, span: impl Into<Option<FileSpan>>) -> Self {
        self.location = span.into().map(Location::Span).or(self.location);
        self
    }

    /// Sets the file.
    #[must_use]
    pub fn in_file(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Sets the code and keeps the hint.
    #[must_use]
    pub fn with_code(mut self, code: Code) -> Self {
        self.code = code;
        self
    }

    /// Sets the message.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// Sets the hint.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Returns the diagnostic of a file that is no longer as it was read, which the caller names with [`Self::in_file`].
    #[must_use]
    pub fn file_changed() -> Self {
        let code = Code::FileChanged;
        Self::new(code, "it was changed after it was read").with_optional_hint(code.hint())
    }

    /// Sets the hint if `hint` is not `None`.
    #[must_use]
    pub fn with_optional_hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint.or(self.hint);
        self
    }

    /// Sets the hint if there is none.
    #[must_use]
    pub fn with_default_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint.get_or_insert_with(|| hint.into());
        self
    }

    /// Removes the hint, for a diagnostic that follows from another one with a hint.
    #[must_use]
    pub fn without_hint(mut self) -> Self {
        self.hint = None;
        self
    }

    /// Appends a cause, a text or an error with its own causes, after those it has.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let mut end = &mut self.cause;
        while let Some(cause) = end {
            end = &mut cause.source;
        }
        *end = Some(Box::new(Cause::new(&*cause.into())));
        self
    }

    /// Returns the position in the file, if it is known.
    #[must_use]
    pub fn span(&self) -> Option<FileSpan> {
        match self.location {
            Some(Location::Span(span)) => Some(span),
            _ => None,
        }
    }

    /// Returns the line, counted from 1, if it is known.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.span().map(|span| span.line)
    }

    /// Returns the column, counted from 1 in characters, if it is known.
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        self.span()?.column
    }

    /// Returns the keys of the invalid option. Returns none if the span is known.
    #[must_use]
    pub fn keys(&self) -> &[String] {
        match &self.location {
            Some(Location::Keys(keys)) => keys,
            _ => &[],
        }
    }

    /// Returns position, message, causes and hint on one line.
    #[must_use]
    pub fn to_line(&self) -> String {
        let mut line = self.to_string();
        let causes: Vec<&str> = self.causes().collect();
        if !causes.is_empty() {
            line.push_str(&format!("; caused by: {}", causes.join(": ")));
        }
        if let Some(hint) = &self.hint {
            line.push_str(&format!("; hint: {hint}"));
        }
        line
    }

    /// Returns the causes, each the cause of the one before.
    pub fn causes(&self) -> impl Iterator<Item = &str> {
        let first = self.cause.as_deref();
        std::iter::successors(first, |cause| cause.source.as_deref())
            .map(|cause| cause.message.as_str())
    }
}

impl Cause {
    fn new(error: &dyn Error) -> Self {
        Self {
            message: error.to_string(),
            source: error.source().map(|source| Box::new(Self::new(source))),
        }
    }
}

/// Formats a diagnostic as `PATH:LINE:COLUMN: MESSAGE`, without the parts that are unknown.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line().map(|line| line.to_string());
        let column = self.column().map(|column| column.to_string());
        let place = [self.path.clone(), line, column];
        let place: Vec<String> = place.into_iter().flatten().collect();
        if !place.is_empty() {
            write!(f, "{}: ", place.join(":"))?;
        }
        f.write_str(&self.message)
    }
}

/// Formats one diagnostic per line.
impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for Diagnostic {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as &dyn Error)
    }
}

impl Error for Diagnostics {}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as &dyn Error)
    }
}

impl CodedError for Diagnostic {
    fn code(&self) -> Option<Code> {
        Some(self.code)
    }

    fn hint(&self) -> Option<String> {
        self.hint.clone()
    }
}

/// Serialises a diagnostic as an object with `path`, `line`, `column`, `code`, `message` and `hint`, which are
/// `null` if unknown, and with `causes` if there are any.
impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a> {
            path: Option<&'a str>,
            line: Option<usize>,
            column: Option<usize>,
            code: Code,
            message: &'a str,
            #[serde(skip_serializing_if = "Vec::is_empty")]
            causes: Vec<&'a str>,
            hint: Option<&'a str>,
        }
        let fields = Fields {
            path: self.path.as_deref(),
            line: self.line(),
            column: self.column(),
            code: self.code,
            message: &self.message,
            causes: self.causes().collect(),
            hint: self.hint.as_deref(),
        };
        fields.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn display_names_known_place() {
        let diagnostic = Diagnostic::new(Code::InvalidFrontMatter, "`date` is not a date");
        assert_eq!(diagnostic.to_string(), "`date` is not a date");
        let diagnostic = diagnostic.in_file("content/a.md");
        assert_eq!(diagnostic.to_string(), "content/a.md: `date` is not a date");
        let at_line = diagnostic.clone().at(FileSpan::of_line(3));
        assert_eq!(at_line.to_string(), "content/a.md:3: `date` is not a date");
        let at_column = diagnostic.at(FileSpan::at(3, 7));
        assert_eq!(
            at_column.to_string(),
            "content/a.md:3:7: `date` is not a date"
        );
    }

    #[test]
    fn json_has_every_key() {
        let diagnostic = Diagnostic::new(Code::Usage, "unknown option `--x`");
        let expected = json!({
            "path": null,
            "line": null,
            "column": null,
            "code": "usage",
            "message": "unknown option `--x`",
            "hint": null,
        });
        assert_eq!(serde_json::to_value(diagnostic).unwrap(), expected);
    }

    #[test]
    fn span_replaces_keys() {
        let diagnostic = Diagnostic::option(&["policy", "since"], "invalid date");
        assert_eq!(diagnostic.keys(), ["policy", "since"]);
        let diagnostic = diagnostic.at(None);
        assert_eq!(diagnostic.keys(), ["policy", "since"]);
        let diagnostic = diagnostic.at(FileSpan::at(2, 3));
        assert_eq!(diagnostic.keys(), [""; 0]);
        assert_eq!(diagnostic.span(), Some(FileSpan::at(2, 3)));
    }

    #[test]
    fn causes_form_source_chain() {
        let error = anyhow::anyhow!("connection refused").context("cannot connect");
        let diagnostic = Diagnostic::new(Code::Unavailable, "cannot read the feed")
            .caused_by(error)
            .caused_by("the network is down");
        let causes = [
            "cannot connect",
            "connection refused",
            "the network is down",
        ];
        assert_eq!(diagnostic.causes().collect::<Vec<_>>(), causes);
        let chain = anyhow::Error::new(diagnostic);
        assert!(chain.chain().skip(1).map(ToString::to_string).eq(causes));
    }

    #[test]
    fn given_hint_replaces_remedy() {
        let diagnostic = Diagnostic::new(Code::TextEmpty, "the text is empty");
        assert_eq!(diagnostic.hint, Code::TextEmpty.hint());
        let diagnostic = diagnostic.with_optional_hint(None);
        assert_eq!(diagnostic.hint, Code::TextEmpty.hint());
        let diagnostic = diagnostic.with_hint("write something");
        assert_eq!(diagnostic.hint.as_deref(), Some("write something"));
    }
}

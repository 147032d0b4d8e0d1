//! What is wrong with one file, said where it is found: deep inside, where neither the file's name
//! nor its place below pipeline.yaml is known. [`Flaw::into_fault`] adds them at the door.

use std::fmt;

use syndicate_api::{Code, Diagnostic, FileSpan};

/// Something wrong with a file whose name the finder does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    /// The line of the file, counted from 1.
    pub(crate) line: Option<usize>,
    /// The column, counted from 1.
    pub(crate) column: Option<usize>,
    message: String,
    hint: Option<String>,
}

impl Flaw {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            line: None,
            column: None,
            message: message.into(),
            hint: None,
        }
    }

    /// The same at a line, where one is known.
    pub(crate) fn at(mut self, line: Option<usize>) -> Self {
        self.line = line;
        self
    }

    /// The same at a line and a column.
    pub(crate) fn at_column(mut self, line: usize, column: usize) -> Self {
        self.line = Some(line);
        self.column = Some(column);
        self
    }

    /// The same with what to do about it.
    pub(crate) fn hinted(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The fault of the file at `path`, which is relative to pipeline.yaml.
    pub(crate) fn into_fault(self, path: &str) -> Diagnostic {
        let span = self.line.map(|line| match self.column {
            Some(column) => FileSpan::at(line, column),
            None => FileSpan::of_line(line),
        });
        Diagnostic::new(Code::InvalidFrontMatter, self.message)
            .in_file(path)
            .at(span)
            .maybe_hint(self.hint)
    }
}

/// `LINE:COLUMN: MESSAGE (HINT)`, for the error of a config file, which is no fault of a post.
impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (Some(line), Some(column)) => write!(f, "{line}:{column}: ")?,
            (Some(line), None) => write!(f, "{line}: ")?,
            (None, _) => f.write_str(" ")?,
        }
        f.write_str(&self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, " ({hint})")?;
        }
        Ok(())
    }
}

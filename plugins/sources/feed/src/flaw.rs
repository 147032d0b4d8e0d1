//! What is wrong with a feed or one of its entries, said where it is found, where the feed's name is
//! not known. [`Flaw::into_fault`] adds it at the door.

use syndicate_api::{Code, Diagnostic, FileSpan};

/// Something wrong with a feed whose name the finder does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    line: Option<usize>,
    column: Option<usize>,
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

    /// The same at a line, counted from 1, where one is known.
    pub(crate) fn at(mut self, line: Option<usize>) -> Self {
        self.line = line;
        self
    }

    /// The same at the byte `offset` of `text`.
    pub(crate) fn at_offset(mut self, text: &str, offset: usize) -> Self {
        let mut end = offset.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        self.line = Some(before.matches('\n').count() + 1);
        self.column = Some(before[line_start..].chars().count() + 1);
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

    /// The fault of the feed that is called `name`.
    pub(crate) fn into_fault(self, name: &str) -> Diagnostic {
        let span = self.line.map(|line| match self.column {
            Some(column) => FileSpan::at(line, column),
            None => FileSpan::of_line(line),
        });
        Diagnostic::new(Code::InvalidFeed, self.message)
            .in_file(name)
            .at(span)
            .maybe_hint(self.hint)
    }
}

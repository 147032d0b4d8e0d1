//! A remark about a file, which a CI service shows beside the change or in a list.

/// The severity of an annotation, the most severe first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    /// Something failed, or its outcome is unknown.
    Error,
    /// Something waits for a decision, or will soon fail.
    Warning,
    /// Advice.
    Notice,
}

/// A position in a file of the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourceLocation {
    /// The file, relative to the repository's root, with `/` between folders.
    pub(crate) file: String,
    /// The line, counted from 1, if it is known.
    pub(crate) line: Option<usize>,
    /// The column, counted from 1 in characters, if it is known.
    pub(crate) column: Option<usize>,
}

/// A remark with its severity and its position. Its texts may be untrusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Annotation {
    /// The severity.
    pub(crate) level: Level,
    /// The stable code.
    pub(crate) code: &'static str,
    /// The message, on one or more lines.
    pub(crate) message: String,
    /// The position, if a file of the repository is concerned.
    pub(crate) location: Option<SourceLocation>,
}

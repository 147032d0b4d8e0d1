//! Errors in pipeline.yaml. They are collected, so that all errors of a file are reported at once.

use syndicate_api::{Code, Diagnostic, FileSpan};

/// Returns an error at `span`.
pub(super) fn invalid(span: FileSpan, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::InvalidConfig, message).at(known(span))
}

/// Returns `span`, or `None` if its line is 0, the parser's value for an unknown position.
pub(super) fn known(span: FileSpan) -> Option<FileSpan> {
    Some(span).filter(|span| span.line > 0)
}

//! What is wrong with pipeline.yaml. All of a file's faults are reported at once, so they are collected and
//! not returned at the first.

use syndicate_api::{Code, Diagnostic, FileSpan};

/// Returns a fault at `span`.
pub(super) fn invalid(span: FileSpan, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::InvalidConfig, message).at(known(span))
}

/// Returns `span`, unless it is the parser's line 0, which stands for an unknown place.
pub(super) fn known(span: FileSpan) -> Option<FileSpan> {
    Some(span).filter(|span| span.line > 0)
}

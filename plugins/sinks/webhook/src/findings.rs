//! Findings of `check` and errors that the dialects share.

use syndicate_api::{Code, Diagnostic, Finding, PublishError, PublishErrorKind};

/// Returns the error of a change to a post whose receipt has no identifier.
pub(crate) fn no_identifier(message: &str, hint: &str) -> PublishError {
    let kind = PublishErrorKind::Rejected;
    PublishError::new(kind, Code::Unsupported, message).with_hint(hint)
}

/// Returns the finding for an error of a check.
fn failed(error: PublishError) -> Finding {
    Finding::Failed(Diagnostic::from(error))
}

/// Returns a passed check with `message`, or its error.
pub(crate) fn passed_or_failed<T>(
    outcome: Result<T, PublishError>,
    message: impl FnOnce(T) -> String,
) -> Finding {
    match outcome {
        Ok(value) => Finding::Passed(message(value)),
        Err(error) => failed(error),
    }
}

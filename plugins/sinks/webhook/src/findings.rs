//! Findings of `check` that the dialects share.

use syndicate_api::{Diagnostic, Finding, PublishError};

/// Returns the finding for an error of a check.
pub(crate) fn failed(error: PublishError) -> Finding {
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

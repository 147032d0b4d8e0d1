//! The error of a run that did not start or was ended at once.

use std::error::Error;
use std::path::Path;

use serde_json::Value;
use syndicate_api::{Code, CodedError, Diagnostic, Diagnostics, PublishError};

use crate::ledger::LedgerError;

use super::exit::ExitStatus;
use super::output::{diagnostics_json, format_diagnostics};

/// An error that ends the program.
#[derive(Debug)]
pub(crate) enum CliError {
    /// The command line or the environment requests something impossible.
    Usage(Diagnostic),
    /// A second signal ended the run at once, possibly during a delivery.
    Interrupted,
    /// Any other error.
    Other(anyhow::Error),
}

impl CliError {
    /// Returns a usage error with a hint.
    pub(super) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage(Diagnostic::new(Code::Usage, message).with_hint(hint))
    }

    /// Returns any other error with a hint.
    pub(super) fn hinted(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Diagnostic::new(Code::CommandFailed, message)
            .with_hint(hint)
            .into()
    }

    /// Returns the error of a file named on the command line that cannot be written.
    pub(super) fn unwritable(file: &Path, error: &std::io::Error) -> Self {
        Self::hinted(
            format!("cannot write `{}`: {error}", file.display()),
            "name a file in a folder that can be written",
        )
    }

    /// Returns the exit code.
    #[must_use]
    pub(crate) fn exit(&self) -> ExitStatus {
        match self {
            Self::Usage(_) => ExitStatus::Usage,
            Self::Interrupted => ExitStatus::Unknown,
            Self::Other(_) => ExitStatus::Error,
        }
    }

    /// Returns the message, on one or more lines.
    #[must_use]
    pub(crate) fn message(&self) -> String {
        format_diagnostics(&self.diagnostics(), Path::new(""))
    }

    /// Returns the error as JSON.
    #[must_use]
    pub(crate) fn json(&self) -> Value {
        diagnostics_json(&self.diagnostics())
    }

    /// Returns the errors.
    #[must_use]
    pub(super) fn diagnostics(&self) -> Vec<Diagnostic> {
        match self {
            Self::Usage(diagnostic) => vec![diagnostic.clone()],
            Self::Interrupted => {
                vec![Diagnostic::new(Code::Interrupted, INTERRUPTED).with_hint(INTERRUPTED_HINT)]
            }
            Self::Other(error) => diagnostics_of(error),
        }
    }
}

const INTERRUPTED: &str = "stopped by a second signal, possibly during a delivery";
const INTERRUPTED_HINT: &str = "run `syndicate status` to see whether an outcome is unknown";

/// Returns the diagnostics inside an error. For an error without any, builds one from its chain of
/// causes, with the code and hint of the first cause that has them.
fn diagnostics_of(error: &anyhow::Error) -> Vec<Diagnostic> {
    if let Some(top) = error.chain().next() {
        if let Some(Diagnostics(faults)) = top.downcast_ref() {
            return faults.clone();
        }
        if let Some(diagnostic) = top.downcast_ref() {
            return vec![Diagnostic::clone(diagnostic)];
        }
    }
    let code = error.chain().find_map(|cause| known(cause)?.code());
    let hint = error.chain().find_map(|cause| known(cause)?.hint());
    let code = code.unwrap_or(Code::CommandFailed);
    let causes = error.chain().skip(1).map(ToString::to_string);
    let diagnostic = Diagnostic::new(code, error.to_string()).without_hint();
    let diagnostic = causes.fold(diagnostic, Diagnostic::caused_by);
    vec![diagnostic.with_optional_hint(hint)]
}

/// Downcasts the error to a type that has a code or a hint.
fn known<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e dyn CodedError> {
    fn of<'e, E: CodedError + 'static>(
        error: &'e (dyn Error + 'static),
    ) -> Option<&'e dyn CodedError> {
        error
            .downcast_ref::<E>()
            .map(|error| error as &dyn CodedError)
    }
    of::<Diagnostic>(error)
        .or_else(|| of::<PublishError>(error))
        .or_else(|| of::<LedgerError>(error))
}

impl From<Diagnostic> for CliError {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Other(anyhow::Error::new(diagnostic))
    }
}

impl From<Diagnostics> for CliError {
    fn from(diagnostics: Diagnostics) -> Self {
        Self::Other(anyhow::Error::new(diagnostics))
    }
}

impl From<anyhow::Error> for CliError {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

impl From<LedgerError> for CliError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Unconfigured(faults) => Self::Other(anyhow::Error::new(faults)),
            error => Self::Other(anyhow::Error::new(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use syndicate_api::PublishErrorKind;

    use super::*;

    #[test]
    fn chain_yields_code_and_hint() {
        let kind = PublishErrorKind::Unauthorized;
        let error = PublishError::new(kind, Code::Unauthorized, "the token has expired");
        let error = anyhow::Error::new(error.with_hint("sign in again")).context("cannot send");
        let diagnostics = diagnostics_of(&error.context("nothing was sent"));
        let [diagnostic] = &diagnostics[..] else {
            panic!("{diagnostics:?}");
        };
        assert_eq!(diagnostic.code, Code::Unauthorized);
        assert_eq!(diagnostic.hint.as_deref(), Some("sign in again"));
        assert_eq!(diagnostic.message, "nothing was sent");
        let causes: Vec<&str> = diagnostic.causes().collect();
        assert_eq!(causes, ["cannot send", "the token has expired"]);
    }

    #[test]
    fn error_without_code_has_general_one() {
        let diagnostics = diagnostics_of(&anyhow::anyhow!("no random bytes"));
        assert_eq!(
            diagnostics,
            [Diagnostic::new(Code::CommandFailed, "no random bytes")]
        );
    }
}

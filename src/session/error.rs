//! Errors of session steps.

use syndicate_api::{Code, Diagnostic, Diagnostics};

use crate::env::EnvError;
use crate::ledger::LedgerError;

/// A failed step of a session.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SessionError {
    /// The command line or the environment requests something impossible.
    #[error(transparent)]
    Usage(Diagnostic),
    /// Any other error.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

impl SessionError {
    /// Returns an error with a hint.
    pub(super) fn hinted(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Other(anyhow::Error::new(
            Diagnostic::new(Code::CommandFailed, message).with_hint(hint),
        ))
    }

    /// Returns a usage error with a hint.
    pub(super) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage(Diagnostic::new(Code::Usage, message).with_hint(hint))
    }
}

impl From<EnvError> for SessionError {
    fn from(error: EnvError) -> Self {
        match error {
            EnvError::Variable(diagnostic) => Self::Usage(diagnostic),
            EnvError::System(error) => Self::Other(error),
        }
    }
}

impl From<LedgerError> for SessionError {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::Unconfigured(faults) => faults.into(),
            error => Self::Other(anyhow::Error::new(error)),
        }
    }
}

impl From<Diagnostics> for SessionError {
    fn from(error: Diagnostics) -> Self {
        Self::Other(anyhow::Error::new(error))
    }
}

impl From<Diagnostic> for SessionError {
    fn from(error: Diagnostic) -> Self {
        Self::Other(anyhow::Error::new(error))
    }
}

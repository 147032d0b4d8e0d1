//! Why a step of a session failed.

use syndicate_api::{Code, Diagnostic, Diagnostics};

use crate::env::EnvError;
use crate::ledger::LedgerError;

/// Why a step of a session failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SessionError {
    /// The command line or the environment asks for something that cannot be.
    #[error(transparent)]
    Usage(Diagnostic),
    /// Anything else.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

impl SessionError {
    /// Returns an error with what to do about it.
    pub(super) fn hinted(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Other(anyhow::Error::new(
            Diagnostic::new(Code::CommandFailed, message).with_hint(hint),
        ))
    }

    /// Returns an error of the command line with what to do about it.
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
        Self::Other(anyhow::Error::new(error))
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

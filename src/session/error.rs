//! Why a step of a session failed.

use syndicate_api::{Diagnostic, Hinted};

use crate::env::EnvError;
use crate::ledger::LedgerError;

/// Why a step of a session failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SessionError {
    /// The diagnostics of a faulty pipeline.yaml.
    #[error("pipeline.yaml is faulty")]
    Config(Vec<Diagnostic>),
    /// The command line or the environment asks for something that cannot be.
    #[error(transparent)]
    Usage(Hinted),
    /// Anything else.
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

impl SessionError {
    /// Returns an error with what to do about it.
    pub(super) fn hinted(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Other(anyhow::Error::new(Hinted::new(message, hint)))
    }

    /// Returns an error of the command line with what to do about it.
    pub(super) fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage(Hinted::new(message, hint))
    }
}

impl From<EnvError> for SessionError {
    fn from(error: EnvError) -> Self {
        match error {
            EnvError::Variable(hinted) => Self::Usage(hinted),
            EnvError::System(error) => Self::Other(error),
        }
    }
}

impl From<LedgerError> for SessionError {
    fn from(error: LedgerError) -> Self {
        Self::Other(anyhow::Error::new(error))
    }
}

impl From<Vec<Diagnostic>> for SessionError {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self::Config(diagnostics)
    }
}

impl From<Diagnostic> for SessionError {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Other(anyhow::Error::new(diagnostic))
    }
}

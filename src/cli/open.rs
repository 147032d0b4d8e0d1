//! Opens the session of a command, and converts session errors.

use super::failure::CliError;
use super::global::GlobalOptions;
use crate::env::{EnvError, Interrupted};
use crate::session::{Mode, Session, SessionError};

/// Opens the session that these options request.
pub(super) fn open_session(global: &GlobalOptions, is_sandbox: bool) -> Result<Session, CliError> {
    let is_offline = global.offline;
    let mode = match (is_sandbox, is_offline) {
        (true, _) => Mode::Sandbox { is_offline },
        (false, true) => Mode::Offline,
        (false, false) => Mode::Live,
    };
    Ok(Session::open(&global.pipeline()?, mode)?)
}

/// Opens the session of a pipeline that may not exist yet.
pub(super) fn open_new_session(global: &GlobalOptions) -> Result<Session, CliError> {
    Ok(Session::open(&global.new_pipeline(), Mode::Live)?)
}

impl From<SessionError> for CliError {
    fn from(error: SessionError) -> Self {
        match error {
            SessionError::Usage(diagnostic) => Self::Usage(diagnostic),
            SessionError::Other(error) => Self::Other(error),
        }
    }
}

impl From<EnvError> for CliError {
    fn from(error: EnvError) -> Self {
        SessionError::from(error).into()
    }
}

impl From<Interrupted> for CliError {
    fn from(_: Interrupted) -> Self {
        Self::Interrupted
    }
}

//! Why a run could not even begin, or was ended at once.

use std::error::Error;
use std::path::Path;

use serde_json::{Value, json};
use syndicate_api::{Code, Diagnostic, Hint, PublishError};

use crate::ledger::LedgerError;

use super::diagnostic::format_all;
use super::exit::Exit;

pub use syndicate_api::Hinted;

/// Why nothing was done.
#[derive(Debug)]
pub enum Failure {
    /// pipeline.yaml is faulty.
    Config(Vec<Diagnostic>),
    /// The command line or the environment asks for something that cannot be.
    Usage(Hinted),
    /// A second signal ended the run at once, maybe within a delivery.
    Interrupted,
    /// Anything else.
    Other(anyhow::Error),
}

impl Failure {
    /// The exit code.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
            Self::Interrupted => Exit::Unknown,
            Self::Config(_) | Self::Other(_) => Exit::Error,
        }
    }

    /// The message, on as many lines as it needs.
    #[must_use]
    pub fn message(&self) -> String {
        format_all(&self.diagnostics(), Path::new(""))
    }

    /// The same for programs: `{"v":1,"error":…,"code":…,"hint":…,"diagnostics":[…]}`. The first three
    /// are the first diagnostic's.
    #[must_use]
    pub fn json(&self) -> Value {
        let diagnostics = self.diagnostics();
        let first = diagnostics.first();
        let errors: Vec<String> = diagnostics.iter().map(with_causes).collect();
        json!({
            "v": 1,
            "error": errors.join("\n"),
            "code": first.map(|first| first.code),
            "hint": first.and_then(|first| first.hint.as_deref()),
            "diagnostics": diagnostics,
        })
    }

    fn diagnostics(&self) -> Vec<Diagnostic> {
        match self {
            Self::Config(faults) => faults.clone(),
            Self::Usage(hinted) => {
                vec![Diagnostic::new(Code::Usage, &hinted.message).with_hint(&hinted.hint)]
            }
            Self::Interrupted => {
                vec![Diagnostic::new(Code::Interrupted, INTERRUPTED).with_hint(INTERRUPTED_HINT)]
            }
            Self::Other(error) => vec![diagnostic_of(error)],
        }
    }
}

const INTERRUPTED: &str = "ended at once by a second signal, maybe within a delivery";
const INTERRUPTED_HINT: &str = "run `syndicate status` to see whether an outcome is unknown";

/// Returns an error with its causes as one diagnostic, with the code and the hint of the first error in
/// the chain that has one.
fn diagnostic_of(error: &anyhow::Error) -> Diagnostic {
    if let Some(diagnostic) = error.chain().next().and_then(|top| top.downcast_ref()) {
        return Diagnostic::clone(diagnostic);
    }
    let code = error.chain().find_map(|cause| known(cause)?.code());
    let hint = error.chain().find_map(|cause| known(cause)?.hint());
    let code = code.unwrap_or(Code::CommandFailed);
    let causes = error.chain().skip(1).map(ToString::to_string);
    let diagnostic = Diagnostic::new(code, error.to_string()).without_hint();
    causes
        .fold(diagnostic, Diagnostic::caused_by)
        .maybe_hint(hint)
}

/// Returns the error as one that has a code or a hint, if it is of a type that does.
fn known<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e dyn Hint> {
    fn of<'e, E: Hint + 'static>(error: &'e (dyn Error + 'static)) -> Option<&'e dyn Hint> {
        error.downcast_ref::<E>().map(|error| error as &dyn Hint)
    }
    of::<Diagnostic>(error)
        .or_else(|| of::<PublishError>(error))
        .or_else(|| of::<LedgerError>(error))
        .or_else(|| of::<Hinted>(error))
}

fn with_causes(diagnostic: &Diagnostic) -> String {
    let mut text = diagnostic.to_string();
    for cause in diagnostic.causes() {
        text.push_str(": ");
        text.push_str(cause);
    }
    text
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(faults: Vec<Diagnostic>) -> Self {
        Self::Config(faults)
    }
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Other(anyhow::Error::new(diagnostic))
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Self {
        Self::Other(anyhow::Error::new(error))
    }
}

//! How a run that could not even begin says so: `error:`, `caused by:`, `hint:`.

use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};
use syndicate_api::{Code, PublishError};

use crate::config::ConfigFaults;
use crate::engine::SelectionError;
use crate::ledger::LedgerError;

use super::exit::Exit;

pub use syndicate_api::Hinted;

/// Why nothing was done.
#[derive(Debug)]
pub enum Failure {
    /// pipeline.yaml is faulty.
    Config(ConfigFaults),
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
        match self {
            Self::Config(faults) => faults.to_string().trim_end().to_owned(),
            Self::Usage(hinted) => lines(&hinted.message, &[], Some(&hinted.hint)),
            Self::Interrupted => lines(INTERRUPTED, &[], Some(INTERRUPTED_HINT)),
            Self::Other(error) => {
                let causes: Vec<String> = error.chain().skip(1).map(ToString::to_string).collect();
                let code = code(error).map_or_else(String::new, |code| format!(" [{code}]"));
                lines(&format!("{error}{code}"), &causes, hint(error).as_deref())
            }
        }
    }

    /// The same for programs: `{"v":1,"error":…,"code":…,"hint":…}`.
    #[must_use]
    pub fn json(&self) -> Value {
        let (error, code, hint) = match self {
            Self::Config(faults) => (faults.to_string().trim_end().to_owned(), None, None),
            Self::Usage(hinted) => (hinted.message.clone(), None, Some(hinted.hint.clone())),
            Self::Interrupted => (
                INTERRUPTED.to_owned(),
                None,
                Some(INTERRUPTED_HINT.to_owned()),
            ),
            Self::Other(error) => (format!("{error:#}"), code(error), hint(error)),
        };
        json!({"v": 1, "error": error, "code": code, "hint": hint})
    }
}

/// The stable code, where the failure has one.
fn code(error: &anyhow::Error) -> Option<Code> {
    if let Some(error) = error.downcast_ref::<PublishError>() {
        return Some(error.code);
    }
    error.downcast_ref::<LedgerError>()?.code()
}

const INTERRUPTED: &str = "ended at once by a second signal, maybe within a delivery";
const INTERRUPTED_HINT: &str = "run `syndicate status` to see whether an outcome is unknown";

const ERROR: Style = AnsiColor::Red.on_default().bold();

fn lines(message: &str, causes: &[String], hint: Option<&str>) -> String {
    let mut lines = format!("{ERROR}error:{ERROR:#} {message}");
    for cause in causes {
        lines.push_str(&format!("\ncaused by: {cause}"));
    }
    if let Some(hint) = hint {
        lines.push_str(&format!("\nhint: {hint}"));
    }
    lines
}

/// The hint of whichever error in the chain has one.
fn hint(error: &anyhow::Error) -> Option<String> {
    error.chain().find_map(|cause| {
        if let Some(hinted) = cause.downcast_ref::<Hinted>() {
            return Some(hinted.hint.clone());
        }
        if let Some(selection) = cause.downcast_ref::<SelectionError>() {
            return Some(selection.hint.clone());
        }
        if let Some(error) = cause.downcast_ref::<PublishError>() {
            return error.hint.clone();
        }
        cause.downcast_ref::<LedgerError>()?.hint()
    })
}

impl From<ConfigFaults> for Failure {
    fn from(faults: ConfigFaults) -> Self {
        Self::Config(faults)
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

impl From<SelectionError> for Failure {
    fn from(error: SelectionError) -> Self {
        Self::Other(anyhow::Error::new(error))
    }
}

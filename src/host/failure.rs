//! The ways in which a plugin fails.

use std::time::Duration;

use plugin_protocol::{ErrorAnswer, HelloError, MAX_LINE};
use syndicate_api::{Code, Diagnostic};

/// The reason why a process cannot be used any more, or refused its options.
#[derive(Clone, Debug, thiserror::Error)]
pub(super) enum FailureKind {
    #[error("it cannot be started: {0}")]
    NotStarted(String),
    #[error("it ended ({0})")]
    Ended(String),
    #[error("it did not answer within {}", seconds(*.0))]
    TimedOut(Duration),
    #[error("the run was ended before it answered")]
    Stopped,
    #[error("it wrote a line of more than {} MiB", MAX_LINE >> 20)]
    LongLine,
    #[error("it wrote more than {0} MiB that are not part of an answer")]
    Flood(usize),
    #[error("its first message is not `hello`")]
    NoHello,
    #[error(transparent)]
    Hello(#[from] HelloError),
    #[error("its file was replaced by another version while it was in use")]
    Replaced,
    #[error("it broke the protocol: {0}")]
    Protocol(String),
    #[error("it failed {times} times in a row and was not started again: {reason}")]
    GivenUp { times: u32, reason: String },
    #[error("{}", .0.message)]
    Refused(ErrorAnswer),
}

/// A failure of a plugin, with what it said last.
#[derive(Clone, Debug)]
pub(crate) struct PluginFailure {
    /// The command of the plugin, for messages.
    pub(super) program: String,
    pub(super) kind: FailureKind,
    /// The last lines of its output.
    pub(super) last_words: Option<String>,
}

impl PluginFailure {
    /// Returns the failure of a plugin that is not started again after this one, the last of `times`.
    pub(super) fn given_up(self, times: u32) -> Self {
        let reason = self.kind.to_string();
        let kind = FailureKind::GivenUp { times, reason };
        Self { kind, ..self }
    }

    /// Returns `true` if the plugin names an option that is not valid.
    pub(super) fn is_refused_option(&self) -> bool {
        matches!(&self.kind, FailureKind::Refused(error) if !error.at.is_empty())
    }

    /// Returns the failure on one line, with the last words of the plugin.
    pub(super) fn to_text(&self) -> String {
        let Self { program, kind, .. } = self;
        match &self.last_words {
            Some(words) => format!("plugin `{program}`: {kind}; its last output: {words}"),
            None => format!("plugin `{program}`: {kind}"),
        }
    }

    /// Returns the failure as a diagnostic.
    pub(crate) fn to_diagnostic(&self) -> Diagnostic {
        let Self { program, kind, .. } = self;
        if let FailureKind::Refused(ErrorAnswer {
            message, hint, at, ..
        }) = kind
        {
            let keys: Vec<&str> = at.iter().map(String::as_str).collect();
            let message = format!("plugin `{program}`: {message}");
            let refused = match keys.is_empty() {
                true => Diagnostic::new(Code::InvalidConfig, message),
                false => Diagnostic::option(&keys, message),
            };
            return refused.with_optional_hint(hint.clone());
        }
        let message = format!("plugin `{program}`: {kind}");
        let failed = Diagnostic::new(Code::PluginFailed, message).with_optional_hint(self.hint());
        match &self.last_words {
            Some(words) => failed.caused_by(format!("its last output: {words}")),
            None => failed,
        }
    }

    /// Returns `true` if the plugin probably failed because of its confinement.
    fn is_denied(&self) -> bool {
        let words = self.last_words.as_deref().unwrap_or_default();
        DENIED.iter().any(|error| words.contains(error))
    }

    fn hint(&self) -> Option<String> {
        let hint = match &self.kind {
            FailureKind::Hello(HelloError::Version(_)) => {
                "get a newer syndicate, or an older version of the plugin"
            }
            FailureKind::TimedOut(_) => {
                "write each answer on one line and flush the output after it; if the plugin needs more time, set a longer \
                 `timeout`, such as `timeout: 2m`"
            }
            FailureKind::NoHello => {
                "check that the command starts a plugin: it answers `hello` before all else"
            }
            _ if self.is_denied() => {
                "a plugin may use only what pipeline.yaml grants, such as `grant: {read: [notes]}`; run `syndicate plugin \
                 list`"
            }
            _ => return None,
        };
        Some(hint.to_owned())
    }
}

/// The errors of refused system calls, as programs print them.
const DENIED: [&str; 4] = [
    "Permission denied",
    "Operation not permitted",
    "EACCES",
    "EPERM",
];

fn seconds(time: Duration) -> String {
    match (time.as_secs(), time.subsec_millis()) {
        (1, 0) => "1 second".to_owned(),
        (seconds, 0) => format!("{seconds} seconds"),
        _ => format!("{} seconds", time.as_secs_f32()),
    }
}

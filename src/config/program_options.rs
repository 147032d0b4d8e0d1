//! The options of a component that is another program. The host uses them; all other keys belong to the plugin.

use std::time::Duration;

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Deserialize;
use syndicate_api::Diagnostic;

use super::policy::some_duration;
use super::program_grants::Grant;

/// The type of a component with a command.
pub(super) const EXEC: &str = "exec";

/// The keys that the host uses, of any component that is another program.
pub(super) const PROGRAM_KEYS: &[&str] = &["timeout", "grant"];

/// The key of the command, of components of the type [`EXEC`].
pub(super) const COMMAND_KEY: &str = "command";

/// The keys that the host uses, of sinks.
pub(super) const SINK_KEYS: &[&str] = &["endpoint", "profile"];

/// Time without an answer after which a plugin is ended.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The options that the host uses.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ProgramOptions {
    /// The program and its arguments: a list, or a text that is split at white space. A program with `/` in its name is
    /// relative to pipeline.yaml, others are searched for in `PATH`.
    pub command: CommandLine,
    /// Time without an answer after which the plugin is ended, such as `2m`; 30 seconds by default.
    #[serde(deserialize_with = "some_duration")]
    #[schemars(with = "Option<String>")]
    timeout: Option<SignedDuration>,
    /// The permissions of the plugin.
    pub grant: Grant,
    /// For sinks: the base URL of all requests, in place of the plugin's.
    pub endpoint: Option<String>,
    /// For sinks with OAuth 2.0: the name under which `syndicate auth login` stores the credential; `default` by default.
    pub profile: Option<String>,
}

/// A program with its arguments.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(from = "WrittenCommand")]
#[schemars(with = "WrittenCommand")]
pub(super) struct CommandLine(pub Vec<String>);

#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum WrittenCommand {
    Text(String),
    Words(Vec<String>),
}

impl From<WrittenCommand> for CommandLine {
    fn from(written: WrittenCommand) -> Self {
        Self(match written {
            WrittenCommand::Text(text) => text.split_whitespace().map(str::to_owned).collect(),
            WrittenCommand::Words(words) => words,
        })
    }
}

impl ProgramOptions {
    /// Returns the errors that the types cannot express.
    pub(super) fn faults(&self) -> Vec<Diagnostic> {
        let is_short = self
            .timeout
            .is_some_and(|time| time <= SignedDuration::ZERO);
        let message = "`timeout` must be longer than 0";
        let fault = is_short.then(|| {
            Diagnostic::option(&["timeout"], message).with_hint("for example `timeout: 2m`")
        });
        fault.into_iter().collect()
    }

    /// Returns the time without an answer after which the plugin is ended.
    pub(super) fn timeout(&self) -> Duration {
        let timeout = self.timeout.and_then(|time| time.try_into().ok());
        timeout.unwrap_or(TIMEOUT)
    }
}

//! `--format`: the CI service that the result is also shown on.

use clap::{Args, ValueEnum};

/// A value of `--format`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum OutputFormat {
    /// Text only
    #[default]
    Text,
    /// Text, annotations, summary and outputs of GitHub Actions
    Github,
    /// Text, Code Quality report and dotenv report of GitLab CI
    Gitlab,
}

/// The option of commands whose result a CI service can show.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct FormatOptions {
    /// Show the result on a CI service too
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        default_value_t,
        hide_default_value = true,
        conflicts_with = "json"
    )]
    pub(crate) format: OutputFormat,
}

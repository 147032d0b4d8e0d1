//! The typed pipeline that pipeline.yaml becomes.

use std::path::PathBuf;

use syndicate_api::{BuildSource, BuildTransform};

use super::component::{Component, SinkComponent};
use super::ledger::LedgerOptions;
use super::mentions::Mentions;
use super::policy::Policy;
use super::wiring::Route;

/// A pipeline, checked.
pub(crate) struct Pipeline {
    /// The file it was read from, as the user named it.
    pub file: String,
    /// The folder that the file lies in; relative paths start there.
    pub base: PathBuf,
    /// Where items come from.
    pub sources: Vec<Component<dyn BuildSource>>,
    /// What happens to them on their way.
    pub transforms: Vec<Component<dyn BuildTransform>>,
    /// Where posts go.
    pub sinks: Vec<SinkComponent>,
    /// Which items reach which sink.
    pub routes: Vec<Route>,
    /// What may go out and when.
    pub policy: Policy,
    /// How the ledger is kept.
    pub ledger: LedgerOptions,
    /// Who may be mentioned in templates.
    pub mentions: Mentions,
}

//! The typed pipeline.

use std::path::PathBuf;

use syndicate_api::{BuildSource, BuildTransform};

use super::component::{Component, SinkComponent};
use super::ledger::LedgerOptions;
use super::mentions::Mentions;
use super::policy::Policy;
use super::wiring::Route;

/// A checked pipeline.
pub(crate) struct Pipeline {
    /// The file, as named by the user.
    pub file: String,
    /// The folder of the file, to which paths are relative.
    pub base: PathBuf,
    /// The sources of items.
    pub sources: Vec<Component<dyn BuildSource>>,
    /// The transforms that items pass through.
    pub transforms: Vec<Component<dyn BuildTransform>>,
    /// The transform that draws the pictures of sinks with `thumbnail: draw`.
    pub default_card: Option<Box<dyn BuildTransform>>,
    /// The sinks that publish posts.
    pub sinks: Vec<SinkComponent>,
    /// The paths of items from sources to sinks.
    pub routes: Vec<Route>,
    /// The rules for sending.
    pub policy: Policy,
    /// The options of the ledger.
    pub ledger: LedgerOptions,
    /// The accounts that templates can mention.
    pub mentions: Mentions,
}

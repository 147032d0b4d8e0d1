//! Defines the interface between the page and the program that serves it.

use std::path::PathBuf;

use async_trait::async_trait;
use syndicate_api::Context;

use crate::engine::{LiveScan, StageChain};
use crate::ledger::{Ids, LedgerStore};

/// Provides the pipeline, the ledger and the context of the page.
#[async_trait]
pub(crate) trait PipelineProvider: Send + Sync {
    /// Reads the pipeline and its sources. Each file and folder is passed to `attend` before it is
    /// read; if that returns `true`, the pipeline is read again.
    ///
    /// # Errors
    /// Returns the error to show on the page if the pipeline or a source cannot be read.
    async fn open(&self, attend: &mut WatchPaths<'_>) -> Result<WatchedPipeline, PageError>;
    /// Returns the path of the pipeline's file, which is watched even if it cannot be read.
    fn file(&self) -> PathBuf;
    /// Returns the ledger in which decisions are recorded.
    fn store(&self) -> &dyn LedgerStore;
    /// Returns the source of new identifiers.
    fn ids(&self) -> &dyn Ids;
    /// Returns the random id of this process.
    fn run(&self) -> &str;
    /// Returns the clock, HTTP client and environment.
    fn context(&self) -> &Context;
    /// Returns the URL of the sandbox's feed, or `None` outside a sandbox.
    fn feed(&self) -> Option<&str> {
        None
    }
}

/// Watches exactly these files and folders. Returns `true` if some of them were not watched before.
pub(crate) type WatchPaths<'a> = dyn FnMut(Vec<PathBuf>) -> bool + Send + 'a;

/// A pipeline and the files to watch for changes.
pub(crate) struct WatchedPipeline {
    /// The stages of the pipeline.
    pub stages: StageChain,
    /// The items that its sources returned.
    pub scan: LiveScan,
    /// The files and folders that the page depends on.
    pub roots: Vec<PathBuf>,
}

/// An error message for the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PageError(pub String);

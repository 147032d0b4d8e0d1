//! The contract between the page and the program that serves it.

use std::path::PathBuf;

use async_trait::async_trait;
use syndicate_api::Context;

use crate::engine::{PipelineScan, StageChain};
use crate::ledger::{Ids, LedgerStore};

/// Provides the pipeline, the ledger and the context that the page works with.
#[async_trait]
pub(crate) trait PipelineProvider: Send + Sync {
    /// Reads the pipeline and all its sources. Each file and folder is given to `attend` before it is
    /// read; if that returns `true`, what was read of the pipeline is read again.
    ///
    /// # Errors
    /// What is wrong, to be shown on the page.
    async fn open(&self, attend: &mut WatchPaths<'_>) -> Result<WatchedPipeline, PageError>;
    /// The pipeline's file, and what else is worth watching when it cannot be read.
    fn file(&self) -> PathBuf;
    /// The ledger that decisions are written to.
    fn store(&self) -> &dyn LedgerStore;
    /// Where identifiers come from.
    fn ids(&self) -> &dyn Ids;
    /// Returns the random id of this process.
    fn run(&self) -> &str;
    /// The world outside.
    fn context(&self) -> &Context;
    /// Where the feed of a rehearsal can be seen.
    fn feed(&self) -> Option<&str> {
        None
    }
}

/// Watches exactly these files and folders, and returns whether some of them were not watched before.
pub(crate) type WatchPaths<'a> = dyn FnMut(Vec<PathBuf>) -> bool + Send + 'a;

/// A pipeline with the files to watch for changes of it.
pub(crate) struct WatchedPipeline {
    /// The pipeline.
    pub stages: StageChain,
    /// What its sources yielded.
    pub scanned: PipelineScan,
    /// The files and folders whose change may change the page.
    pub roots: Vec<PathBuf>,
}

/// The reason why something cannot be shown or done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PageError(pub String);

//! Sources: where items come from.

use std::path::PathBuf;

use async_trait::async_trait;

use crate::{Context, Diagnostic, FileExplanation, Item};

/// What a source found.
#[derive(Clone, Debug, Default)]
pub struct SourceScan {
    /// The items, in a stable order.
    pub items: Vec<Item>,
    /// The files that could not be read.
    pub faults: Vec<Diagnostic>,
    /// Remarks about the site as a whole, for `check` and `init`.
    pub notes: Vec<String>,
}

/// A place that items come from.
#[async_trait]
pub trait Source: Send + Sync {
    /// Reads everything. A bad file is a fault for that file; the rest goes on.
    ///
    /// # Errors
    /// When nothing can be read at all, such as a content folder that is not there.
    async fn scan(&self, cx: &Context) -> crate::Result<SourceScan>;

    /// What became of the file at `path`, relative to pipeline.yaml, and why; `None` where it is
    /// none of this source's files.
    ///
    /// # Errors
    /// As [`Source::scan`].
    async fn explain(&self, cx: &Context, path: &str) -> crate::Result<Option<FileExplanation>> {
        // Not every source reads files.
        let _ = (cx, path);
        Ok(None)
    }

    /// The folders and files whose change may change what [`Source::scan`] yields.
    fn roots(&self) -> Vec<PathBuf>;
}

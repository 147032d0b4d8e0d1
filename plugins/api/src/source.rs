//! Sources read items.

use std::path::PathBuf;

use async_trait::async_trait;

use crate::{Context, Diagnostic, FileExplanation, Item};

/// The result of reading a source.
#[derive(Clone, Debug, Default)]
pub struct SourceScan {
    /// The items, in a stable order.
    pub items: Vec<Item>,
    /// The files that could not be read.
    pub faults: Vec<Diagnostic>,
    /// Remarks about the whole site, for `check` and `init`.
    pub notes: Vec<String>,
}

/// Reads the items of one site or feed.
#[async_trait]
pub trait Source: Send + Sync {
    /// Reads all items. A file that cannot be read becomes a diagnostic for that file, and reading continues.
    ///
    /// # Errors
    /// Returns an error if nothing can be read, for example because the content folder is missing.
    async fn scan(&self, cx: &Context) -> crate::Result<SourceScan>;

    /// Explains the file at `path`, relative to pipeline.yaml. Returns `None` if the file does not belong to this
    /// source.
    ///
    /// # Errors
    /// Returns the same errors as [`Source::scan`].
    async fn explain(&self, cx: &Context, path: &str) -> crate::Result<Option<FileExplanation>> {
        // Not every source reads files.
        let _ = (cx, path);
        Ok(None)
    }

    /// Returns the folders and files to watch for changes.
    fn roots(&self) -> Vec<PathBuf>;
}

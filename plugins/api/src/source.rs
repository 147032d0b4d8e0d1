//! Sources read items.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;

use crate::{Context, Diagnostic, FileExplanation, Item};

/// The result of reading a source.
#[derive(Clone, Debug, Default)]
pub struct SourceScan {
    /// The items, in a stable order.
    pub items: Vec<Arc<Item>>,
    /// The files that could not be read.
    pub faults: Vec<Diagnostic>,
    /// Remarks about the whole site, for `check` and `init`.
    pub notes: Vec<String>,
}

/// A change of one item of a source. Changes apply in order: each position is that in the list of items after the
/// changes before it.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemChange {
    /// A new item at this position.
    Insert(usize, Arc<Item>),
    /// A new version of the item at this position.
    Replace(usize, Arc<Item>),
    /// The item at this position is gone.
    Remove(usize),
}

/// Updates the last scan of a source after some of its files changed, without reading the others again.
#[async_trait]
pub trait IncrementalScan: Send + Sync {
    /// Reads the files at the paths `changed` and returns the changes of the items. The result is the same as that of
    /// a full scan, whose faults and notes would not have changed.
    ///
    /// Returns `None` if that cannot be ensured; the source must be scanned again then, and this value is no longer
    /// valid.
    ///
    /// # Errors
    /// Returns the same errors as [`Source::scan`].
    async fn update(
        &mut self,
        cx: &Context,
        changed: &[PathBuf],
    ) -> crate::Result<Option<Vec<ItemChange>>>;
}

/// Reads the items of one site or feed.
#[async_trait]
pub trait Source: Send + Sync {
    /// Reads all items. A file that cannot be read becomes a diagnostic for that file, and reading continues.
    ///
    /// # Errors
    /// Returns an error if nothing can be read, for example because the content folder is missing.
    async fn scan(&self, cx: &Context) -> crate::Result<SourceScan>;

    /// Reads all items, for a program that watches the source. The second value updates the scan after a change; it is
    /// `None` if every change needs a full scan.
    ///
    /// # Errors
    /// Returns the same errors as [`Source::scan`].
    async fn scan_and_watch(
        &self,
        cx: &Context,
    ) -> crate::Result<(SourceScan, Option<Box<dyn IncrementalScan>>)> {
        Ok((self.scan(cx).await?, None))
    }

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

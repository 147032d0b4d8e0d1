//! The scan of a pipeline that is watched: after some files changed, only these are read again where the source can do
//! that. A change of any other file, such as pipeline.yaml or a template, needs a full scan.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use syndicate_api::{Context, IncrementalScan, Item, ItemChange};

use super::scan::scan_and_watch;
use super::{PipelineScan, StageChain, sink_names};

/// The items of all sources, with the means to update them.
#[derive(Default)]
pub(crate) struct LiveScan {
    /// The items of all sources.
    pub scanned: PipelineScan,
    sources: Vec<WatchedSource>,
}

struct WatchedSource {
    /// The absolute paths of the files and folders that it reads.
    roots: Vec<PathBuf>,
    /// `None` if every change needs a full scan.
    incremental: Option<Box<dyn IncrementalScan>>,
}

/// A change of an item: a new one, another version, or its removal.
#[derive(Clone, Debug)]
pub(crate) struct ScanChange {
    /// The index of the item's source.
    pub source: usize,
    /// The item before the change.
    pub old: Option<Arc<Item>>,
    /// The item after the change.
    pub new: Option<Arc<Item>>,
}

impl LiveScan {
    /// Reads all sources.
    ///
    /// # Errors
    /// If a source cannot be read at all.
    pub(crate) async fn read(stages: &StageChain, cx: &Context) -> anyhow::Result<Self> {
        let (scanned, incremental) = scan_and_watch(stages, cx).await?;
        let absolute = |root: PathBuf| std::path::absolute(&root).unwrap_or(root);
        let sources = stages.sources.iter().zip(incremental);
        let sources = sources.map(|(stage, incremental)| WatchedSource {
            roots: match incremental {
                Some(_) => stage.source.roots().into_iter().map(absolute).collect(),
                None => Vec::new(),
            },
            incremental,
        });
        Ok(Self {
            scanned,
            sources: sources.collect(),
        })
    }

    /// Reads the files at the paths `changed` again. Returns `None` if everything has to be read again; this value is
    /// no longer valid then.
    pub(crate) async fn update(
        &mut self,
        stages: &StageChain,
        cx: &Context,
        changed: &[PathBuf],
    ) -> Option<Vec<ScanChange>> {
        let is_of_pipeline = |path: &PathBuf| {
            let templates = stages.templates.iter().map(PathBuf::as_path);
            let mut files = templates.chain([Path::new(&stages.file)]);
            files.any(|file| std::path::absolute(file).is_ok_and(|file| file == *path))
        };
        let is_read = |path: &PathBuf| self.sources.iter().any(|source| source.reads(path));
        if changed.iter().any(is_of_pipeline) || !changed.iter().all(is_read) {
            return None;
        }
        let mut changes = Vec::new();
        for index in 0..self.sources.len() {
            let source = &mut self.sources[index];
            let own = changed.iter().filter(|path| source.reads(path));
            let own: Vec<PathBuf> = own.cloned().collect();
            if own.is_empty() {
                continue;
            }
            let updated = source.incremental.as_mut()?.update(cx, &own).await;
            for change in updated.ok()?? {
                changes.push(self.apply(stages, index, change));
            }
        }
        Some(changes)
    }

    fn apply(&mut self, stages: &StageChain, source: usize, change: ItemChange) -> ScanChange {
        let items = &mut self.scanned.items;
        let start = items.partition_point(|(of, _)| *of < source);
        let complete = |mut item: Arc<Item>| {
            sink_names::resolve(&mut item, &stages.sinks);
            item
        };
        let (old, new) = match change {
            ItemChange::Insert(at, item) => {
                let item = complete(item);
                items.insert(start + at, (source, Arc::clone(&item)));
                (None, Some(item))
            }
            ItemChange::Replace(at, item) => {
                let item = complete(item);
                let entry = (source, Arc::clone(&item));
                let (_, old) = std::mem::replace(&mut items[start + at], entry);
                (Some(old), Some(item))
            }
            ItemChange::Remove(at) => (Some(items.remove(start + at).1), None),
        };
        ScanChange { source, old, new }
    }
}

impl WatchedSource {
    fn reads(&self, path: &Path) -> bool {
        self.roots.iter().any(|root| path.starts_with(root))
    }
}

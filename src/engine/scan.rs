//! Reads the items of all sources. Two items that share a key are one post. If two sources read the same
//! site, the one listed first in pipeline.yaml owns the post and the other's item is skipped. Duplicates
//! within one source are reported by the source.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Instant;

use syndicate_api::{Code, Context, Diagnostic, IncrementalScan, Item, SourceScan};
use tracing::{Instrument as _, info, info_span};

use super::all_errors::all_values;
use super::contained::contain_async;
use super::keys::author_ids;
use super::{SourceStage, StageChain, sink_names};

/// The result of reading all sources.
#[derive(Clone, Debug, Default)]
pub(crate) struct PipelineScan {
    /// The items, each with the index of its source.
    pub items: Vec<(usize, Arc<Item>)>,
    /// Errors of files that could not be read.
    pub faults: Vec<Diagnostic>,
    /// Notes about the sites as a whole.
    pub notes: Vec<String>,
}

/// Reads all sources.
///
/// # Errors
/// If a source cannot be read at all.
pub(crate) async fn scan(stages: &StageChain, cx: &Context) -> anyhow::Result<PipelineScan> {
    let mut scans = Vec::new();
    for stage in &stages.sources {
        let scanning = stage.source.scan(cx);
        scans.push(read(stages, stage, scanning, |scan: &SourceScan| scan).await);
    }
    let mut collector = Collector::default();
    for (index, scan) in all_values(scans)?.into_iter().enumerate() {
        collector.add(stages, index, scan);
    }
    Ok(collector.scanned)
}

/// Reads all sources, for a program that watches them. The second value has, for each source, the means to update its
/// scan.
///
/// # Errors
/// If a source cannot be read at all.
pub(super) async fn scan_and_watch(
    stages: &StageChain,
    cx: &Context,
) -> anyhow::Result<(PipelineScan, Vec<Option<Box<dyn IncrementalScan>>>)> {
    let mut scans = Vec::new();
    for stage in &stages.sources {
        let scanning = stage.source.scan_and_watch(cx);
        scans.push(read(stages, stage, scanning, |(scan, _)| scan).await);
    }
    let mut collector = Collector::default();
    let mut incremental = Vec::new();
    for (index, (scan, updates)) in all_values(scans)?.into_iter().enumerate() {
        collector.add(stages, index, scan);
        incremental.push(updates);
    }
    Ok((collector.scanned, incremental))
}

/// Awaits the scan of a source, and logs it.
async fn read<T>(
    stages: &StageChain,
    SourceStage { name, spans, .. }: &SourceStage,
    scanning: impl Future<Output = syndicate_api::Result<T>>,
    scan_of: impl Fn(&T) -> &SourceScan,
) -> anyhow::Result<T> {
    let span = info_span!("source", name);
    let began = Instant::now();
    let scanning = contain_async(scanning.instrument(span.clone()));
    let about = format!("source `{name}`");
    let scanned = scanning.await.map_err(|panic| panic.diagnostic(&about))?;
    let scanned = scanned.map_err(|error| spans.locate(error, &stages.file, about))?;
    let elapsed_ms = began.elapsed().as_millis();
    let SourceScan { items, faults, .. } = scan_of(&scanned);
    span.in_scope(|| {
        info!(
            posts = items.len(),
            faults = faults.len(),
            elapsed_ms,
            "source scanned"
        )
    });
    Ok(scanned)
}

/// Collects the items of all sources.
#[derive(Default)]
struct Collector {
    scanned: PipelineScan,
    /// The source of the item with each key, and that item's ids.
    owners: HashMap<String, (usize, BTreeSet<String>)>,
}

impl Collector {
    /// Adds the items of the source with this index.
    fn add(&mut self, stages: &StageChain, index: usize, scan: SourceScan) {
        let spans = &stages.sources[index].spans;
        let faults = scan.faults.into_iter();
        let faults = faults.map(|fault| spans.locate_option(fault, &stages.file));
        self.scanned.faults.extend(faults);
        self.scanned.notes.extend(scan.notes);
        for mut item in scan.items {
            sink_names::resolve(&mut item, &stages.sinks);
            if stages.sources.len() == 1 {
                // No other source may have the same post.
                self.scanned.items.push((index, item));
                continue;
            }
            let ids = author_ids(item.keys.iter().map(String::as_str));
            let owner = owner(&item, &ids, &self.owners);
            if let Some(owner) = owner.filter(|owner| *owner != index) {
                let owner = &stages.sources[owner].name;
                let reason = format!("source `{owner}` is listed first and has the same post");
                Arc::make_mut(&mut item).hold = Some((Code::SamePost, reason));
            } else {
                let keys = item.keys.iter().cloned();
                self.owners
                    .extend(keys.map(|key| (key, (index, ids.clone()))));
            }
            self.scanned.items.push((index, item));
        }
    }
}

/// Returns the source that already has the same post. Items with two different author-set ids are two
/// posts, even at one URL.
fn owner(
    item: &Item,
    ids: &BTreeSet<String>,
    owners: &HashMap<String, (usize, BTreeSet<String>)>,
) -> Option<usize> {
    let owned = item.keys.iter().filter_map(|key| owners.get(key));
    let mut same =
        owned.filter(|(_, theirs)| ids.is_empty() || theirs.is_empty() || !ids.is_disjoint(theirs));
    same.next().map(|(source, _)| *source)
}

/// Returns the number of files that `faults` are about. A file may have several faults; one without a path counts alone.
pub(crate) fn count_files<'f>(faults: impl IntoIterator<Item = &'f Diagnostic>) -> usize {
    let (mut files, mut others) = (BTreeSet::new(), 0);
    for fault in faults {
        match &fault.path {
            Some(path) => drop(files.insert(path)),
            None => others += 1,
        }
    }
    files.len() + others
}

//! Reads the items of all sources. Two items that share a key are one post. If two sources read the same
//! site, the one listed first in pipeline.yaml owns the post and the other's item is skipped. Duplicates
//! within one source are reported by the source.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Instant;

use syndicate_api::{Code, Context, Diagnostic, Item, SourceScan};
use tracing::{Instrument as _, info, info_span};

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
    let mut scanned = PipelineScan::default();
    // The source of the item with each key, and that item's ids.
    let mut owners: HashMap<String, (usize, BTreeSet<String>)> = HashMap::new();
    for (index, stage) in stages.sources.iter().enumerate() {
        let SourceStage {
            name,
            source,
            spans,
            ..
        } = stage;
        let span = info_span!("source", name);
        let began = Instant::now();
        let SourceScan {
            items,
            faults,
            notes,
        } = source
            .scan(cx)
            .instrument(span.clone())
            .await
            .map_err(|error| {
                let about = format!("source `{name}`");
                spans.locate(error, &stages.file, about)
            })?;
        let elapsed_ms = began.elapsed().as_millis();
        span.in_scope(|| {
            info!(
                posts = items.len(),
                faults = faults.len(),
                elapsed_ms,
                "source scanned"
            )
        });
        scanned.faults.extend(faults);
        scanned.notes.extend(notes);
        for mut item in items {
            sink_names::resolve(&mut item, &stages.sinks);
            if stages.sources.len() == 1 {
                // No other source may have the same post.
                scanned.items.push((index, Arc::new(item)));
                continue;
            }
            let ids = author_ids(item.keys.iter().map(String::as_str));
            if let Some(owner) = owner(&item, &ids, &owners).filter(|owner| *owner != index) {
                let owner = &stages.sources[owner].name;
                let reason = format!("source `{owner}` is listed first and has the same post");
                item.hold = Some((Code::SamePost, reason));
            } else {
                let keys = item.keys.iter().cloned();
                owners.extend(keys.map(|key| (key, (index, ids.clone()))));
            }
            scanned.items.push((index, Arc::new(item)));
        }
    }
    Ok(scanned)
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

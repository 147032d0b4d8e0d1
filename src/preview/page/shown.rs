//! A snapshot of everything that the page shows.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use syndicate_api::{Context, Medium, Name};

use super::previewed_plan::PreviewedPlan;
use super::provider::{PageError, WatchedPipeline};
use crate::engine::{Composed, PlanEntry, SinkStage};
use crate::ledger::LedgerState;
use crate::preview::html::entry_id;
use crate::preview::{Changes, PreviousVersion};

/// A snapshot of everything that the page shows.
#[derive(Clone, Default)]
pub(super) struct Shown {
    pub(super) file: String,
    pub(super) previewed: PreviewedPlan,
    pub(super) ledger_state: Arc<LedgerState>,
    /// Changes of deliveries that were sent or approved, by their ids on the page.
    pub(super) changes: HashMap<String, Changes>,
    /// The types of the sinks, in the order of the pipeline.
    pub(super) kinds: Vec<Name>,
    /// `true` if payloads must be approved before they are sent.
    pub(super) approve: bool,
    /// The error of the last attempt to make a plan.
    pub(super) error: Option<PageError>,
    /// Every medium of the plan, by its hash.
    pub(super) media: HashMap<String, Medium>,
    pub(super) roots: Vec<PathBuf>,
}

impl Shown {
    /// Returns `true` if the pipeline could be read at least once.
    pub(super) fn is_read(&self) -> bool {
        !self.file.is_empty()
    }

    /// Returns the snapshot of a plan that was made from `pipeline` and `ledger_state`.
    pub(super) fn of(
        previewed: PreviewedPlan,
        pipeline: &WatchedPipeline,
        ledger_state: &Arc<LedgerState>,
        cx: &Context,
    ) -> Self {
        let stages = &pipeline.stages;
        let entries = &previewed.plan.entries;
        let composed = entries.iter().filter_map(|entry| entry.composed.as_deref());
        let media = composed.flat_map(Composed::shown_media);
        let media = media.map(|medium| (medium.sha256().to_owned(), medium.clone()));
        // A picture may be outside the folders that its source reads.
        let pictures = entries
            .iter()
            .filter(|entry| entry.composed.is_some() || entry.problem.is_some())
            .filter_map(|entry| entry.item.image.as_ref()?.file.as_ref())
            .map(|file| stages.base.join(file));
        let roots = pipeline.roots.iter().cloned().chain(pictures).collect();
        let changes = entries.iter().filter_map(|entry| {
            let changes = changes(entry, ledger_state, cx)?;
            Some((entry_id(entry), changes))
        });
        Self {
            file: stages.file.clone(),
            media: media.collect(),
            changes: changes.collect(),
            kinds: stages
                .sinks
                .iter()
                .map(|stage| stage.kind.clone())
                .collect(),
            ledger_state: Arc::clone(ledger_state),
            approve: stages.sinks.iter().any(SinkStage::needs_approval),
            error: None,
            roots,
            previewed,
        }
    }
}

fn changes(entry: &PlanEntry, ledger_state: &LedgerState, cx: &Context) -> Option<Changes> {
    // Only a composed payload can be compared.
    entry.composed.as_deref()?;
    Changes::of(entry, &PreviousVersion::of(entry, ledger_state, cx)?)
}

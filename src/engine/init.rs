//! Creates a ledger, and adds new sources or sinks to it. Existing posts are recorded as known
//! (`adopted`) or treated as new. A missing ledger implies neither, so nothing is sent without a ledger.

use std::time::Duration;

use syndicate_api::{Context, Item, suggest};

use super::{PipelineScan, StageChain, pipeline_names};
use crate::ledger::{Event, EventKind, Ids, LedgerError, LedgerStore};

/// The treatment of existing posts when a ledger is created, or a source or sink is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InitMode {
    /// They are known and not sent automatically.
    Baseline,
    /// They are new, and the policy decides.
    Backfill,
}

/// A name that is neither a source nor a sink of the pipeline.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("pipeline.yaml has no source or sink `{name}`")]
pub(crate) struct UnknownComponent {
    /// The name.
    pub name: String,
    /// The hint, if a similar name exists.
    pub hint: Option<String>,
}

/// Creates the ledger. Returns the number of adopted posts.
///
/// # Errors
/// If a ledger already exists or it cannot be written.
pub(crate) async fn init(
    store: &dyn LedgerStore,
    (stages, scanned): (&StageChain, &PipelineScan),
    mode: InitMode,
    cx: &Context,
    ids: &dyn Ids,
) -> Result<usize, LedgerError> {
    let pipeline_names = pipeline_names::of(stages, scanned);
    let created = EventKind::Created { pipeline_names };
    let created = Event::new(ids, cx.now(), created);
    if mode == InitMode::Backfill {
        store.create(created).await?;
        return Ok(0);
    }
    let items = scanned.items.iter();
    let adopted = items.map(|(_, item)| Event::new(ids, cx.now(), adopted(item, None)));
    store
        .create_all([created].into_iter().chain(adopted).collect())
        .await?;
    Ok(scanned.items.len())
}

/// Adds the source or sink `name` to the ledger. Returns the number of adopted posts.
///
/// # Errors
/// The outer error if the ledger cannot be read or written, the inner one if `name` does not exist.
pub(crate) async fn join(
    store: &dyn LedgerStore,
    (stages, scanned): (&StageChain, &PipelineScan),
    (name, mode): (&str, InitMode),
    (cx, ids): (&Context, &dyn Ids),
    timeout: Duration,
) -> Result<Result<usize, UnknownComponent>, LedgerError> {
    let source = stages.sources.iter().position(|source| source.name == name);
    let sink = stages.sinks.iter().find(|sink| sink.name == name);
    if source.is_none() && sink.is_none() {
        let names: Vec<&str> = stages
            .sources
            .iter()
            .map(|source| source.name.as_str())
            .collect();
        let names: Vec<&str> = names.into_iter().chain(stages.sink_names()).collect();
        return Ok(Err(UnknownComponent {
            name: name.to_owned(),
            hint: suggest(name, &names),
        }));
    }
    let mut session = store.lock(timeout).await?;
    pipeline_names::check(session.ledger_state(), stages, scanned)?;
    session.verify()?;
    let pipeline_names = pipeline_names::with(stages, name);
    let backfill = match (mode, sink) {
        (InitMode::Backfill, Some(sink)) => vec![sink.name.clone()],
        _ => Vec::new(),
    };
    let mut events = vec![Event::new(
        ids,
        cx.now(),
        EventKind::Known {
            pipeline_names,
            backfill,
        },
    )];
    if mode == InitMode::Baseline {
        let items = scanned.items.iter();
        let items = items.filter(|(index, _)| source.is_none_or(|source| source == *index));
        let sink = sink.map(|sink| sink.name.as_str());
        events.extend(items.map(|(_, item)| Event::new(ids, cx.now(), adopted(item, sink))));
    }
    let adopted = events.len() - 1;
    session.append_all(events).await?;
    session.finish().await?;
    Ok(Ok(adopted))
}

/// Returns the event that records `item` as known on `sink`, or on every sink.
pub(super) fn adopted(item: &Item, sink: Option<&str>) -> EventKind {
    EventKind::Adopted {
        item: item.id().to_owned(),
        keys: item.keys.clone(),
        sink: sink.map(str::to_owned),
        evidence: item.recorded_evidence(),
    }
}

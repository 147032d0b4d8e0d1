//! Compares the ledger with the platforms, and records the posts that it lacks.

use std::time::Duration;

use super::error::SessionError;
use super::load::LoadedPipeline;
use super::open::Session;
use crate::engine::reconcile::{Listings, SinkReport, begin, record};
use crate::engine::{Plan, Selection, SinkStage, pipeline_names};
use crate::ledger::{LedgerError, LedgerState, LedgerStore as _};

/// The result of `status --reconcile`.
pub(crate) struct Reconciliation {
    /// The comparison with each sink's platform.
    pub(crate) reports: Vec<SinkReport>,
    /// `true` if there was no ledger.
    pub(crate) is_new: bool,
    /// The sinks without a complete listing, about which a new ledger knows nothing.
    pub(crate) unlisted: Vec<String>,
    /// The number of recorded posts, or `None` if the comparison was only shown.
    pub(crate) recorded: Option<usize>,
}

impl Session {
    /// Compares the ledger with the posts on the platform of `sink`, or of every sink. With `has_consent`, records the
    /// posts that it lacks. A missing ledger is created only together with such posts.
    pub(crate) async fn reconcile(
        &self,
        sink: Option<&str>,
        has_consent: bool,
        timeout: Duration,
    ) -> Result<Reconciliation, SessionError> {
        let pipeline = self.load_and_scan().await?;
        let read = (&pipeline.stages, &pipeline.scanned);
        let state = match self.ledger().view().await {
            Ok(view) => Some(view.ledger_state),
            // A ledger that this machine's journal knows is restored from it, because it knows more.
            Err(error @ LedgerError::Missing { .. }) => {
                match pipeline_names::missing(error, &pipeline.scanned) {
                    LedgerError::Missing {
                        remembered: None, ..
                    } => None,
                    error => return Err(error.into()),
                }
            }
            Err(error) => return Err(error.into()),
        };
        if let Some(state) = &state {
            pipeline_names::check(state, read.0, read.1)?;
        }
        let sinks = sinks(&pipeline, sink)?;
        let listings = Listings::read(&sinks, self.cx()).await;
        let is_new = state.is_none();
        let state = state.unwrap_or_default();
        let reports = listings.compare(read, &state, self.cx());
        let unlisted = unlisted(&pipeline, &reports);
        if !has_consent {
            return Ok(Reconciliation {
                reports,
                is_new,
                unlisted,
                recorded: None,
            });
        }
        let plan = self.plan_of_found(&pipeline, &reports).await;
        let env = (self.cx(), self.ids() as &dyn crate::ledger::Ids);
        let (reports, recorded) = if is_new {
            let recorded = begin(&reports, read, &plan, self.ledger(), env).await?;
            (reports, recorded)
        } else {
            let mut ledger = self.ledger().lock(timeout).await?;
            ledger.verify()?;
            // Another run may have recorded some of the posts meanwhile.
            let reports = listings.compare(read, ledger.ledger_state(), self.cx());
            let recorded = record(&reports, read, &plan, ledger.as_mut(), env).await?;
            (reports, recorded)
        };
        Ok(Reconciliation {
            reports,
            is_new,
            unlisted,
            recorded: Some(recorded),
        })
    }

    /// Returns the plan of the found posts as if none had been sent, because a recorded delivery is not encoded again.
    async fn plan_of_found(&self, pipeline: &LoadedPipeline, reports: &[SinkReport]) -> Plan {
        let found = reports.iter().flat_map(SinkReport::found);
        let indices: Vec<usize> = found.map(|found| found.index).collect();
        let selection = Selection::of_indices(&indices, &pipeline.scanned);
        let empty = LedgerState::default();
        self.plan_from(pipeline, &selection, &empty).await
    }
}

/// Returns the names of the sinks without a complete listing.
fn unlisted(pipeline: &LoadedPipeline, reports: &[SinkReport]) -> Vec<String> {
    let names = pipeline.stages.sink_names().into_iter();
    let is_listed = |name: &str| {
        let mut reports = reports.iter();
        reports.any(|report| report.sink == name && report.is_complete())
    };
    names
        .filter(|name| !is_listed(name))
        .map(str::to_owned)
        .collect()
}

/// Returns the sink `name`, or all sinks if no name is given.
fn sinks<'p>(
    pipeline: &'p LoadedPipeline,
    name: Option<&str>,
) -> Result<Vec<&'p SinkStage>, SessionError> {
    let stages = &pipeline.stages;
    let meant = stages.sinks.iter();
    let meant = meant.filter(|stage| name.is_none_or(|name| name == stage.name));
    let meant: Vec<&SinkStage> = meant.collect();
    match name {
        Some(name) if meant.is_empty() => {
            let hint = syndicate_api::suggest(name, &stages.sink_names()).unwrap_or_default();
            let message = format!("pipeline.yaml has no sink `{name}`");
            Err(SessionError::usage(message, hint))
        }
        _ => Ok(meant),
    }
}

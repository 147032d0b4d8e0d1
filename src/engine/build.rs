//! Runs the pipeline once: locks the ledger, plans from its state, delivers, and unlocks it. The lock is
//! held throughout, so that concurrent runs cannot send a post twice or exceed the policy's limits
//! together.

use std::time::Duration;

use syndicate_api::{Code, Context, Diagnostic};
use tokio_util::sync::CancellationToken;

use super::deliver::DeliveryContext;
use super::identity::{Identities, moved_events};
use super::resolve::resolve;
use super::sent_text_cache::keep;
use super::{
    Outcome, PipelineScan, Plan, PlanEntry, PlanPurpose, Planning, ProbeContext, QuotaScope,
    Selection, StageChain, make_plan, pipeline_names,
};
use crate::ledger::{Event, Ids, LedgerError, LedgerState, LedgerStore};

/// The inputs of a run.
pub(crate) struct Build<'a> {
    /// The pipeline.
    pub stages: &'a StageChain,
    /// The items of all sources.
    pub scanned: &'a PipelineScan,
    /// The selected deliveries.
    pub selection: &'a Selection,
    /// Access to clock, network, environment and caches.
    pub cx: &'a Context,
    /// The ledger.
    pub store: &'a dyn LedgerStore,
    /// The period that `policy.max_per_run` counts. [`QuotaScope::Run`] takes the ledger state from before
    /// the sources were read.
    pub quota: QuotaScope<'a>,
    /// The generator of event ids.
    pub ids: &'a dyn Ids,
    /// The random id of this process, recorded with its attempts.
    pub run: &'a str,
    /// `true` if the ledger is accepted for the pipeline's sites although it names others.
    pub same_site: bool,
    /// The time to wait for another run.
    pub lock_timeout: Duration,
    /// The total time to wait for pages that are not live yet.
    pub live_timeout: Duration,
    /// Stops the run after the current delivery.
    pub stop: CancellationToken,
}

/// Runs the pipeline once. Calls `report` after each attempted delivery.
///
/// # Errors
/// If the ledger is missing, damaged, unreadable or locked by another run, belongs to another site, was
/// rolled back or moved, or is behind another copy.
pub(crate) async fn build(
    run: &Build<'_>,
    report: &mut (dyn FnMut(&PlanEntry) + Send),
) -> Result<Plan, LedgerError> {
    if run.stages.ci_hold.is_some() {
        return plan_only(run).await;
    }
    let locked = tokio::select! {
        biased;
        locked = run.store.lock(run.lock_timeout) => Some(locked),
        () = run.stop.cancelled() => None,
    };
    let Some(locked) = locked else {
        // Nothing was attempted; the plan lists the open deliveries.
        return plan_only(run).await;
    };
    let mut session = locked.map_err(|error| pipeline_names::missing(error, run.scanned))?;
    let mut preface = preface(run, session.ledger_state())?;
    session.verify()?;
    let probe = ProbeContext {
        stages: run.stages,
        scanned: run.scanned,
        cx: run.cx,
        ids: run.ids,
        run: run.run,
    };
    let resolved = resolve(&probe, run.selection, &run.stop, session.as_mut()).await?;
    let identities = Identities::of(run.scanned, session.ledger_state(), run.stages);
    preface.extend(moved_events(
        run.scanned,
        &identities,
        session.ledger_state(),
        run.cx,
        run.ids,
    ));
    let mut plan = make_plan(&planning(run), session.ledger_state(), run.cx).await;
    let noted = session.notes().len();
    let notes = session.notes().iter().cloned();
    plan.notes.splice(0..0, notes.chain(resolved));
    let Build {
        stages,
        cx,
        ids,
        run: id,
        live_timeout,
        ref stop,
        ..
    } = *run;
    let mut delivery = DeliveryContext {
        stages,
        cx,
        session: session.as_mut(),
        ids,
        run: id,
        live_timeout,
        stop,
        preface,
    };
    delivery.deliver(&mut plan, report).await;
    if let Err(error) = delivery.finish().await {
        let message = format!("not all that this run did is in the ledger: {error}");
        let fault = Diagnostic::from_error(&error, Code::LedgerUnwritable)
            .with_message(message)
            .in_file(stages.ledger_name());
        plan.faults.push(fault);
    }
    plan.notes
        .extend(session.notes().iter().skip(noted).cloned());
    for entry in &plan.entries {
        let is_out = matches!(entry.outcome, Some(Outcome::Sent | Outcome::Updated));
        if let Some(composed) = entry.composed.as_ref().filter(|_| is_out) {
            keep(cx, composed);
        }
    }
    Ok(plan)
}

/// Returns the plan of a run that neither sends nor writes anything. A run for a pull request has no
/// right to write, and the names of its posts must not become names on record.
async fn plan_only(run: &Build<'_>) -> Result<Plan, LedgerError> {
    let view = run.store.view().await;
    let view = view.map_err(|error| pipeline_names::missing(error, run.scanned))?;
    Ok(make_plan(&planning(run), &view.ledger_state, run.cx).await)
}

/// Checks that the ledger belongs to this pipeline. Returns the events to record first.
fn preface(run: &Build<'_>, ledger_state: &LedgerState) -> Result<Vec<Event>, LedgerError> {
    let mut events = Vec::new();
    if run.same_site {
        events.push(pipeline_names::same_site_event(
            run.scanned,
            run.cx,
            run.ids,
        ));
    } else {
        pipeline_names::check(ledger_state, run.stages, run.scanned)?;
    }
    let known =
        pipeline_names::known_event(ledger_state, (run.stages, run.scanned), run.cx, run.ids);
    // The first event already names these sites.
    events.extend(known.filter(|_| !run.same_site || !ledger_state.seen().is_stated));
    Ok(events)
}

fn planning<'a>(run: &Build<'a>) -> Planning<'a> {
    Planning {
        stages: run.stages,
        scanned: run.scanned,
        selection: run.selection,
        purpose: PlanPurpose::Deliver,
        quota: run.quota,
        held_back: &[],
    }
}

/// Returns `true` if the ledger has everything that a run would record before it sends: the names of the
/// pipeline, and the keys and evidence of recorded posts.
#[must_use]
pub(crate) fn is_up_to_date(
    (stages, scanned): (&StageChain, &PipelineScan),
    ledger_state: &LedgerState,
    cx: &Context,
    ids: &dyn Ids,
) -> bool {
    let identities = Identities::of(scanned, ledger_state, stages);
    pipeline_names::known_event(ledger_state, (stages, scanned), cx, ids).is_none()
        && moved_events(scanned, &identities, ledger_state, cx, ids).is_empty()
}

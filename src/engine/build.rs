//! A run: takes the ledger, makes the plan from what the ledger says then, delivers it, and lets go.
//! The ledger is held all the while, so that two runs at once can neither send the same post twice
//! nor exceed the policy together.

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

/// What a run works with.
pub(crate) struct Build<'a> {
    /// The pipeline.
    pub stages: &'a StageChain,
    /// What the sources yielded.
    pub scanned: &'a PipelineScan,
    /// What the run is about.
    pub selection: &'a Selection,
    /// The world outside.
    pub cx: &'a Context,
    /// The ledger.
    pub store: &'a dyn LedgerStore,
    /// Whose share of `policy.max_per_run` it is; [`QuotaScope::Run`] wants what the ledger said when the
    /// run began, before anything was read.
    pub quota: QuotaScope<'a>,
    /// Where identifiers come from.
    pub ids: &'a dyn Ids,
    /// The random id of this process, by which others see that it makes an attempt.
    pub run: &'a str,
    /// Whether the ledger takes the pipeline's sites for its own, although it names others.
    pub same_site: bool,
    /// How long to wait for another run.
    pub lock_timeout: Duration,
    /// How long to wait, in all, for pages that are not live yet.
    pub live_timeout: Duration,
    /// Asks the run to end after the delivery that is under way.
    pub stop: CancellationToken,
}

/// Runs once. `report` is called for each delivery that was tried.
///
/// # Errors
/// When the ledger is missing, damaged, held by another run, cannot be read, or is not the one to go
/// by: it is of another site, was rolled back, is behind another copy, or was moved.
pub(crate) async fn build(
    run: &Build<'_>,
    report: &mut (dyn FnMut(&PlanEntry) + Send),
) -> Result<Plan, LedgerError> {
    let locked = tokio::select! {
        biased;
        locked = run.store.lock(run.lock_timeout) => Some(locked),
        () = run.stop.cancelled() => None,
    };
    let Some(locked) = locked else {
        // Nothing was tried; the plan says what that leaves.
        let ledger_state = run.store.view().await?.ledger_state;
        return Ok(make_plan(&planning(run), &ledger_state, run.cx).await);
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

/// Checks whose ledger it is. Returns what to record about that before anything else.
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
    // The sites of the first event need not be said twice.
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

/// Returns whether the ledger states all that a run would record before it sends anything: the head of
/// the pipeline, and the keys and evidence of posts on record.
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

//! Runs the pipeline once: locks the ledger, plans from its state, delivers, and unlocks it. The lock is
//! held throughout, so that concurrent runs on one machine cannot send a post twice or exceed the
//! policy's limits together. Runs on other machines meet in the ledger: the run that appends second plans
//! again.

use std::borrow::Cow;
use std::time::Duration;

use syndicate_api::{Code, Context, Diagnostic};
use tokio_util::sync::CancellationToken;
use tracing::info;

use super::copies::write_links;
use super::deliver::{DeliverEnd, DeliveryContext};
use super::identity::{Identities, moved_events};
use super::matched_items::MatchedItems;
use super::plan::{add_recorded, make_plan_with};
use super::resolve::{resolve, resume_follow_ups};
use super::retry::race_pauses;
use super::sent_text_cache::keep;
use super::shared_plan::SharedPlan;
use super::{
    Outcome, PipelineScan, Plan, PlanEntry, PlanPurpose, Planning, ProbeContext, QuotaScope,
    Selection, StageChain, make_plan, pipeline_names,
};
use crate::ledger::{Event, Ids, LedgerError, LedgerState, LedgerStore, ledger_line};

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
    /// The selected items, if they were matched with the ledger before.
    pub matched: Option<&'a MatchedItems>,
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
    let mut delivery = DeliveryContext {
        stages: run.stages,
        cx: run.cx,
        session: session.as_mut(),
        ids: run.ids,
        run: run.run,
        live_timeout: run.live_timeout,
        overwrites: run.selection.overwrites(),
        stop: &run.stop,
        preface: Vec::new(),
        closed: run.stages.sinks.iter().map(|_| None).collect(),
        notes: Vec::new(),
        is_last: false,
    };
    let mut plan = deliver_all(run, &mut delivery, report).await?;
    if let Err(fault) = write_links(run.stages, run.scanned, session.ledger_state()) {
        plan.faults.push(fault);
    }
    let unrecorded = session.unrecorded();
    plan.unrecorded = unrecorded.iter().map(ledger_line).collect();
    for entry in &plan.entries {
        let is_out = matches!(entry.outcome, Some(Outcome::Sent | Outcome::Updated));
        if let Some(composed) = entry.composed.as_deref().filter(|_| is_out) {
            keep(run.cx, composed);
        }
    }
    Ok(plan)
}

/// The progress of a run over its plans.
#[derive(Default)]
struct Progress {
    /// The last plan, with the outcomes of all attempted deliveries.
    plan: Option<Plan>,
    /// Notes about attempts of earlier runs that this run resolved.
    resolved: Vec<String>,
    /// Number of notes that the ledger had when the first plan was made.
    noted: usize,
}

/// Plans and delivers. If other machines append to the ledger meanwhile, plans the rest again from what
/// they recorded. Deliveries that this run attempted keep their outcome.
async fn deliver_all(
    run: &Build<'_>,
    delivery: &mut DeliveryContext<'_>,
    report: &mut (dyn FnMut(&PlanEntry) + Send),
) -> Result<Plan, LedgerError> {
    let mut pauses = race_pauses();
    let mut progress = Progress::default();
    loop {
        let pause = pauses.next();
        delivery.is_last = pause.is_none();
        let ended = deliver_once(run, delivery, &mut progress, report).await;
        let ended = match (ended, pause) {
            (Ok(DeliverEnd::Done), _) => break,
            (Ok(DeliverEnd::Overtaken) | Err(LedgerError::Overtaken { .. }), Some(pause)) => {
                info!(pause_ms = pause.as_millis(), "overtaken by another run");
                catch_up(delivery, pause).await
            }
            (ended, _) => ended.map(|_| ()),
        };
        if let Err(error) = ended {
            let plan = progress.plan.as_mut();
            let attempted =
                plan.filter(|plan| plan.entries.iter().any(|entry| entry.outcome.is_some()));
            let Some(plan) = attempted else {
                return Err(error);
            };
            DeliveryContext::give_up(plan, &error);
            plan.faults.push(ended_early(&error, run));
            break;
        }
    }
    let mut plan = progress.plan.unwrap_or_default();
    let (before, after) = delivery.session.notes().split_at(progress.noted);
    let before = before.iter().cloned();
    plan.notes.splice(0..0, before.chain(progress.resolved));
    plan.notes.append(&mut delivery.notes);
    plan.notes.extend(after.iter().cloned());
    Ok(plan)
}

/// Makes a plan from the current state of the ledger and carries it out, as far as it stays true.
async fn deliver_once(
    run: &Build<'_>,
    delivery: &mut DeliveryContext<'_>,
    progress: &mut Progress,
    report: &mut (dyn FnMut(&PlanEntry) + Send),
) -> Result<DeliverEnd, LedgerError> {
    let version = delivery.session.ledger_state().version();
    let matched = run.matched.filter(|matched| matched.version == version);
    let (scanned, identities, preface) = match matched {
        Some(MatchedItems {
            scanned,
            identities,
            ..
        }) => {
            delivery.session.verify()?;
            (scanned, Cow::Borrowed(identities), Vec::new())
        }
        None => {
            let (identities, preface) = match_items(run, delivery, &mut progress.resolved).await?;
            (run.scanned, Cow::Owned(identities), preface)
        }
    };
    let ledger_state = delivery.session.ledger_state();
    let earlier = progress.plan.take();
    let attempted = earlier.as_ref().map(attempted).unwrap_or_default();
    let planning = Planning {
        scanned,
        attempted: &attempted,
        ..planning(run)
    };
    let mut plan = make_plan_with(&planning, ledger_state, &identities, run.cx).await;
    match &earlier {
        Some(earlier) => add_recorded(&mut plan, earlier, ledger_state, run.cx.now()),
        None => progress.noted = delivery.session.notes().len(),
    }
    delivery.preface = preface;
    let plan = progress.plan.insert(plan);
    let shared = match delivery.session.shares_work() {
        false => None,
        true => {
            record_preface(run, delivery).await?;
            Some(SharedPlan::new(planning, delivery.session.ledger_state()))
        }
    };
    let end = delivery.deliver(plan, shared, report).await?;
    if end == DeliverEnd::Overtaken {
        return Ok(end);
    }
    match delivery.finish().await {
        Ok(()) => {}
        Err(LedgerError::Overtaken { .. }) if !delivery.is_last => {
            return Ok(DeliverEnd::Overtaken);
        }
        Err(error) => plan.faults.push(incomplete(&error, run)),
    }
    Ok(DeliverEnd::Done)
}

/// Records the events of the preface by themselves, so that they are not mistaken for those of other workers.
///
/// # Errors
/// [`LedgerError::Overtaken`] if other workers appended something meanwhile.
async fn record_preface(
    run: &Build<'_>,
    delivery: &mut DeliveryContext<'_>,
) -> Result<(), LedgerError> {
    let preface = std::mem::take(&mut delivery.preface);
    if preface.is_empty() {
        return Ok(());
    }
    let expected = delivery.session.ledger_state().event_count() + preface.len();
    delivery.session.append_all(preface).await?;
    match delivery.session.ledger_state().event_count() == expected {
        true => Ok(()),
        false => Err(LedgerError::Overtaken {
            ledger: run.stages.ledger_name(),
        }),
    }
}

/// Checks the ledger, resolves open attempts of earlier runs, and matches all items with the recorded posts. Returns their
/// identities and the events to record first.
async fn match_items(
    run: &Build<'_>,
    delivery: &mut DeliveryContext<'_>,
    resolved: &mut Vec<String>,
) -> Result<(Identities, Vec<Event>), LedgerError> {
    let mut preface = preface(run, delivery.session.ledger_state())?;
    delivery.session.verify()?;
    let probe = ProbeContext {
        stages: run.stages,
        scanned: run.scanned,
        cx: run.cx,
        ids: run.ids,
        run: run.run,
    };
    resolve(
        &probe,
        run.selection,
        (&run.stop, &mut *resolved),
        delivery.session,
    )
    .await?;
    resume_follow_ups(&probe, (&run.stop, resolved), delivery.session).await;
    let ledger_state = delivery.session.ledger_state();
    let identities = Identities::of(run.scanned, ledger_state, run.stages);
    let moved = moved_events(run.scanned, &identities, ledger_state, run.cx, run.ids);
    preface.extend(moved);
    Ok((identities, preface))
}

/// Returns the entries that a later plan of the same run must not attempt again.
fn attempted(plan: &Plan) -> Vec<PlanEntry> {
    let is_attempted = |entry: &&PlanEntry| entry.outcome.is_some() || entry.code == Code::NotLive;
    plan.entries.iter().filter(is_attempted).cloned().collect()
}

/// Waits, unless the run is stopped, and reads what other machines recorded.
async fn catch_up(delivery: &mut DeliveryContext<'_>, pause: Duration) -> Result<(), LedgerError> {
    tokio::select! {
        biased;
        () = delivery.stop.cancelled() => {}
        () = delivery.cx.clock.sleep(pause) => {}
    }
    delivery.session.refresh().await
}

/// Returns the fault of a run whose last events could not be recorded.
fn incomplete(error: &LedgerError, run: &Build<'_>) -> Diagnostic {
    let message = format!("not all that this run did is in the ledger: {error}");
    ledger_fault(error, message, run)
}

/// Returns the fault of a run that `error` ended before it had tried all deliveries.
fn ended_early(error: &LedgerError, run: &Build<'_>) -> Diagnostic {
    let message = format!("not all deliveries were tried: {error}");
    ledger_fault(error, message, run)
}

fn ledger_fault(error: &LedgerError, message: String, run: &Build<'_>) -> Diagnostic {
    Diagnostic::from_error(error, Code::LedgerUnwritable)
        .with_message(message)
        .in_file(run.stages.ledger_name())
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
        attempted: &[],
    }
}

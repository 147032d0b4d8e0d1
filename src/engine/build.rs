//! A run: takes the ledger, makes the plan from what the ledger says then, delivers it, and lets go.
//! The ledger is held all the while, so that two runs at once can neither send the same post twice
//! nor exceed the policy together.

use std::time::Duration;

use syndicate_api::Context;

use super::deliver::{Delivery, Outcome};
use super::keepsake::keep;
use super::resolve::resolve;
use super::{
    Entry, Plan, Planning, Purpose, Scanned, Selection, Share, Stages, Stop, make_plan, moved,
};
use crate::ledger::{Ids, LedgerError, Store};

/// What a run works with.
pub struct Build<'a> {
    /// The pipeline.
    pub stages: &'a Stages,
    /// What the sources yielded.
    pub scanned: &'a Scanned,
    /// What the run is about.
    pub selection: &'a Selection,
    /// The world outside.
    pub cx: &'a Context,
    /// The ledger.
    pub store: &'a dyn Store,
    /// Whose share of `policy.max_per_run` it is; [`Share::Run`] wants what the ledger said when the
    /// run began, before anything was read.
    pub share: Share<'a>,
    /// Where identifiers come from.
    pub ids: &'a dyn Ids,
    /// How long to wait for another run.
    pub lock_timeout: Duration,
    /// How long to wait, in all, for pages that are not live yet.
    pub patience: Duration,
    /// Asks the run to end after the delivery that is under way.
    pub stop: Stop,
}

/// Runs once. `report` is called for each delivery that was tried.
///
/// # Errors
/// When the ledger is missing, damaged, held by another run or cannot be read.
pub async fn build(
    run: &Build<'_>,
    report: &mut (dyn FnMut(&Entry) + Send),
) -> Result<Plan, LedgerError> {
    let locked = tokio::select! {
        biased;
        locked = run.store.lock(run.lock_timeout) => Some(locked?),
        () = run.stop.requested() => None,
    };
    let Some(mut session) = locked else {
        // Nothing was tried; the plan says what that leaves.
        return Ok(make_plan(&planning(run), &run.store.read().await?, run.cx).await);
    };
    moved::record(run.scanned, session.as_mut(), run.cx, run.ids).await?;
    let resolved = resolve(run, session.as_mut()).await?;
    let mut plan = make_plan(&planning(run), session.book(), run.cx).await;
    let notes = session.notes().iter().cloned();
    plan.notes.splice(0..0, notes.chain(resolved));
    let Build {
        stages,
        cx,
        ids,
        patience,
        ref stop,
        ..
    } = *run;
    let delivery = Delivery {
        stages,
        cx,
        session: session.as_mut(),
        ids,
        patience,
        stop,
    };
    delivery.deliver(&mut plan, report).await;
    for entry in &plan.entries {
        let is_out = matches!(entry.outcome, Some(Outcome::Sent | Outcome::Updated));
        if let Some(composed) = entry.composed.as_ref().filter(|_| is_out) {
            keep(cx, composed);
        }
    }
    Ok(plan)
}

fn planning<'a>(run: &Build<'a>) -> Planning<'a> {
    Planning {
        stages: run.stages,
        scanned: run.scanned,
        selection: run.selection,
        purpose: Purpose::Deliver,
        share: run.share,
    }
}

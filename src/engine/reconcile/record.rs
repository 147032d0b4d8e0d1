//! Records the posts that a listing found. The items of ambiguous posts are recorded as known: one of these posts may be
//! theirs, so they must not be sent by themselves.

use std::sync::Arc;

use syndicate_api::Context;

use super::comparison::SinkReport;
use crate::engine::identity::Identities;
use crate::engine::init::adopted;
use crate::engine::same_post::adoption;
use crate::engine::{PipelineScan, Plan, StageChain, pipeline_names};
use crate::ledger::{Event, EventKind, Ids, LedgerError, LedgerSession, LedgerState, LedgerStore};

/// Appends the found posts of `reports` to the ledger. The payloads in `plan` are recorded as the sent ones, to detect
/// later changes. Returns the number of posts.
///
/// # Errors
/// If the ledger cannot be written.
pub(crate) async fn record(
    reports: &[SinkReport],
    read: (&StageChain, &PipelineScan),
    plan: &Plan,
    session: &mut dyn LedgerSession,
    env: (&Context, &dyn Ids),
) -> Result<usize, LedgerError> {
    let events = adoptions(reports, read, plan, session.ledger_state(), env);
    let count = count_found(reports);
    session.append_all(events).await?;
    session.finish().await?;
    Ok(count)
}

/// Creates the ledger with the found posts of `reports`. It names only the sinks with a complete listing, so that every
/// other sink waits for the user's answer. Returns the number of posts; without any, no ledger is created.
///
/// # Errors
/// If a ledger exists, or it cannot be written.
pub(crate) async fn begin(
    reports: &[SinkReport],
    (stages, scanned): (&StageChain, &PipelineScan),
    plan: &Plan,
    store: &dyn LedgerStore,
    (cx, ids): (&Context, &dyn Ids),
) -> Result<usize, LedgerError> {
    let empty = LedgerState::default();
    let adoptions = adoptions(reports, (stages, scanned), plan, &empty, (cx, ids));
    let count = count_found(reports);
    if count == 0 {
        return Ok(0);
    }
    let is_complete = |sink: &str| {
        let mut reports = reports.iter();
        reports.any(|report| report.sink == sink && report.is_complete())
    };
    let pipeline_names = pipeline_names::of_sinks(stages, scanned, is_complete);
    let created = Event::new(ids, cx.now(), EventKind::Created { pipeline_names });
    let events = std::iter::once(created).chain(adoptions).collect();
    store.create_all(events).await?;
    Ok(count)
}

fn count_found(reports: &[SinkReport]) -> usize {
    reports.iter().map(|report| report.found().len()).sum()
}

fn adoptions(
    reports: &[SinkReport],
    (stages, scanned): (&StageChain, &PipelineScan),
    plan: &Plan,
    ledger_state: &LedgerState,
    env: (&Context, &dyn Ids),
) -> Vec<Event> {
    let identities = Identities::of(scanned, ledger_state, stages);
    let mut events = Vec::new();
    for report in reports {
        let Some(stage) = stages.sinks.iter().find(|stage| stage.name == report.sink) else {
            continue;
        };
        for found in report.found() {
            let item = &*scanned.items[found.index].1;
            let groups = &identities.get(found.index).groups;
            let post = (item, groups.as_slice(), stage);
            let receipt = found.receipt.clone();
            let adopted = adoption(post, receipt, plan, ledger_state, env).ok();
            events.extend(adopted.map(|event| with_account(event, report.account.as_deref())));
        }
        let ambiguous = report.ambiguous().iter();
        let mut held: Vec<usize> = ambiguous.flat_map(|post| post.indices.clone()).collect();
        held.sort_unstable();
        held.dedup();
        for index in held {
            let state = ledger_state.state_of(&identities.get(index).groups, &stage.name);
            if !state.is_on_record() {
                let kind = adopted(&scanned.items[index].1, Some(&stage.name));
                events.push(Event::new(env.1, env.0.now(), kind));
            }
        }
    }
    events
}

/// Returns `event` with the account of the listing, so that later runs do not take another one for it.
fn with_account(mut event: Event, account: Option<&str>) -> Event {
    if let EventKind::Settled { attempt, .. } = &mut event.kind
        && attempt.account.is_none()
    {
        Arc::make_mut(attempt).account = account.map(str::to_owned);
    }
    event
}

//! Handles commands from the page: edits the post, records a decision, or sends with the same run as
//! the command line. The pipeline is read again first; if the payload's hash differs from the one on the
//! page, nothing is done.

use std::sync::Arc;
use std::time::Duration;
use syndicate_api::CodedError as _;

use axum::Json;
use axum::extract::State;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use super::app_state::AppState;
use super::order::{Command, CommandOutcome, PageCommand};
use super::provider::{PageError, WatchedPipeline};
use super::write::write;
use crate::engine::{
    Action, Build, Outcome, PlanEntry, PlanPurpose, Planning, QuotaScope, Selection, approve,
    build, make_plan,
};
use crate::ledger::LedgerError;

/// Maximum time to wait for another run to release the ledger.
const LOCK_TIMEOUT: Duration = Duration::from_secs(10);

pub(super) async fn act(
    State(state): State<Arc<AppState>>,
    Json(order): Json<PageCommand>,
) -> Json<CommandOutcome> {
    let runtime = Handle::current();
    // Reading posts and converting pictures may block for seconds, so it runs on a blocking thread.
    let done = spawn_blocking(move || runtime.block_on(answer(&state, &order))).await;
    Json(
        done.unwrap_or_else(|_| {
            CommandOutcome::not_done("the program broke over it; see the ledger")
        }),
    )
}

async fn answer(state: &AppState, order: &PageCommand) -> CommandOutcome {
    let guard = state.alone().await;
    let answer = carry_out(state, order).await;
    state.renew(&guard).await;
    answer.unwrap_or_else(|PageError(message)| CommandOutcome::not_done(message))
}

async fn carry_out(state: &AppState, order: &PageCommand) -> Result<CommandOutcome, PageError> {
    let pipeline = state.provider.open(&mut |_| false).await?;
    let (ledger_state, _) = state.ledger_state().await?;
    let looks = state.look(&pipeline, &ledger_state).await;
    let meant = |entry: &&PlanEntry| entry.item.id() == order.item && entry.sink == order.sink;
    let Some(entry) = looks.plan.entries.iter().find(meant) else {
        return Ok(CommandOutcome::not_done(
            "that post is not there any more; nothing was done",
        ));
    };
    let hash = entry
        .composed
        .as_ref()
        .map_or("", |composed| composed.hash.as_str());
    if hash != order.hash {
        return Ok(CommandOutcome::not_done(
            "it has changed since you looked, so nothing was done; look at it once more",
        ));
    }
    match order.action {
        Command::Send | Command::Approve if hash.is_empty() => Ok(CommandOutcome::not_done(
            "there is no payload, so nothing was done",
        )),
        Command::Send => {
            let mut selection = selection(order, &pipeline)?;
            let offer = looks.offer(entry).map(|offer| offer.action);
            if offer == Some(Action::Update) {
                selection = selection.changes_only();
            }
            send(state, &pipeline, &selection).await
        }
        Command::Approve => let_out(state, &pipeline, order).await,
        Command::Skip | Command::Unskip | Command::Edit | Command::Schedule => {
            let entries = looks.plan.entries.iter();
            let sinks = entries.filter(|other| other.item.id() == entry.item.id());
            write(&pipeline, entry, sinks.count(), order)
        }
        Command::Look | Command::Hide => {
            state.ask_for(&order.item, order.action == Command::Look);
            Ok(CommandOutcome::done(match order.action {
                Command::Look => "it is shown as it would be sent",
                _ => "it is put away",
            }))
        }
    }
}

/// Selects exactly the payload shown on the page, for its item and its sink.
fn selection(order: &PageCommand, pipeline: &WatchedPipeline) -> Result<Selection, PageError> {
    let WatchedPipeline {
        stages, scanned, ..
    } = pipeline;
    let names = [order.hash.clone()];
    let selection = Selection::new(&names, scanned, stages);
    let selection = selection.map_err(|error| PageError(error.to_string()))?;
    Ok(selection.for_sink(&order.sink).of_item(&order.item))
}

async fn send(
    state: &AppState,
    pipeline: &WatchedPipeline,
    selection: &Selection,
) -> Result<CommandOutcome, PageError> {
    let provider = &state.provider;
    let before = provider.store().read().await.map_err(unlucky)?;
    let run = Build {
        stages: &pipeline.stages,
        scanned: &pipeline.scanned,
        selection,
        cx: provider.context(),
        store: provider.store(),
        quota: QuotaScope::Run(&before),
        ids: provider.ids(),
        run: provider.run(),
        same_site: false,
        lock_timeout: LOCK_TIMEOUT,
        live_timeout: Duration::ZERO,
        stop: CancellationToken::new(),
    };
    let plan = build(&run, &mut |_| {}).await.map_err(unlucky)?;
    let Some(entry) = plan.entries.first() else {
        let notes = plan.notes.join("; ");
        return Ok(CommandOutcome::not_done(format!(
            "nothing was sent: {notes}"
        )));
    };
    let mut answer = outcome(entry);
    if let Some(feed) = provider.feed().filter(|_| answer.link.is_some()) {
        // The sandbox returns URLs of the real platform, where the post does not exist.
        answer.link = Some(feed.to_owned());
    }
    Ok(answer)
}

fn outcome(entry: &PlanEntry) -> CommandOutcome {
    let sink = &entry.sink;
    let link = entry
        .receipt
        .as_ref()
        .and_then(|receipt| receipt.url.clone());
    let why = entry
        .problem
        .as_ref()
        .map_or_else(|| entry.reason.clone(), ToString::to_string);
    let mut answer = match entry.outcome {
        Some(Outcome::Sent) => CommandOutcome::done(format!("sent to {sink}")),
        Some(Outcome::Updated) => CommandOutcome::done(format!("changed on {sink}")),
        Some(Outcome::Unknown) => CommandOutcome::not_done(format!(
            "what became of it is unknown, and it is not sent again by itself: {why}"
        )),
        Some(Outcome::Failed) => CommandOutcome::not_done(format!("it was not sent: {why}")),
        Some(Outcome::Waiting) | None => {
            CommandOutcome::not_done(format!("it was not sent [{}]: {why}", entry.code))
        }
    };
    answer.link = link;
    answer
}

async fn let_out(
    state: &AppState,
    pipeline: &WatchedPipeline,
    order: &PageCommand,
) -> Result<CommandOutcome, PageError> {
    let provider = &state.provider;
    let mut session = provider.store().lock(LOCK_TIMEOUT).await.map_err(unlucky)?;
    let planning = Planning {
        stages: &pipeline.stages,
        scanned: &pipeline.scanned,
        selection: &selection(order, pipeline)?,
        purpose: PlanPurpose::Show,
        quota: QuotaScope::NextRun,
        held_back: &[],
    };
    let cx = provider.context();
    let plan = make_plan(&planning, session.ledger_state(), cx).await;
    let approved = approve(session.as_mut(), &plan, cx, provider.ids()).await;
    Ok(if approved.map_err(unlucky)?.is_empty() {
        CommandOutcome::not_done("it is approved already, or would not be sent")
    } else {
        CommandOutcome::done(format!("approved for {}, as it is shown", order.sink))
    })
}

fn unlucky(error: LedgerError) -> PageError {
    let hint = error.hint().map(|hint| format!("; {hint}"));
    PageError(format!("{error}{}", hint.unwrap_or_default()))
}

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
use super::command::{Command, CommandOutcome, PageCommand};
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
    Json(command): Json<PageCommand>,
) -> Json<CommandOutcome> {
    let runtime = Handle::current();
    // Reading posts and converting pictures may block for seconds, so it runs on a blocking thread.
    let done = spawn_blocking(move || runtime.block_on(respond(&state, &command))).await;
    Json(done.unwrap_or_else(|_| {
        CommandOutcome::not_done("internal error; check the ledger before you try again")
    }))
}

async fn respond(state: &AppState, command: &PageCommand) -> CommandOutcome {
    let mut guard = state.lock().await;
    let outcome = execute(state, command).await;
    state.refresh_locked(&mut guard).await;
    outcome.unwrap_or_else(|PageError(message)| CommandOutcome::not_done(message))
}

async fn execute(state: &AppState, command: &PageCommand) -> Result<CommandOutcome, PageError> {
    let pipeline = state.provider.open(&mut |_| false).await?;
    let (ledger_state, _) = state.ledger_state().await?;
    let previewed = state.plan(&pipeline, &ledger_state).await;
    let is_meant =
        |entry: &&PlanEntry| entry.item.id() == command.item && entry.sink == command.sink;
    let Some(entry) = previewed.plan.entries.iter().find(is_meant) else {
        return Ok(CommandOutcome::not_done(
            "the post no longer exists; nothing was done",
        ));
    };
    let hash = entry
        .composed
        .as_ref()
        .map_or("", |composed| composed.hash.as_str());
    if hash != command.hash {
        return Ok(CommandOutcome::not_done(
            "the post has changed since you opened it, so nothing was done; check it again",
        ));
    }
    match command.action {
        Command::Send | Command::Approve if hash.is_empty() => Ok(CommandOutcome::not_done(
            "missing payload; nothing was done",
        )),
        Command::Send => {
            let mut selection = selection(command, &pipeline)?;
            let possible = previewed.possible(entry).map(|possible| possible.action);
            if possible == Some(Action::Update) {
                selection = selection.changes_only();
            }
            send(state, &pipeline, &selection).await
        }
        Command::Approve => approve_payload(state, &pipeline, command).await,
        Command::Skip | Command::Unskip | Command::Edit | Command::Schedule => {
            let entries = previewed.plan.entries.iter();
            let sinks = entries.filter(|other| other.item.id() == entry.item.id());
            write(&pipeline, entry, sinks.count(), command)
        }
        Command::Look | Command::Hide => {
            state.set_previewed(&command.item, command.action == Command::Look);
            Ok(CommandOutcome::done(match command.action {
                Command::Look => "the post is shown as it would be sent",
                _ => "the post is hidden",
            }))
        }
    }
}

/// Selects exactly the payload shown on the page, for its item and its sink.
fn selection(command: &PageCommand, pipeline: &WatchedPipeline) -> Result<Selection, PageError> {
    let WatchedPipeline { stages, scan, .. } = pipeline;
    let scanned = &scan.scanned;
    let names = [command.hash.clone()];
    let selection = Selection::new(&names, scanned, stages);
    let selection = selection.map_err(|error| PageError(error.to_string()))?;
    Ok(selection.for_sink(&command.sink).of_item(&command.item))
}

async fn send(
    state: &AppState,
    pipeline: &WatchedPipeline,
    selection: &Selection,
) -> Result<CommandOutcome, PageError> {
    let provider = &state.provider;
    let before = provider.store().read().await.map_err(ledger_error)?;
    let run = Build {
        stages: &pipeline.stages,
        scanned: &pipeline.scan.scanned,
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
        matched: None,
    };
    let plan = build(&run, &mut |_| {}).await.map_err(ledger_error)?;
    let Some(entry) = plan.entries.first() else {
        let notes = plan.notes.join("; ");
        return Ok(CommandOutcome::not_done(format!("not sent: {notes}")));
    };
    let mut outcome = outcome_of(entry);
    if let Some(feed) = provider.feed().filter(|_| outcome.link.is_some()) {
        // The sandbox returns URLs of the real platform, where the post does not exist.
        outcome.link = Some(feed.to_owned());
    }
    Ok(outcome)
}

fn outcome_of(entry: &PlanEntry) -> CommandOutcome {
    let sink = &entry.sink;
    let link = entry
        .receipt
        .as_ref()
        .and_then(|receipt| receipt.url.clone());
    let why = entry
        .problem
        .as_ref()
        .map_or_else(|| entry.reason.clone(), ToString::to_string);
    let mut outcome = match entry.outcome {
        Some(Outcome::Sent) => CommandOutcome::done(format!("sent to {sink}")),
        Some(Outcome::Updated) => CommandOutcome::done(format!("updated on {sink}")),
        Some(Outcome::Unknown) => CommandOutcome::not_done(format!(
            "the outcome is unknown, and the post is not sent again automatically: {why}"
        )),
        Some(Outcome::Failed) => CommandOutcome::not_done(format!("not sent: {why}")),
        Some(Outcome::Waiting) | None => {
            CommandOutcome::not_done(format!("not sent [{}]: {why}", entry.code))
        }
    };
    outcome.link = link;
    outcome
}

async fn approve_payload(
    state: &AppState,
    pipeline: &WatchedPipeline,
    command: &PageCommand,
) -> Result<CommandOutcome, PageError> {
    let provider = &state.provider;
    let mut session = provider
        .store()
        .lock(LOCK_TIMEOUT)
        .await
        .map_err(ledger_error)?;
    let planning = Planning {
        stages: &pipeline.stages,
        scanned: &pipeline.scan.scanned,
        selection: &selection(command, pipeline)?,
        purpose: PlanPurpose::Show,
        quota: QuotaScope::NextRun,
        held_back: &[],
        attempted: &[],
    };
    let cx = provider.context();
    let plan = make_plan(&planning, session.ledger_state(), cx).await;
    let approved = approve(session.as_mut(), &plan, cx, provider.ids()).await;
    Ok(if approved.map_err(ledger_error)?.is_empty() {
        CommandOutcome::not_done("the post is already approved, or would not be sent")
    } else {
        CommandOutcome::done(format!("approved for {}, as shown", command.sink))
    })
}

fn ledger_error(error: LedgerError) -> PageError {
    let hint = error.hint().map(|hint| format!("; {hint}"));
    PageError(format!("{error}{}", hint.unwrap_or_default()))
}

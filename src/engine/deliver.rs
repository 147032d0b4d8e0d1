//! Deliver: carries a plan out, one delivery after the other. The intent is on record before the
//! creating request leaves, and its outcome before the next delivery begins; whatever dies in
//! between leaves an intent without outcome, which is never repeated blindly.

use std::time::Duration;

use serde::Serialize;
use syndicate_api::{Code, Context, PublishError, PublishErrorKind};

use super::attempt::{Attempted, Recorder};
use super::live::hindrance;
use super::{Action, Entry, Plan, Problem, Stages};
use crate::ledger::{Ids, Session};

/// How long to wait before a page that is not live is looked at again.
const LOOK_AGAIN: Duration = Duration::from_secs(15);

/// What came of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// The platform created the post.
    Sent,
    /// Surely nothing was created.
    Failed,
    /// The post may or may not have been created.
    Unknown,
    /// It was not tried, since its sink takes nothing at present.
    Waiting,
}

/// Carries out what `plan` sends. `report` is called for each delivery once its outcome is known.
/// Where the ledger cannot be written, nothing more is sent.
pub(super) async fn deliver(
    plan: &mut Plan,
    stages: &Stages,
    cx: &Context,
    session: &mut dyn Session,
    ids: &dyn Ids,
    mut patience: Duration,
    report: &mut (dyn FnMut(&Entry) + Send),
) {
    // Why a sink takes nothing more in this run, by the sink's place in the pipeline.
    let mut closed: Vec<Option<Problem>> = stages.sinks.iter().map(|_| None).collect();
    let sending = plan
        .entries
        .iter_mut()
        .filter(|entry| entry.action == Action::Send);
    for entry in sending {
        let stage = &stages.sinks[entry.sink_index];
        if let Some(problem) = &closed[entry.sink_index] {
            entry.fail(Outcome::Waiting, not_tried(problem, &entry.sink));
        } else if let Some(why) = not_live(entry, stages, cx, &mut patience).await {
            entry.wait(Code::NotLive, why);
        } else {
            let attempted = Recorder { cx, session, ids }.attempt(entry, stage).await;
            match &attempted {
                Attempted::Unrecorded { .. } => {
                    let problem =
                        Problem::new(Code::LedgerUnwritable, "the ledger cannot be written");
                    closed.fill(Some(problem));
                }
                Attempted::Answered(Err(error)) if closes(error) => {
                    closed[entry.sink_index] = Some(Problem::from(error.clone()));
                }
                Attempted::Answered(_) => {}
            }
            settle(entry, attempted);
        }
        report(entry);
    }
}

/// Why readers cannot open the post yet. Waits for its page as long as `patience` lasts.
async fn not_live(
    entry: &Entry,
    stages: &Stages,
    cx: &Context,
    patience: &mut Duration,
) -> Option<String> {
    let reaches_readers = stages.sinks[entry.sink_index].sink.reaches_readers();
    if !stages.policy.live_check.unwrap_or(reaches_readers) {
        return None;
    }
    loop {
        let why = hindrance(cx, &entry.item).await?;
        let pause = LOOK_AGAIN.min(*patience);
        if pause.is_zero() {
            return Some(why);
        }
        *patience -= pause;
        cx.clock.sleep(pause).await;
    }
}

fn settle(entry: &mut Entry, attempted: Attempted) {
    match attempted {
        Attempted::Answered(Ok(receipt)) => {
            entry.outcome = Some(Outcome::Sent);
            entry.receipt = Some(receipt);
        }
        Attempted::Answered(Err(error)) => {
            let unknown = error.kind == PublishErrorKind::Unknown;
            let outcome = if unknown {
                Outcome::Unknown
            } else {
                Outcome::Failed
            };
            entry.fail(outcome, Problem::from(error));
        }
        Attempted::Unrecorded {
            error,
            created: None,
        } => {
            let problem = Problem::new(Code::LedgerUnwritable, error.to_string());
            entry.fail(Outcome::Failed, problem.caused_by(error.cause()));
        }
        // It is out, and the next run will find an intent without an outcome.
        Attempted::Unrecorded {
            error,
            created: Some(receipt),
        } => {
            let message = format!("it was created as `{}`, but {error}", receipt.id);
            let hint = format!(
                "once the ledger can be written: `syndicate settle {} --sent {}`",
                entry.item.label(),
                receipt.id
            );
            let problem = Problem::new(Code::OutcomeUnknown, message).hinted(Some(hint));
            entry.fail(Outcome::Unknown, problem.caused_by(error.cause()));
            entry.receipt = Some(receipt);
        }
    }
}

/// What is said of the deliveries after one that closed the sink; cause and hint stand there.
fn not_tried(problem: &Problem, sink: &str) -> Problem {
    Problem {
        code: problem.code,
        message: format!(
            "not tried, as `{sink}` takes nothing now: {}",
            problem.message
        ),
        cause: None,
        hint: None,
    }
}

/// Whether the same would meet every further delivery to the sink.
fn closes(error: &PublishError) -> bool {
    match error.kind {
        PublishErrorKind::Unauthorized
        | PublishErrorKind::Throttled { .. }
        | PublishErrorKind::Unavailable => true,
        PublishErrorKind::Rejected => matches!(error.code, Code::VersionDead | Code::Forbidden),
        PublishErrorKind::Unknown => false,
    }
}

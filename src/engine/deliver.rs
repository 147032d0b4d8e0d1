//! Deliver: carries a plan out, one delivery after the other. The intent is on record before the
//! creating request leaves, and its outcome before the next delivery begins; whatever dies in
//! between leaves an intent without outcome, which is never repeated blindly.

use serde::Serialize;
use syndicate_api::{Code, Context, Payload, Prepared, PublishError, PublishErrorKind, Receipt};

use super::retry::Patience;
use super::{Action, Entry, Plan, Problem, SinkStage, Stages};
use crate::ledger::{Attempt, Event, Ids, Kind, LedgerError, Session};

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
///
/// # Errors
/// When the ledger cannot be written: nothing is sent that could not be recorded first.
pub(super) async fn deliver(
    plan: &mut Plan,
    stages: &Stages,
    cx: &Context,
    session: &mut dyn Session,
    ids: &dyn Ids,
    report: &mut (dyn FnMut(&Entry) + Send),
) -> Result<(), LedgerError> {
    // Why a sink takes nothing more in this run, by the sink's place in the pipeline.
    let mut closed: Vec<Option<Problem>> = stages.sinks.iter().map(|_| None).collect();
    for entry in plan
        .entries
        .iter_mut()
        .filter(|entry| entry.action == Action::Send)
    {
        if let Some(problem) = &closed[entry.sink_index] {
            entry.fail(Outcome::Waiting, not_tried(problem, &entry.sink));
            report(entry);
            continue;
        }
        let stage = &stages.sinks[entry.sink_index];
        let mut recorder = Recorder { cx, session, ids };
        let result = recorder.attempt(entry, stage).await;
        if let Some(Err(error)) = result.as_ref().ok().and_then(Option::as_ref)
            && closes(error)
        {
            closed[entry.sink_index] = Some(Problem::from(error.clone()));
        }
        settle(entry, result)?;
        report(entry);
    }
    Ok(())
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

type Attempted = Option<Result<Receipt, PublishError>>;

fn settle(entry: &mut Entry, result: Result<Attempted, LedgerError>) -> Result<(), LedgerError> {
    match result? {
        None => {}
        Some(Ok(receipt)) => {
            entry.outcome = Some(Outcome::Sent);
            entry.receipt = Some(receipt);
        }
        Some(Err(error)) => {
            let unknown = error.kind == PublishErrorKind::Unknown;
            let outcome = if unknown {
                Outcome::Unknown
            } else {
                Outcome::Failed
            };
            entry.fail(outcome, Problem::from(error));
        }
    }
    Ok(())
}

/// Whether the same would meet every further delivery to the sink.
fn closes(error: &PublishError) -> bool {
    match error.kind {
        PublishErrorKind::Unauthorized | PublishErrorKind::Throttled { .. } => true,
        PublishErrorKind::Unavailable => true,
        PublishErrorKind::Rejected => matches!(error.code, Code::VersionDead | Code::Forbidden),
        PublishErrorKind::Unknown => false,
    }
}

struct Recorder<'a> {
    cx: &'a Context,
    session: &'a mut dyn Session,
    ids: &'a dyn Ids,
}

impl Recorder<'_> {
    async fn attempt(
        &mut self,
        entry: &Entry,
        stage: &SinkStage,
    ) -> Result<Attempted, LedgerError> {
        let Some(composed) = &entry.composed else {
            return Ok(None);
        };
        let attempt = Attempt {
            id: self.ids.next(self.cx.now()),
            item: entry.item.id().to_owned(),
            keys: entry.item.keys.clone(),
            sink: entry.sink.clone(),
            hash: composed.hash.clone(),
        };
        let prepared = match self.prepare(stage, &composed.payload).await {
            Ok(prepared) => prepared,
            Err(error) => {
                self.record_error(attempt, &error).await?;
                return Ok(Some(Err(error)));
            }
        };
        self.publish(attempt, stage, &prepared).await.map(Some)
    }

    async fn prepare(
        &self,
        stage: &SinkStage,
        payload: &Payload,
    ) -> Result<Prepared, PublishError> {
        let mut patience = Patience::new();
        loop {
            match stage.sink.prepare(self.cx, payload).await {
                Err(error) if patience.waits(&error, self.cx).await => {}
                result => return result,
            }
        }
    }

    /// Sends the creating request. What is repeated, under the same intent, are the same bytes, and
    /// only after an error that says that they were not accepted.
    async fn publish(
        &mut self,
        attempt: Attempt,
        stage: &SinkStage,
        prepared: &Prepared,
    ) -> Result<Result<Receipt, PublishError>, LedgerError> {
        let slots = prepared.slots.clone();
        self.record(Kind::Intent {
            attempt: attempt.clone(),
            slots,
        })
        .await?;
        let mut patience = Patience::new();
        let result = loop {
            match stage.sink.publish(self.cx, prepared).await {
                Err(error) if patience.waits(&error, self.cx).await => {}
                result => break result,
            }
        };
        match &result {
            Ok(receipt) => {
                self.record(Kind::Sent {
                    attempt,
                    remote: receipt.clone(),
                })
                .await?
            }
            Err(error) => self.record_error(attempt, error).await?,
        }
        Ok(result)
    }

    async fn record_error(
        &mut self,
        attempt: Attempt,
        error: &PublishError,
    ) -> Result<(), LedgerError> {
        let (code, message) = (error.code.as_str().to_owned(), error.to_string());
        self.record(match error.kind {
            PublishErrorKind::Unknown => Kind::Unknown {
                attempt,
                code,
                message,
            },
            _ => Kind::Failed {
                attempt,
                code,
                message,
            },
        })
        .await
    }

    async fn record(&mut self, kind: Kind) -> Result<(), LedgerError> {
        self.session
            .append(Event::new(self.ids, self.cx.now(), kind))
            .await
    }
}

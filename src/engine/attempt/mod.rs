//! Makes one attempt at a delivery and records each step in the ledger.

mod change;
mod follow_ups;
mod outcome;
mod repetition;

use std::sync::Arc;

use jiff::Timestamp;
use syndicate_api::{
    Code, Context, Prepared, PublishError, PublishErrorKind, Readiness, Receipt, Repeat, Role,
    Stamp, Step,
};
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

use super::deadline::Deadline;
use super::loading_media::LoadingMedia;
use super::proof_window::ProofWindow;
use super::retry::RetryPolicy;
use super::shared_plan::{SharedPlan, Verdict};
use super::{PlanEntry, SinkStage, account, clock};
use crate::ledger::{Attempt, Claim, Event, EventKind, Ids, LedgerError, LedgerSession};

/// The result of an attempt.
pub(super) enum AttemptResult {
    /// The sink's result, which is recorded.
    Answered(Result<Receipt, PublishError>),
    /// Another run appended to the ledger before this attempt could claim its delivery. Nothing was sent.
    Overtaken(LedgerError),
    /// The deliveries of other workers hold this one back. Nothing was sent.
    Refused(Verdict),
    /// An event could not be recorded.
    Unrecorded {
        /// The error of the ledger.
        error: LedgerError,
        /// Says whether the post was created nevertheless.
        created: Created,
    },
}

/// Knowledge about a post whose attempt could not be recorded.
pub(super) enum Created {
    /// No request left that may have created it.
    No,
    /// The platform's answer does not show whether it exists.
    Maybe(PublishError),
    /// It exists.
    Yes(Receipt),
}

impl AttemptResult {
    /// Returns the result of an attempt whose claim could not be recorded, so that nothing was sent.
    pub(super) fn unclaimed(error: LedgerError) -> Self {
        match error {
            LedgerError::Overtaken { .. } => Self::Overtaken(error),
            error => Self::Unrecorded {
                error,
                created: Created::No,
            },
        }
    }
}

fn missing_payload() -> AttemptResult {
    let (kind, code) = (PublishErrorKind::Rejected, Code::Rejected);
    AttemptResult::Answered(Err(PublishError::new(kind, code, "missing payload")))
}

/// Makes attempts and records them in the ledger.
pub(super) struct Recorder<'a> {
    pub(super) cx: &'a Context,
    pub(super) session: &'a mut dyn LedgerSession,
    pub(super) ids: &'a dyn Ids,
    /// The random id of this run.
    pub(super) run: &'a str,
    /// Cancels pauses before retries.
    pub(super) stop: &'a CancellationToken,
    /// Events to record together with the first one.
    pub(super) preface: &'a mut Vec<Event>,
    /// Notes for the user, in addition to the outcome.
    pub(super) notes: &'a mut Vec<String>,
    /// The media of the delivery.
    pub(super) media: LoadingMedia,
    /// The plan, if other workers carry it out as well.
    pub(super) shared_plan: Option<&'a SharedPlan<'a>>,
    /// Set if the ledger received events of another machine while this attempt was recorded.
    pub(super) has_foreign_events: &'a mut bool,
}

impl Recorder<'_> {
    /// Prepares and sends the payload of `entry`.
    pub(super) async fn attempt(&mut self, entry: &PlanEntry, stage: &SinkStage) -> AttemptResult {
        let Some(composed) = &entry.composed else {
            return missing_payload();
        };
        let attempt = Attempt {
            id: self.ids.next(self.cx.now()),
            item: entry.item.id().to_owned(),
            keys: entry.item.keys.clone(),
            sink: entry.sink.clone(),
            hash: composed.hash.clone(),
            digests: composed.digests.clone(),
            sink_type: Some(stage.kind.to_string()),
            account: None,
            evidence: entry.item.recorded_evidence(),
        };
        let steps = &composed.payload.steps;
        let ready = match self.prepare(stage, steps).await {
            Ok(Readiness::Ready(ready)) => ready,
            Ok(Readiness::Exists(receipt)) => {
                return self.failed(attempt, exists_already(receipt)).await;
            }
            Err(error) => return self.failed(attempt, error).await,
        };
        let stamp = Stamp {
            now: self.cx.now(),
            attempt: attempt.id.clone(),
        };
        match stage.seal(self.cx, steps, ready, &stamp) {
            Ok(prepared) => {
                let attempt = self.under(attempt, stage, &prepared);
                let sealed = (&prepared, stamp.now);
                self.deliver(entry, attempt, stage, sealed).await
            }
            Err(error) => self.failed(attempt, error).await,
        }
    }

    /// Returns `attempt` with the account that sends it. Adds a note if the account has changed.
    fn under(&mut self, attempt: Attempt, stage: &SinkStage, prepared: &Prepared) -> Attempt {
        let Some(account) = &prepared.account else {
            return attempt;
        };
        let digest = account::digest(&stage.kind, account);
        let last = self.session.ledger_state().last_account(&stage.name);
        if last.is_some_and(|last| last != digest) {
            self.notes.push(format!(
                "sink `{}` now sends as `{account}`, a different account than before",
                stage.name
            ));
        }
        Attempt {
            account: Some(digest),
            ..attempt
        }
    }

    async fn prepare(
        &mut self,
        stage: &SinkStage,
        steps: &[Step],
    ) -> Result<Readiness, PublishError> {
        let mut retries = RetryPolicy::of(Repeat::Never);
        let media = std::mem::take(&mut self.media).finish().await?;
        clock::forget(self.cx);
        loop {
            let step = retries.next_step("prepare");
            let prepared = stage.prepare(self.cx, steps, &media);
            match prepared.instrument(step).await {
                Err(error) if retries.waits(&error, self.cx, self.stop).await => {}
                result => {
                    clock::check(self.cx)?;
                    return result;
                }
            }
        }
    }

    /// Records the intent and sends the steps. Retries send the same bytes under the same intent, and only after an
    /// error that proves that the platform did not accept them.
    async fn deliver(
        &mut self,
        entry: &PlanEntry,
        attempt: Attempt,
        stage: &SinkStage,
        (prepared, sealed): (&Prepared, Timestamp),
    ) -> AttemptResult {
        let Some(create) = prepared.create_index() else {
            return missing_payload();
        };
        let claim = Claim::new(self.run, self.cx.now());
        let deadline = Deadline::of(&claim, self.cx.clock);
        self.session.keep_request(&attempt.id, prepared);
        let intent = EventKind::Intent {
            attempt: Arc::new(attempt.clone()),
            slots: prepared.slots.clone(),
            claim,
            repeat: Some(prepared.repeat_of(create)),
            follow_ups: prepared.follow_up_names(),
        };
        match self.record_intent(entry, intent).await {
            Ok(Verdict::Send) => {}
            Ok(verdict) => return AttemptResult::Refused(verdict),
            Err(error) => return AttemptResult::unclaimed(error),
        }
        if let Err(error) = self.verify() {
            return self.not_left(attempt, error).await;
        }
        if let Err(error) = self.send_before(stage, prepared, &deadline).await {
            return self.failed(attempt, not_created(error)).await;
        }
        let began = self.cx.now();
        let created = self.create(stage, prepared, (create, sealed), &deadline);
        let receipt = match created.await {
            Ok(receipt) => receipt,
            Err(error) if error.kind == PublishErrorKind::Unknown => {
                return self
                    .unknown(attempt, (sealed, began), error, stage, prepared)
                    .await;
            }
            Err(error) => return self.failed(attempt, error).await,
        };
        let sent = EventKind::Sent {
            attempt: Arc::new(attempt.clone()),
            remote: receipt.clone(),
            follow_ups: prepared.follow_up_names(),
        };
        if let Err(error) = self.record(sent).await {
            return AttemptResult::Unrecorded {
                error,
                created: Created::Yes(receipt),
            };
        }
        self.follow_up(&attempt, stage, prepared, &receipt).await;
        AttemptResult::Answered(Ok(receipt))
    }

    /// Verifies the ledger again if it was overwritten while an event was recorded.
    fn verify(&mut self) -> Result<(), LedgerError> {
        if self.session.take_overwritten() {
            return self.session.verify();
        }
        Ok(())
    }

    /// Sends the visible steps before the creating request. They are keyed, so that they may be repeated.
    async fn send_before(
        &self,
        stage: &SinkStage,
        prepared: &Prepared,
        deadline: &Deadline,
    ) -> Result<(), PublishError> {
        for (index, step) in prepared.steps.iter().enumerate() {
            if step.role != Role::Before {
                continue;
            }
            let mut retries = RetryPolicy::of(Repeat::ALWAYS);
            loop {
                deadline.check()?;
                let span = retries.next_step("before");
                let sent = stage.send(self.cx, prepared, index);
                match sent.instrument(span).await {
                    Ok(_) => break,
                    Err(error) if retries.waits(&error, self.cx, self.stop).await => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(())
    }

    /// Sends the creating request, which was sealed at `sealed`, with retries if they are safe. Once a request may
    /// have been accepted, a later refusal does not change the outcome from unknown, and the request is repeated only
    /// as long as the platform knows its key.
    async fn create(
        &self,
        stage: &SinkStage,
        prepared: &Prepared,
        (create, sealed): (usize, Timestamp),
        deadline: &Deadline,
    ) -> Result<Receipt, PublishError> {
        let rule = prepared.repeat_of(create);
        let window = ProofWindow::of(rule, sealed);
        let mut retries = RetryPolicy::of(rule);
        let mut doubt: Option<PublishError> = None;
        let mut is_repeated = false;
        loop {
            let last = self.cx.now();
            if let Err(expired) = deadline.check() {
                return Err(doubt.unwrap_or(expired));
            }
            let step = retries.next_step("create");
            let sent = stage.send(self.cx, prepared, create);
            let error = match sent.instrument(step).await {
                Ok(receipt) => return Ok(receipt),
                Err(error) => error,
            };
            if error.kind == PublishErrorKind::Unknown {
                doubt.get_or_insert_with(|| error.clone());
            }
            if !retries.waits(&error, self.cx, self.stop).await {
                return Err(doubt.unwrap_or(error));
            }
            if let Some(doubt) = &doubt {
                let is_due = match window {
                    // Each of these repetitions takes a long wait. Later runs go on.
                    Some(window) if is_repeated && !window.is_immediate() => false,
                    Some(window) => self.waits_for(window, last).await,
                    None => false,
                };
                if !is_due {
                    return Err(doubt.clone());
                }
                is_repeated = true;
            }
        }
    }

    /// Waits until a repetition of the request that was sent at `last` is conclusive. Returns `false` if it will not be, or
    /// the run was stopped during the wait.
    async fn waits_for(&self, window: ProofWindow, last: Timestamp) -> bool {
        let Some(wait) = window.wait(last, self.cx.now()) else {
            return false;
        };
        tokio::select! {
            biased;
            () = self.stop.cancelled(), if !wait.is_zero() => false,
            () = self.cx.clock.sleep(wait) => true,
        }
    }
}

/// Returns the error for a post that the platform had before anything was sent. Only the user knows whether it is
/// this post.
fn exists_already(existing: Receipt) -> PublishError {
    let message = format!(
        "the platform has such a post already, `{}`",
        existing.label()
    );
    let mut error = PublishError::new(PublishErrorKind::Rejected, Code::Duplicate, message);
    error.existing = Some(existing);
    error
}

/// Returns the error of a step before the creating request. The post was not created, even if the platform may have
/// accepted that step.
fn not_created(mut error: PublishError) -> PublishError {
    if error.kind == PublishErrorKind::Unknown {
        error.kind = PublishErrorKind::Unavailable;
        error.code = Code::NotLeft;
    }
    error
}

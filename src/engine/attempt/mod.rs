//! Makes one attempt at a delivery and records each step in the ledger.

mod change;
mod outcome;

use syndicate_api::{
    Code, Context, Payload, Prepared, PublishError, PublishErrorKind, Receipt, Repeat,
};
use tokio_util::sync::CancellationToken;
use tracing::Instrument as _;

use super::deadline::Deadline;
use super::retry::RetryPolicy;
use super::{PlanEntry, SinkStage, account, clock};
use crate::ledger::{
    Attempt, Claim, Event, EventKind, Ids, LedgerError, LedgerSession, RepeatRule,
};

/// The result of an attempt.
pub(super) enum AttemptResult {
    /// The sink's result, which is recorded.
    Answered(Result<Receipt, PublishError>),
    /// Another run appended to the ledger before this attempt could claim its delivery. Nothing was sent.
    Overtaken(LedgerError),
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
    /// Set if the ledger received events of another machine while this attempt was recorded.
    pub(super) has_foreign_events: &'a mut bool,
}

impl Recorder<'_> {
    /// Prepares and sends the payload of `entry`.
    pub(super) async fn attempt(&mut self, entry: &PlanEntry, stage: &SinkStage) -> AttemptResult {
        let Some(composed) = &entry.composed else {
            return missing_payload();
        };
        let again = entry.earlier.as_ref();
        let attempt = Attempt {
            id: again.map_or_else(|| self.ids.next(self.cx.now()), |again| again.id.clone()),
            item: entry.item.id().to_owned(),
            keys: entry.item.keys.clone(),
            sink: entry.sink.clone(),
            hash: composed.hash.clone(),
            digests: composed.digests.clone(),
            sink_type: Some(stage.kind.to_owned()),
            account: again.and_then(|again| again.account.clone()),
            evidence: Some(entry.item.evidence.clone()).filter(|evidence| !evidence.is_empty()),
        };
        if let Some(again) = again
            && let Err(error) = account::check(again, stage, self.cx).await
        {
            return AttemptResult::Answered(Err(error));
        }
        if let Some(again) = again {
            // The outcome of the first request stays unknown, regardless of the repetition.
            let doubt = EventKind::Unknown {
                attempt: again.clone(),
                code: Code::OutcomeUnknown.as_str().to_owned(),
                message: "no answer was received; the request is repeated with its key".to_owned(),
            };
            if let Err(error) = self.record(doubt).await {
                return AttemptResult::unclaimed(error);
            }
        }
        match self.prepare(stage, &composed.payload).await {
            Ok(prepared) => {
                let again = again.is_some();
                let attempt = self.under(attempt, stage, &prepared);
                self.publish(attempt, again, stage, &prepared).await
            }
            Err(error) => self.failed(attempt, error).await,
        }
    }

    /// Returns `attempt` with the account that sends it. Adds a note if the account has changed.
    fn under(&mut self, attempt: Attempt, stage: &SinkStage, prepared: &Prepared) -> Attempt {
        let Some(account) = &prepared.account else {
            return attempt;
        };
        let digest = account::digest(stage.kind, account);
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
        &self,
        stage: &SinkStage,
        payload: &Payload,
    ) -> Result<Prepared, PublishError> {
        let mut retries = RetryPolicy::of(Repeat::Never);
        clock::forget(self.cx);
        loop {
            let step = retries.next_step("prepare");
            match stage.sink.prepare(self.cx, payload).instrument(step).await {
                Err(error) if retries.waits(&error, self.cx, self.stop).await => {}
                result => {
                    clock::check(self.cx)?;
                    return result;
                }
            }
        }
    }

    /// Sends the creating request. Retries send the same bytes under the same intent, and only after an
    /// error that proves that the platform did not accept them.
    async fn publish(
        &mut self,
        attempt: Attempt,
        again: bool,
        stage: &SinkStage,
        prepared: &Prepared,
    ) -> AttemptResult {
        let claim = Claim::new(self.run, self.cx.now());
        let deadline = Deadline::of(&claim, self.cx.clock);
        let intent = if again {
            EventKind::Probed {
                attempt: attempt.clone(),
                claim,
            }
        } else {
            EventKind::Intent {
                attempt: attempt.clone(),
                slots: prepared.slots.clone(),
                claim,
                repeat: self.rule(stage),
            }
        };
        if let Err(error) = self.record(intent).await {
            return AttemptResult::unclaimed(error);
        }
        let began = self.cx.now();
        if let Err(error) = self.verify() {
            return self.not_left(attempt, error).await;
        }
        let result = self.request(stage, prepared, &deadline).await;
        let receipt = match result {
            Ok(receipt) => receipt,
            Err(error) if error.kind == PublishErrorKind::Unknown => {
                return self.unknown(attempt, began, error, stage, prepared).await;
            }
            Err(error) => return self.failed(attempt, error).await,
        };
        match self
            .record(EventKind::Sent {
                attempt,
                remote: receipt.clone(),
            })
            .await
        {
            Ok(()) => AttemptResult::Answered(Ok(receipt)),
            Err(error) => AttemptResult::Unrecorded {
                error,
                created: Created::Yes(receipt),
            },
        }
    }

    /// Returns the rule for repeating a request that is sent now.
    fn rule(&self, stage: &SinkStage) -> Option<RepeatRule> {
        Some(match stage.sink.repeat() {
            Repeat::Never => RepeatRule::Never,
            Repeat::Keyed => RepeatRule::Keyed,
            Repeat::Evidence { after, within, .. } => RepeatRule::Evidence {
                from: self.cx.now().checked_add(after).ok()?,
                until: self.cx.now().checked_add(within).ok()?,
            },
        })
    }

    /// Verifies the ledger again if it was overwritten while an event was recorded.
    fn verify(&mut self) -> Result<(), LedgerError> {
        if self.session.take_overwritten() {
            return self.session.verify();
        }
        Ok(())
    }

    /// Sends the creating request, with retries if they are safe. Once a request may have been accepted, a
    /// later refusal does not change the outcome from unknown.
    async fn request(
        &self,
        stage: &SinkStage,
        prepared: &Prepared,
        deadline: &Deadline,
    ) -> Result<Receipt, PublishError> {
        let mut retries = RetryPolicy::of(stage.sink.repeat());
        let mut doubt: Option<PublishError> = None;
        loop {
            if let Err(expired) = deadline.check() {
                return Err(doubt.unwrap_or(expired));
            }
            let step = retries.next_step("create");
            let error = match stage.sink.publish(self.cx, prepared).instrument(step).await {
                Ok(receipt) => return Ok(receipt),
                Err(error) => error,
            };
            if error.kind == PublishErrorKind::Unknown {
                doubt.get_or_insert_with(|| error.clone());
            }
            if !retries.waits(&error, self.cx, self.stop).await {
                return Err(doubt.unwrap_or(error));
            }
        }
    }
}

//! Sends the steps that follow the creating request. The post exists already, so that their failure is a note; the
//! next run sends them again.

use std::sync::Arc;

use syndicate_api::{Prepared, PublishError, Receipt, Repeat, Role};
use tracing::Instrument as _;

use super::Recorder;
use crate::engine::SinkStage;
use crate::engine::retry::RetryPolicy;
use crate::ledger::{Attempt, EventKind, LedgerError};

impl Recorder<'_> {
    /// Sends all steps that follow the creating request of `attempt`, and records each that succeeds.
    pub(super) async fn follow_up(
        &mut self,
        attempt: &Attempt,
        stage: &SinkStage,
        prepared: &Prepared,
        receipt: &Receipt,
    ) {
        let names = prepared.follow_up_names();
        self.follow_up_with(attempt, stage, (prepared, &names), receipt)
            .await;
    }

    /// Sends the steps of `prepared` with these names.
    pub(in crate::engine) async fn follow_up_with(
        &mut self,
        attempt: &Attempt,
        stage: &SinkStage,
        (prepared, names): (&Prepared, &[String]),
        receipt: &Receipt,
    ) {
        if names.is_empty() {
            return;
        }
        let filled = match prepared.with_receipt(receipt) {
            Ok(filled) => filled,
            Err(error) => return self.note(attempt, &names.join("`, `"), &error.to_string()),
        };
        for (index, step) in filled.steps.iter().enumerate() {
            if step.role != Role::FollowUp || !names.iter().any(|name| *name == step.name) {
                continue;
            }
            if let Err(error) = self.send_follow_up(stage, &filled, index).await {
                return self.note(attempt, &step.name, &error.to_string());
            }
            let done = EventKind::FollowedUp {
                attempt: Arc::new(attempt.clone()),
                step: step.name.to_string(),
                skipped: false,
            };
            if let Err(error) = self.record(done).await {
                let error: LedgerError = error;
                return self.note(attempt, &step.name, &error.to_string());
            }
        }
    }

    async fn send_follow_up(
        &self,
        stage: &SinkStage,
        filled: &Prepared,
        index: usize,
    ) -> Result<(), PublishError> {
        let mut retries = RetryPolicy::of(Repeat::ALWAYS);
        loop {
            let span = retries.next_step("follow_up");
            let sent = stage.send(self.cx, filled, index);
            match sent.instrument(span).await {
                Ok(_) => return Ok(()),
                Err(error) if retries.waits(&error, self.cx, self.stop).await => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn note(&mut self, attempt: &Attempt, step: &str, error: &str) {
        self.notes.push(format!(
            "`{}` was sent to `{}`, but its step `{step}` failed: {error}; the next run repeats it, and \
             `syndicate settle` can give it up",
            attempt.item, attempt.sink
        ));
    }
}

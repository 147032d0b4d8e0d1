//! Updates posts that were changed since they were sent.

use std::sync::Arc;

use tracing::Instrument as _;

use syndicate_api::{Prepared, PublishError, Readiness, Receipt, Repeat, Revision, Stamp};

use super::{AttemptResult, Created, Recorder, exists_already, missing_payload};
use crate::engine::retry::RetryPolicy;
use crate::engine::{PlanEntry, SinkStage, account};
use crate::ledger::{Attempt, EventKind};

impl Recorder<'_> {
    /// Updates the post of `entry`. No intent is recorded, because repeating an update is harmless. Changes that were
    /// made on the platform are a conflict unless `overwrites` is `true`.
    pub(in crate::engine) async fn update(
        &mut self,
        entry: &PlanEntry,
        stage: &SinkStage,
        overwrites: bool,
    ) -> AttemptResult {
        let (Some(composed), Some(created), Some(recorded)) =
            (&entry.composed, &entry.earlier, &entry.receipt)
        else {
            return missing_payload();
        };
        let Some(revision) = &composed.revision else {
            return missing_payload();
        };
        if let Err(error) = account::check(created, stage, self.cx).await {
            return AttemptResult::Answered(Err(error));
        }
        let receipt = match self.version_to_replace(stage, recorded, overwrites).await {
            Ok(receipt) => receipt,
            Err(error) => return AttemptResult::Answered(Err(error)),
        };
        let change = self.change(stage, revision).await;
        let updated = match change.and_then(|change| with_receipt(&change, &receipt)) {
            Ok(change) => self.send_update(stage, &receipt, &change).await,
            Err(error) => Err(error),
        };
        let updated = match updated {
            Ok(updated) => updated,
            Err(error) => return AttemptResult::Answered(Err(error)),
        };
        let attempt = Attempt {
            item: entry.item.id().to_owned(),
            keys: entry.item.keys.clone(),
            hash: composed.hash.clone(),
            digests: composed.digests.clone(),
            evidence: entry.item.recorded_evidence(),
            ..(**created).clone()
        };
        let remote = Some(updated.clone()).filter(|updated| *updated != **recorded);
        let attempt = Arc::new(attempt);
        match self.record(EventKind::Updated { attempt, remote }).await {
            Ok(()) => AttemptResult::Answered(Ok(updated)),
            Err(error) => AttemptResult::Unrecorded {
                error,
                created: Created::No,
            },
        }
    }

    /// Returns the receipt of the version that an update replaces: the recorded one, or the one that is on the platform
    /// now.
    async fn version_to_replace(
        &self,
        stage: &SinkStage,
        recorded: &Receipt,
        overwrites: bool,
    ) -> Result<Receipt, PublishError> {
        match &recorded.id {
            Some(id) if overwrites => stage.locate(self.cx, id).await,
            _ => Ok(recorded.clone()),
        }
    }

    /// Prepares and seals the steps of `revision`.
    async fn change(
        &mut self,
        stage: &SinkStage,
        revision: &Revision,
    ) -> Result<Prepared, PublishError> {
        let ready = match self.prepare(stage, &revision.steps).await? {
            Readiness::Ready(ready) => ready,
            Readiness::Exists(receipt) => return Err(exists_already(receipt)),
        };
        let stamp = Stamp {
            now: self.cx.now(),
            attempt: self.ids.next(self.cx.now()),
        };
        stage.seal(self.cx, &revision.steps, ready, &stamp)
    }

    async fn send_update(
        &self,
        stage: &SinkStage,
        receipt: &Receipt,
        change: &Prepared,
    ) -> Result<Receipt, PublishError> {
        let mut retries = RetryPolicy::of(Repeat::Never);
        loop {
            let step = retries.next_step("update");
            let updated = stage.update(self.cx, receipt, change);
            match updated.instrument(step).await {
                Err(error) if retries.waits(&error, self.cx, self.stop).await => {}
                result => return result,
            }
        }
    }
}

fn with_receipt(change: &Prepared, receipt: &Receipt) -> Result<Prepared, PublishError> {
    change.with_receipt(receipt).map_err(|error| {
        let message = "the recorded post cannot be addressed";
        PublishError::new(
            syndicate_api::PublishErrorKind::Rejected,
            syndicate_api::Code::Unsupported,
            message,
        )
        .caused_by(error.to_string())
    })
}

//! Requests about a post that is out, or may be: the very same creating request once more, and a change.

use std::time::Duration;

use tracing::{Instrument as _, info_span};

use syndicate_api::{Code, Prepared, PublishError, Receipt, Repeat};

use super::{AttemptResult, Recorder, missing_payload};
use crate::engine::deadline::Deadline;
use crate::engine::retry::RetryPolicy;
use crate::engine::{PlanEntry, SinkStage, account, clock};
use crate::ledger::{Attempt, Claim, EventKind, Settlement};

impl Recorder<'_> {
    /// Repeats the very request of an unknown attempt, once, and records what that tells. The post is
    /// out either way: the answer says that it was there, or it is now. `None` when even that is not
    /// known. The answer proves something only for the time `proves_for`; the request does not leave
    /// later.
    pub(in crate::engine) async fn probe(
        &mut self,
        attempt: &Attempt,
        stage: &SinkStage,
        prepared: &Prepared,
        proves_for: Duration,
    ) -> Result<Option<Receipt>, AttemptResult> {
        let claim = Claim::new(self.run, self.cx.now());
        let deadline = Deadline::of(&claim, self.cx.clock).within(proves_for);
        clock::forget(self.cx);
        let checked = account::check(attempt, stage, self.cx).await;
        if let Err(error) = checked.and_then(|()| clock::check(self.cx)) {
            return Err(AttemptResult::Answered(Err(error)));
        }
        let repeated = EventKind::Probed {
            attempt: attempt.clone(),
            claim,
        };
        self.record(repeated)
            .await
            .map_err(|error| AttemptResult::Unrecorded {
                error,
                created: None,
            })?;
        if let Err(error) = self.verify() {
            return Err(AttemptResult::Unrecorded {
                error,
                created: None,
            });
        }
        // The machine may have slept meanwhile, and a late repetition would be a second post.
        if let Err(expired) = deadline.check() {
            return self.still_unknown(attempt, &expired).await;
        }
        let step = info_span!("step", role = "probe");
        let receipt = match stage.sink.publish(self.cx, prepared).instrument(step).await {
            Ok(receipt) => receipt,
            Err(PublishError {
                existing: Some(receipt),
                ..
            }) => receipt,
            Err(error) => return self.still_unknown(attempt, &error).await,
        };
        let settled = EventKind::Settled {
            attempt: attempt.clone(),
            settlement: Settlement::Sent {
                remote: Some(receipt.clone()),
            },
        };
        match self.record(settled).await {
            Ok(()) => Ok(Some(receipt)),
            Err(error) => Err(AttemptResult::Unrecorded {
                error,
                created: Some(receipt),
            }),
        }
    }

    /// Records that a repetition proved nothing, so that no other machine waits for its run.
    async fn still_unknown(
        &mut self,
        attempt: &Attempt,
        error: &PublishError,
    ) -> Result<Option<Receipt>, AttemptResult> {
        let unknown = EventKind::Unknown {
            attempt: attempt.clone(),
            code: Code::OutcomeUnknown.as_str().to_owned(),
            message: format!("the answer to its repetition proves nothing: {error}"),
        };
        match self.record(unknown).await {
            Ok(()) => Ok(None),
            Err(error) => Err(AttemptResult::Unrecorded {
                error,
                created: None,
            }),
        }
    }

    /// Changes the post of `entry`, which is out. There is no intent, as doing it twice does no harm.
    pub(in crate::engine) async fn update(
        &mut self,
        entry: &PlanEntry,
        stage: &SinkStage,
    ) -> AttemptResult {
        let (Some(composed), Some(created), Some(receipt)) =
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
        let mut patience = RetryPolicy::of(Repeat::Never);
        loop {
            let step = patience.next_step("update");
            let updated = stage.sink.update(self.cx, receipt, revision);
            match updated.instrument(step).await {
                Ok(()) => break,
                Err(error) if patience.waits(&error, self.cx, self.stop).await => {}
                Err(error) => return AttemptResult::Answered(Err(error)),
            }
        }
        let attempt = Attempt {
            item: entry.item.id().to_owned(),
            keys: entry.item.keys.clone(),
            hash: composed.hash.clone(),
            digests: composed.digests.clone(),
            evidence: Some(entry.item.evidence.clone()).filter(|evidence| !evidence.is_empty()),
            ..created.clone()
        };
        match self.record(EventKind::Updated { attempt }).await {
            Ok(()) => AttemptResult::Answered(Ok(receipt.clone())),
            Err(error) => AttemptResult::Unrecorded {
                error,
                created: None,
            },
        }
    }
}

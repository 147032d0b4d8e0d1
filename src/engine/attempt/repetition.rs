//! Repeats the creating request of an attempt with an unknown outcome.

use std::sync::Arc;
use std::time::Duration;

use tracing::{Instrument as _, info_span};

use syndicate_api::{Code, Prepared, PublishError, Receipt};

use super::{AttemptResult, Created, Recorder, missing_payload};
use crate::engine::deadline::Deadline;
use crate::engine::resolve_unknown::recorded_otherwise;
use crate::engine::retry::race_pauses;
use crate::engine::{SinkStage, account, clock};
use crate::ledger::{Attempt, Claim, EventKind, LedgerError, Settlement};

impl Recorder<'_> {
    /// Repeats the creating request of an attempt with an unknown outcome once, and records the result.
    ///
    /// Afterwards the post exists in either case: the platform reports the existing one, or accepts the
    /// request. Returns `None` if the outcome is still unknown. The repetition proves something only within
    /// `proves_for`, so it is not sent later.
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
            attempt: Arc::new(attempt.clone()),
            claim,
        };
        self.claim_again(attempt, repeated)
            .await
            .map_err(AttemptResult::unclaimed)?;
        if let Err(error) = self.verify() {
            return Err(AttemptResult::unclaimed(error));
        }
        // The machine may have been suspended, and a late repetition could create a second post.
        if let Err(expired) = deadline.check() {
            return self.still_unknown(attempt, &expired).await;
        }
        let Some(create) = prepared.create_index() else {
            return Err(missing_payload());
        };
        let step = info_span!("step", role = "probe");
        let sent = stage.send(self.cx, prepared, create);
        let receipt = match sent.instrument(step).await {
            Ok(receipt) => receipt,
            Err(error) => match self.existing(attempt, error) {
                Ok(receipt) => receipt,
                Err(error) => return self.still_unknown(attempt, &error).await,
            },
        };
        self.found(attempt, receipt).await.map(Some)
    }

    /// Returns the existing post as whose duplicate the platform refused the repetition.
    ///
    /// # Errors
    /// `error` if it names no post, or one that is not the post of `attempt`.
    fn existing(&self, attempt: &Attempt, error: PublishError) -> Result<Receipt, PublishError> {
        let Some(existing) = &error.existing else {
            return Err(error);
        };
        match recorded_otherwise(existing, attempt, self.session.ledger_state()) {
            Some(reason) => Err(error.caused_by(reason)),
            None => Ok(existing.clone()),
        }
    }

    /// Records that the post of `attempt` is on the platform.
    pub(in crate::engine) async fn found(
        &mut self,
        attempt: &Attempt,
        receipt: Receipt,
    ) -> Result<Receipt, AttemptResult> {
        let settled = EventKind::Settled {
            attempt: Arc::new(attempt.clone()),
            settlement: Settlement::Sent {
                remote: Some(receipt.clone()),
            },
        };
        match self.record(settled).await {
            Ok(()) => Ok(receipt),
            Err(error) => Err(AttemptResult::Unrecorded {
                error,
                created: Created::Yes(receipt),
            }),
        }
    }

    /// Records the claim `repeated` on an attempt with an unknown outcome. Tries again while other runs
    /// append first and leave the attempt alone.
    ///
    /// # Errors
    /// [`LedgerError::Overtaken`] if another run has recorded something about the attempt.
    async fn claim_again(
        &mut self,
        attempt: &Attempt,
        repeated: EventKind,
    ) -> Result<(), LedgerError> {
        let known = self.session.ledger_state().attempt(&attempt.id).len();
        let mut pauses = race_pauses();
        loop {
            let Err(error) = self.record(repeated.clone()).await else {
                return Ok(());
            };
            let is_overtaken = matches!(error, LedgerError::Overtaken { .. });
            let is_same = self.session.ledger_state().attempt(&attempt.id).len() == known;
            let pause = pauses.next().filter(|_| is_overtaken && is_same);
            let Some(pause) = pause else {
                return Err(error);
            };
            self.cx.clock.sleep(pause).await;
        }
    }

    /// Records that a repetition proved nothing, which ends the claim of this run on the attempt.
    async fn still_unknown(
        &mut self,
        attempt: &Attempt,
        error: &PublishError,
    ) -> Result<Option<Receipt>, AttemptResult> {
        let unknown = EventKind::Unknown {
            attempt: Arc::new(attempt.clone()),
            code: Code::OutcomeUnknown.as_str().to_owned(),
            message: format!("the repeated request proves nothing: {error}"),
        };
        match self.record(unknown).await {
            Ok(()) => Ok(None),
            Err(ledger_error) => Err(AttemptResult::Unrecorded {
                error: ledger_error,
                created: Created::Maybe(error.clone()),
            }),
        }
    }
}

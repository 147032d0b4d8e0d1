//! Records the outcome of an attempt: refused, unknown, or not sent.

use jiff::Timestamp;
use syndicate_api::{Code, Prepared, PublishError, PublishErrorKind};
use tracing::info;

use super::{AttemptResult, Recorder};
use crate::engine::SinkStage;
use crate::engine::probe::ProofWindow;
use crate::ledger::{Attempt, Event, EventKind, LedgerError};

impl Recorder<'_> {
    /// Records an unknown outcome, and resolves it if the sink supports that.
    pub(super) async fn unknown(
        &mut self,
        attempt: Attempt,
        began: Timestamp,
        error: PublishError,
        stage: &SinkStage,
        prepared: &Prepared,
    ) -> AttemptResult {
        let recorded = self.failed(attempt.clone(), error).await;
        if matches!(recorded, AttemptResult::Unrecorded { .. }) {
            return recorded;
        }
        let window = ProofWindow::automatic(stage.sink.repeat());
        let Some(wait) = window.and_then(|window| window.wait(began, began, self.cx.now())) else {
            return recorded;
        };
        let pause_ms = wait.as_millis();
        info!(pause_ms, "waiting to find out whether the post was created");
        tokio::select! {
            () = self.cx.clock.sleep(wait) => {}
            // The next run resolves it.
            () = self.stop.cancelled() => return recorded,
        }
        let proves_for = window.and_then(|window| window.left(began, self.cx.now()));
        let Some(proves_for) = proves_for else {
            return recorded;
        };
        match self.probe(&attempt, stage, prepared, proves_for).await {
            Ok(Some(receipt)) => AttemptResult::Answered(Ok(receipt)),
            Ok(None) => recorded,
            Err(unrecorded) => unrecorded,
        }
    }

    pub(super) async fn failed(&mut self, attempt: Attempt, error: PublishError) -> AttemptResult {
        let existing = error.existing.clone();
        let error = self.excuse_retracted(&attempt, error);
        let (code, message) = (error.code.as_str().to_owned(), error.to_string());
        let kind = match error.kind {
            PublishErrorKind::Unknown => EventKind::Unknown {
                attempt,
                code,
                message,
            },
            kind => EventKind::Failed {
                attempt,
                code,
                message,
                until: match kind {
                    PublishErrorKind::Throttled { until } => until,
                    _ => None,
                },
                existing,
            },
        };
        match self.record(kind).await {
            Ok(()) => AttemptResult::Answered(Err(error)),
            Err(error) => AttemptResult::Unrecorded {
                error,
                created: None,
            },
        }
    }

    /// Rewrites the error of a refusal as a duplicate if the equal post was retracted. Platforms remember
    /// the text of a retracted post for some time.
    pub(super) fn excuse_retracted(
        &self,
        attempt: &Attempt,
        mut error: PublishError,
    ) -> PublishError {
        let Some(existing) = error
            .existing
            .as_ref()
            .filter(|_| error.code == Code::Duplicate)
        else {
            return error;
        };
        let retracted =
            self.session
                .ledger_state()
                .retracted(&attempt.keys, &attempt.sink, &existing.id);
        if let Some(at) = retracted {
            let day = at.strftime("%Y-%m-%d");
            error.message = format!(
                "the platform still refuses it as a duplicate of `{}`, which was retracted on {day}",
                existing.id
            );
            error.hint = Some("change the text, or send it again in a few hours".to_owned());
            error.existing = None;
        }
        error
    }

    pub(super) async fn record(&mut self, kind: EventKind) -> Result<(), LedgerError> {
        let event = Event::new(self.ids, self.cx.now(), kind);
        if self.preface.is_empty() {
            return self.session.append(event).await;
        }
        let mut events = self.preface.clone();
        events.push(event);
        self.session.append_all(events).await?;
        self.preface.clear();
        Ok(())
    }

    /// Records that the creating request was not sent.
    pub(super) async fn not_left(&mut self, attempt: Attempt, why: LedgerError) -> AttemptResult {
        let error = PublishError::new(
            PublishErrorKind::Unavailable,
            Code::NotLeft,
            "the ledger was overwritten, so nothing was sent",
        );
        match self.failed(attempt, error.caused_by(why.to_string())).await {
            AttemptResult::Answered(_) => AttemptResult::Unrecorded {
                error: why,
                created: None,
            },
            unrecorded @ AttemptResult::Unrecorded { .. } => unrecorded,
        }
    }
}

//! Records the outcome of an attempt: refused, unknown, or not sent.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use syndicate_api::{Code, Prepared, PublishError, PublishErrorKind, Repeat};
use tracing::info;

use super::{AttemptResult, Created, Recorder};
use crate::engine::proof_window::ProofWindow;
use crate::engine::shared_plan::Verdict;
use crate::engine::{PlanEntry, SinkStage};
use crate::ledger::{Attempt, Event, EventKind, LedgerError, LedgerState};

impl Recorder<'_> {
    /// Records an unknown outcome, and resolves it if the sink supports that.
    pub(super) async fn unknown(
        &mut self,
        attempt: Attempt,
        (sealed, began): (Timestamp, Timestamp),
        error: PublishError,
        stage: &SinkStage,
        prepared: &Prepared,
    ) -> AttemptResult {
        let recorded = self.failed(attempt.clone(), error).await;
        if matches!(recorded, AttemptResult::Unrecorded { .. }) {
            return recorded;
        }
        let rule = prepared
            .create_index()
            .map(|create| prepared.repeat_of(create));
        // A keyed request was repeated already.
        let rule = rule.filter(|rule| matches!(rule, Repeat::Evidence { .. }));
        let window = rule.and_then(|rule| ProofWindow::automatic(rule, sealed));
        let Some(wait) = window.and_then(|window| window.wait(began, self.cx.now())) else {
            return recorded;
        };
        let pause_ms = wait.as_millis();
        info!(pause_ms, "waiting to find out whether the post was created");
        tokio::select! {
            () = self.cx.clock.sleep(wait) => {}
            // The next run resolves it.
            () = self.stop.cancelled() => return recorded,
        }
        let proves_for = window.and_then(|window| window.left(self.cx.now()));
        let Some(proves_for) = proves_for else {
            return recorded;
        };
        match self.probe(&attempt, stage, prepared, proves_for).await {
            Ok(Some(receipt)) => {
                self.follow_up(&attempt, stage, prepared, &receipt).await;
                AttemptResult::Answered(Ok(receipt))
            }
            Ok(None) => recorded,
            // Another run resolves it.
            Err(AttemptResult::Overtaken(_)) => recorded,
            Err(unrecorded) => unrecorded,
        }
    }

    pub(super) async fn failed(&mut self, attempt: Attempt, error: PublishError) -> AttemptResult {
        let existing = error.existing.clone();
        let error = self.excuse_retracted(&attempt, error);
        let (code, message) = (error.code.as_str().to_owned(), error.to_string());
        let kind = match error.kind {
            PublishErrorKind::Unknown => EventKind::Unknown {
                attempt: Arc::new(attempt),
                code,
                message,
            },
            kind => EventKind::Failed {
                attempt: Arc::new(attempt),
                code,
                message,
                until: match kind {
                    PublishErrorKind::Throttled { until } => until,
                    _ => None,
                },
                existing,
            },
        };
        let Err(ledger_error) = self.record(kind).await else {
            return AttemptResult::Answered(Err(error));
        };
        let created = match error.kind {
            PublishErrorKind::Unknown => Created::Maybe(error),
            _ => Created::No,
        };
        AttemptResult::Unrecorded {
            error: ledger_error,
            created,
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
        let ledger_state = self.session.ledger_state();
        let retracted = existing.id.as_deref();
        let retracted =
            retracted.and_then(|id| ledger_state.retracted(&attempt.keys, &attempt.sink, id));
        if let Some(at) = retracted {
            let day = at.strftime("%Y-%m-%d");
            error.message = format!(
                "the platform still refuses it as a duplicate of `{}`, which was retracted on {day}",
                existing.label()
            );
            error.hint = Some("change the text, or send it again in a few hours".to_owned());
            error.existing = None;
        }
        error
    }

    pub(super) async fn record(&mut self, kind: EventKind) -> Result<(), LedgerError> {
        let mut events = self.preface.clone();
        events.push(Event::new(self.ids, self.cx.now(), kind));
        self.append(events).await?;
        self.preface.clear();
        Ok(())
    }

    /// Records the intent of `entry`. If other workers carry out the plan as well, decides again in the same transaction
    /// whether it may be sent.
    pub(super) async fn record_intent(
        &mut self,
        entry: &PlanEntry,
        intent: EventKind,
    ) -> Result<Verdict, LedgerError> {
        let Some(plan) = self.shared_plan else {
            return self.record(intent).await.map(|()| Verdict::Send);
        };
        let verdict = Mutex::new(Verdict::Outdated);
        let decide = |ledger_state: &LedgerState, now: Timestamp| {
            let decided = plan.decide(entry, ledger_state, now);
            let is_sent = decided == Verdict::Send;
            *verdict.lock().unwrap_or_else(PoisonError::into_inner) = decided;
            is_sent
        };
        let intent = Event::new(self.ids, self.cx.now(), intent);
        let recorded = self.session.append_decided(vec![intent], &decide).await?;
        Ok(match recorded {
            Some(_) => Verdict::Send,
            None => verdict.into_inner().unwrap_or_else(PoisonError::into_inner),
        })
    }

    /// Appends `events`. A store with several writers may add theirs at the same time; the plan of this run
    /// does not know them.
    async fn append(&mut self, events: Vec<Event>) -> Result<(), LedgerError> {
        let expected = self.session.ledger_state().event_count() + events.len();
        let appended = self.session.append_all(events).await;
        // A failed append may have read them as well.
        if appended.is_err() || self.session.ledger_state().event_count() != expected {
            *self.has_foreign_events = true;
        }
        appended
    }

    /// Records the events of the preface, and reads what other machines recorded of the delivery.
    /// Sets `has_foreign_events` if there is something new.
    ///
    /// # Errors
    /// As [`crate::ledger::LedgerSession::append`].
    pub(in crate::engine) async fn catch_up(&mut self) -> Result<(), LedgerError> {
        let before = self.session.ledger_state().event_count();
        self.session.refresh().await?;
        if self.session.ledger_state().event_count() != before {
            *self.has_foreign_events = true;
        }
        if !self.preface.is_empty() && !*self.has_foreign_events {
            let events = self.preface.clone();
            self.append(events).await?;
            self.preface.clear();
        }
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
            AttemptResult::Answered(_) => AttemptResult::unclaimed(why),
            unrecorded => unrecorded,
        }
    }
}

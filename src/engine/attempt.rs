//! One attempt to make one delivery, with the ledger kept before and after each step that matters.

use jiff::Timestamp;
use syndicate_api::{
    Code, Context, Payload, Prepared, PublishError, PublishErrorKind, Receipt, Repeat,
};

use super::deadline::Deadline;
use super::probe::Window;
use super::retry::Patience;
use super::{Entry, SinkStage, Stop, account, clock};
use crate::ledger::{
    Attempt, Claim, Event, Ids, Kind, LedgerError, RepeatRule, Session, Settlement,
};

/// What came of an attempt.
pub(super) enum Attempted {
    /// The sink answered, and that is on record.
    Answered(Result<Receipt, PublishError>),
    /// Something could not be put on record.
    Unrecorded {
        /// Why.
        error: LedgerError,
        /// What was created all the same, where something was.
        created: Option<Receipt>,
    },
}

fn nothing_encoded() -> Attempted {
    let (kind, code) = (PublishErrorKind::Rejected, Code::Rejected);
    Attempted::Answered(Err(PublishError::new(kind, code, "nothing was encoded")))
}

/// Makes attempts and keeps the ledger over them.
pub(super) struct Recorder<'a> {
    pub(super) cx: &'a Context,
    pub(super) session: &'a mut dyn Session,
    pub(super) ids: &'a dyn Ids,
    /// The random id of this run.
    pub(super) run: &'a str,
    /// Gives up what is waited for.
    pub(super) stop: &'a Stop,
    /// Events to record together with the first one.
    pub(super) preface: &'a mut Vec<Event>,
    /// What to say besides what became of the delivery.
    pub(super) notes: &'a mut Vec<String>,
}

impl Recorder<'_> {
    /// Prepares and publishes what `entry` holds.
    pub(super) async fn attempt(&mut self, entry: &Entry, stage: &SinkStage) -> Attempted {
        let Some(composed) = &entry.composed else {
            return nothing_encoded();
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
            return Attempted::Answered(Err(error));
        }
        if let Some(again) = again {
            // Whatever becomes of the repetition, the doubt about the first request stays.
            let doubt = Kind::Unknown {
                attempt: again.clone(),
                code: Code::OutcomeUnknown.as_str().to_owned(),
                message: "it got no answer, and is made again under its key".to_owned(),
            };
            if let Err(error) = self.record(doubt).await {
                return Attempted::Unrecorded {
                    error,
                    created: None,
                };
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

    /// Returns `attempt` with the account that it is made under. Says when that is another one than
    /// before.
    fn under(&mut self, attempt: Attempt, stage: &SinkStage, prepared: &Prepared) -> Attempt {
        let Some(account) = &prepared.account else {
            return attempt;
        };
        let digest = account::digest(stage.kind, account);
        let last = self.session.book().last_account(&stage.name);
        if last.is_some_and(|last| last != digest) {
            self.notes.push(format!(
                "sink `{}` sends as `{account}` now, which is not the account that it sent as before",
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
        let mut patience = Patience::of(Repeat::Never);
        clock::forget(self.cx);
        loop {
            match stage.sink.prepare(self.cx, payload).await {
                Err(error) if patience.waits(&error, self.cx, self.stop).await => {}
                result => {
                    clock::check(self.cx)?;
                    return result;
                }
            }
        }
    }

    /// Sends the creating request. What is repeated, under the same intent, are the same bytes, and
    /// only after an error that says that they were not accepted.
    async fn publish(
        &mut self,
        attempt: Attempt,
        again: bool,
        stage: &SinkStage,
        prepared: &Prepared,
    ) -> Attempted {
        let claim = Claim::new(self.run, self.cx.now());
        let deadline = Deadline::of(&claim, self.cx.clock);
        let intent = if again {
            Kind::Probed {
                attempt: attempt.clone(),
                claim,
            }
        } else {
            Kind::Intent {
                attempt: attempt.clone(),
                slots: prepared.slots.clone(),
                claim,
                repeat: self.rule(stage),
            }
        };
        if let Err(error) = self.record(intent).await {
            return Attempted::Unrecorded {
                error,
                created: None,
            };
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
            .record(Kind::Sent {
                attempt,
                remote: receipt.clone(),
            })
            .await
        {
            Ok(()) => Attempted::Answered(Ok(receipt)),
            Err(error) => Attempted::Unrecorded {
                error,
                created: Some(receipt),
            },
        }
    }

    /// Returns whether the request that leaves now may be repeated.
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

    /// Checks the ledger once more where it was overwritten while something was recorded.
    fn verify(&mut self) -> Result<(), LedgerError> {
        if self.session.take_overwritten() {
            return self.session.verify();
        }
        Ok(())
    }

    /// Records that the creating request did not leave.
    async fn not_left(&mut self, attempt: Attempt, why: LedgerError) -> Attempted {
        let error = PublishError::new(
            PublishErrorKind::Unavailable,
            Code::NotLeft,
            "the ledger was overwritten, so nothing was sent",
        );
        match self.failed(attempt, error.caused_by(why.to_string())).await {
            Attempted::Answered(_) => Attempted::Unrecorded {
                error: why,
                created: None,
            },
            unrecorded @ Attempted::Unrecorded { .. } => unrecorded,
        }
    }

    /// Makes the creating request, repeatedly where that is safe. Once it may have been accepted, no
    /// later refusal says that it was not.
    async fn request(
        &self,
        stage: &SinkStage,
        prepared: &Prepared,
        deadline: &Deadline,
    ) -> Result<Receipt, PublishError> {
        let mut patience = Patience::of(stage.sink.repeat());
        let mut doubt: Option<PublishError> = None;
        loop {
            if let Err(expired) = deadline.check() {
                return Err(doubt.unwrap_or(expired));
            }
            let error = match stage.sink.publish(self.cx, prepared).await {
                Ok(receipt) => return Ok(receipt),
                Err(error) => error,
            };
            if error.kind == PublishErrorKind::Unknown {
                doubt.get_or_insert_with(|| error.clone());
            }
            if !patience.waits(&error, self.cx, self.stop).await {
                return Err(doubt.unwrap_or(error));
            }
        }
    }

    /// Records that the outcome is unknown, and finds it out where the sink has a way.
    async fn unknown(
        &mut self,
        attempt: Attempt,
        began: Timestamp,
        error: PublishError,
        stage: &SinkStage,
        prepared: &Prepared,
    ) -> Attempted {
        let recorded = self.failed(attempt.clone(), error).await;
        if matches!(recorded, Attempted::Unrecorded { .. }) {
            return recorded;
        }
        let window = Window::by_itself(stage.sink.repeat());
        let Some(wait) = window.and_then(|window| window.wait(began, began, self.cx.now())) else {
            return recorded;
        };
        tokio::select! {
            () = self.cx.clock.sleep(wait) => {}
            // The next run finds it out.
            () = self.stop.requested() => return recorded,
        }
        match self.probe(&attempt, stage, prepared).await {
            Ok(Some(receipt)) => Attempted::Answered(Ok(receipt)),
            Ok(None) => recorded,
            Err(unrecorded) => unrecorded,
        }
    }

    /// Repeats the very request of an unknown attempt, once, and records what that tells. The post is
    /// out either way: the answer says that it was there, or it is now. `None` when even that is not
    /// known.
    pub(super) async fn probe(
        &mut self,
        attempt: &Attempt,
        stage: &SinkStage,
        prepared: &Prepared,
    ) -> Result<Option<Receipt>, Attempted> {
        if let Err(error) = account::check(attempt, stage, self.cx).await {
            return Err(Attempted::Answered(Err(error)));
        }
        let claim = Claim::new(self.run, self.cx.now());
        let repeated = Kind::Probed {
            attempt: attempt.clone(),
            claim,
        };
        self.record(repeated)
            .await
            .map_err(|error| Attempted::Unrecorded {
                error,
                created: None,
            })?;
        if let Err(error) = self.verify() {
            return Err(Attempted::Unrecorded {
                error,
                created: None,
            });
        }
        let receipt = match stage.sink.publish(self.cx, prepared).await {
            Ok(receipt) => receipt,
            Err(PublishError {
                existing: Some(receipt),
                ..
            }) => receipt,
            Err(_) => return Ok(None),
        };
        let settled = Kind::Settled {
            attempt: attempt.clone(),
            settlement: Settlement::Sent {
                remote: Some(receipt.clone()),
            },
        };
        match self.record(settled).await {
            Ok(()) => Ok(Some(receipt)),
            Err(error) => Err(Attempted::Unrecorded {
                error,
                created: Some(receipt),
            }),
        }
    }

    /// Changes the post of `entry`, which is out. There is no intent, as doing it twice does no harm.
    pub(super) async fn update(&mut self, entry: &Entry, stage: &SinkStage) -> Attempted {
        let (Some(composed), Some(created), Some(receipt)) =
            (&entry.composed, &entry.earlier, &entry.receipt)
        else {
            return nothing_encoded();
        };
        let Some(revision) = &composed.revision else {
            return nothing_encoded();
        };
        if let Err(error) = account::check(created, stage, self.cx).await {
            return Attempted::Answered(Err(error));
        }
        let mut patience = Patience::of(Repeat::Never);
        loop {
            match stage.sink.update(self.cx, receipt, revision).await {
                Ok(()) => break,
                Err(error) if patience.waits(&error, self.cx, self.stop).await => {}
                Err(error) => return Attempted::Answered(Err(error)),
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
        match self.record(Kind::Updated { attempt }).await {
            Ok(()) => Attempted::Answered(Ok(receipt.clone())),
            Err(error) => Attempted::Unrecorded {
                error,
                created: None,
            },
        }
    }

    async fn failed(&mut self, attempt: Attempt, error: PublishError) -> Attempted {
        let error = self.excuse_retracted(&attempt, error);
        let (code, message) = (error.code.as_str().to_owned(), error.to_string());
        let kind = match error.kind {
            PublishErrorKind::Unknown => Kind::Unknown {
                attempt,
                code,
                message,
            },
            kind => Kind::Failed {
                attempt,
                code,
                message,
                until: match kind {
                    PublishErrorKind::Throttled { until } => until,
                    _ => None,
                },
                existing: error.existing.clone(),
            },
        };
        match self.record(kind).await {
            Ok(()) => Attempted::Answered(Err(error)),
            Err(error) => Attempted::Unrecorded {
                error,
                created: None,
            },
        }
    }

    /// Says of a refusal as a duplicate when the equal post is one that was taken back: the platform
    /// remembers its text for a while.
    fn excuse_retracted(&self, attempt: &Attempt, mut error: PublishError) -> PublishError {
        let Some(existing) = error
            .existing
            .as_ref()
            .filter(|_| error.code == Code::Duplicate)
        else {
            return error;
        };
        let retracted = self
            .session
            .book()
            .retracted(&attempt.keys, &attempt.sink, &existing.id);
        if let Some(at) = retracted {
            let day = at.strftime("%Y-%m-%d");
            error.message = format!(
                "the platform still refuses it as equal to `{}`, which you took back on {day}",
                existing.id
            );
            error.hint = Some("change its text, or send it again some hours later".to_owned());
        }
        error
    }

    async fn record(&mut self, kind: Kind) -> Result<(), LedgerError> {
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
}

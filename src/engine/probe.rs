//! Finds out whether an attempt with an unknown outcome arrived, by repeating the identical request. A platform that
//! has the post refuses the repetition, or knows its key. The rule that was recorded with the intent decides.

use jiff::Timestamp;
use syndicate_api::{Context, Item, Prepared, PublishError, Ready, Receipt, Repeat, Role};
use tokio_util::sync::CancellationToken;

use super::attempt::{AttemptResult, Recorder};
use super::loading_media::LoadingMedia;
use super::proof_window::ProofWindow;
use super::{
    OpenAttempt, PipelineScan, PlanPurpose, Planning, QuotaScope, Selection, SinkStage, StageChain,
    make_plan,
};
use crate::ledger::{Attempt, Event, EventKind, Ids, LedgerError, LedgerSession, LedgerState};

/// The reason why an attempt could not be probed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProbeError {
    /// It is too early or too late, or the payload has changed.
    #[error("{0}")]
    Unfit(String),
    /// The sink refuses the repetition, for example because the account differs.
    #[error(transparent)]
    Refused(PublishError),
    /// The platform's answer was inconclusive.
    #[error("the answer to the repetition proves nothing; it is still unknown")]
    Nothing,
    /// The result could not be recorded.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// The inputs of a probe.
pub(crate) struct ProbeContext<'a> {
    /// The pipeline.
    pub stages: &'a StageChain,
    /// The items of all sources.
    pub scanned: &'a PipelineScan,
    /// Access to clock, network, environment and caches.
    pub cx: &'a Context,
    /// The generator of event ids.
    pub ids: &'a dyn Ids,
    /// The random id of this process.
    pub run: &'a str,
}

/// The creating requests of an attempt.
struct Requests<'l> {
    intent: &'l Event,
    first: Timestamp,
    last: Timestamp,
    is_repeated: bool,
}

impl ProbeContext<'_> {
    /// Probes `open` at the user's request, and records the post if it exists.
    ///
    /// # Errors
    /// [`ProbeError`]. The outcome stays unknown, except for [`ProbeError::Ledger`].
    pub(crate) async fn probe(
        &self,
        open: &OpenAttempt,
        session: &mut dyn LedgerSession,
    ) -> Result<Receipt, ProbeError> {
        if open.is_duplicate {
            // Another refusal would not show whether the existing post is this one. Once the platform
            // has forgotten that post, the request would create a second one.
            return Err(unfit(
                "the platform has an equal post, so that another request proves nothing",
            ));
        }
        let stage = self.stage(&open.attempt)?;
        let now = self.cx.now();
        let requests = Requests::of(&open.attempt, session.ledger_state())?;
        let rule = requests.rule(stage);
        let window = ProofWindow::of(rule, requests.first);
        let window = window.ok_or_else(|| unfit("its platform takes an equal post twice"))?;
        let last = last_end(open, (rule, requests.last), session, now);
        let wait = window.wait(last, now);
        match wait.map(|wait| wait.as_secs_f64().ceil()) {
            None => Err(ProbeError::Unfit(format!(
                "it is too late: after {} a repetition could be a second post",
                window.until().strftime("%Y-%m-%d %H:%M:%S UTC")
            ))),
            Some(1.0) => Err(unfit("it is too early: probe it 1 second from now")),
            Some(seconds) if seconds > 0.0 => Err(ProbeError::Unfit(format!(
                "it is too early: probe it {seconds} seconds from now"
            ))),
            Some(_) => match self.repeat(open, stage, window, session).await {
                Err(ProbeError::Ledger(LedgerError::Overtaken { .. })) => {
                    Err(unfit("another run is resolving it now"))
                }
                result => result,
            },
        }
    }

    /// Probes `open` if its sink permits automatic probes, none was made yet and the window is open.
    /// Returns `None` if the outcome is still unknown.
    ///
    /// # Errors
    /// If the ledger cannot be written.
    pub(super) async fn probe_automatically(
        &self,
        open: &OpenAttempt,
        session: &mut dyn LedgerSession,
        stop: &CancellationToken,
    ) -> Result<Option<Receipt>, LedgerError> {
        let Ok(stage) = self.stage(&open.attempt) else {
            return Ok(None);
        };
        let groups = session.ledger_state().groups_of(&open.attempt.keys);
        if session.ledger_state().has_retraction(&groups, &stage.name) {
            // The platform no longer detects the duplicate and would create a second post.
            return Ok(None);
        }
        let now = self.cx.now();
        let Ok(requests) = Requests::of(&open.attempt, session.ledger_state()) else {
            return Ok(None);
        };
        let rule = requests.rule(stage);
        // A refused repetition proves nothing, and another one would not either. A key may be tried again.
        if requests.is_repeated && !matches!(rule, Repeat::Keyed { .. }) {
            return Ok(None);
        }
        let Some(window) = ProofWindow::automatic(rule, requests.first) else {
            return Ok(None);
        };
        let last = last_end(open, (rule, requests.last), session, now);
        let Some(wait) = window.wait(last, now) else {
            return Ok(None);
        };
        tokio::select! {
            biased;
            () = stop.cancelled() => return Ok(None),
            () = self.cx.clock.sleep(wait) => {}
        }
        match self.repeat(open, stage, window, session).await {
            Ok(receipt) => Ok(Some(receipt)),
            Err(ProbeError::Ledger(error)) => Err(error),
            Err(ProbeError::Unfit(_) | ProbeError::Refused(_) | ProbeError::Nothing) => Ok(None),
        }
    }

    /// Returns the item of `attempt`, if a source still has it.
    pub(super) fn item(&self, attempt: &Attempt) -> Option<&Item> {
        let mut items = self.scanned.items.iter().map(|(_, item)| item);
        let item = items.find(|item| item.keys.iter().any(|key| attempt.keys.contains(key)));
        item.map(AsRef::as_ref)
    }

    /// Returns the sink of `attempt`.
    ///
    /// # Errors
    /// [`ProbeError::Unfit`] if it is not in pipeline.yaml, or not in the sandbox.
    pub(super) fn stage(&self, attempt: &Attempt) -> Result<&SinkStage, ProbeError> {
        let mut stages = self.stages.sinks.iter();
        let stage = stages.find(|stage| stage.name == attempt.sink && !stage.skipped_in_sandbox);
        stage.ok_or_else(|| unfit("its sink is no longer in pipeline.yaml"))
    }

    async fn repeat(
        &self,
        open: &OpenAttempt,
        stage: &SinkStage,
        window: ProofWindow,
        session: &mut dyn LedgerSession,
    ) -> Result<Receipt, ProbeError> {
        let prepared = self.prepared(&open.attempt, session).await?;
        let proves_for = window.left(self.cx.now());
        let proves_for = proves_for.ok_or(ProbeError::Nothing)?;
        let (stop, mut preface, mut notes) = (CancellationToken::new(), Vec::new(), Vec::new());
        let mut recorder = Recorder {
            cx: self.cx,
            session,
            ids: self.ids,
            run: self.run,
            stop: &stop,
            preface: &mut preface,
            notes: &mut notes,
            media: LoadingMedia::default(),
            shared_plan: None,
            has_foreign_events: &mut false,
        };
        let attempt = &open.attempt;
        match recorder.probe(attempt, stage, &prepared, proves_for).await {
            Ok(receipt) => receipt.ok_or(ProbeError::Nothing),
            Err(AttemptResult::Refused(_)) => Err(ProbeError::Nothing),
            Err(AttemptResult::Overtaken(error) | AttemptResult::Unrecorded { error, .. }) => {
                Err(error.into())
            }
            Err(AttemptResult::Answered(Err(error))) => Err(ProbeError::Refused(error)),
            Err(AttemptResult::Answered(Ok(receipt))) => Ok(receipt),
        }
    }

    /// Returns the identical requests of `attempt`: as this machine sent them, or composed again with the recorded slots.
    ///
    /// # Errors
    /// [`ProbeError::Unfit`] if the post has changed since and another machine sent it.
    pub(super) async fn prepared(
        &self,
        attempt: &Attempt,
        session: &dyn LedgerSession,
    ) -> Result<Prepared, ProbeError> {
        if let Some(prepared) = session.request(&attempt.id) {
            return Ok(prepared);
        }
        let requests = Requests::of(attempt, session.ledger_state())?;
        let EventKind::Intent { slots, repeat, .. } = &requests.intent.kind else {
            return Err(unfit("its intent is not on record"));
        };
        let selection = Selection::of_keys(&attempt.keys, self.scanned);
        let planning = Planning {
            stages: self.stages,
            scanned: self.scanned,
            selection: &selection,
            purpose: PlanPurpose::Show,
            quota: QuotaScope::NextRun,
            held_back: &[],
            attempted: &[],
        };
        // Planned with an empty ledger, because the recorded attempt would keep the payload from being composed.
        let plan = make_plan(&planning, &LedgerState::default(), self.cx).await;
        let mut entries = plan.entries.into_iter();
        let entry = entries.find(|entry| entry.sink == attempt.sink);
        let composed = entry.and_then(|entry| entry.composed);
        let composed = composed.filter(|composed| composed.hash == attempt.hash);
        let composed = composed.ok_or_else(|| {
            unfit("the post has changed since, and only the very same request proves anything")
        })?;
        let steps = &composed.payload.steps;
        let rules = steps.iter().map(|step| match step.role {
            Role::Create => repeat.unwrap_or(Repeat::Never),
            Role::Prepare | Role::Before | Role::FollowUp => Repeat::Never,
        });
        let ready = Ready {
            slots: slots.clone(),
            repeat: rules.collect(),
            account: None,
        };
        let filled = Prepared::fill(steps, ready);
        filled.map_err(|error| ProbeError::Unfit(error.to_string()))
    }
}

impl<'l> Requests<'l> {
    fn of(attempt: &Attempt, ledger_state: &'l LedgerState) -> Result<Self, ProbeError> {
        let events = ledger_state.attempt(&attempt.id);
        let left = |event: &&Event| {
            matches!(
                event.kind,
                EventKind::Intent { .. } | EventKind::Probed { .. }
            )
        };
        let mut requests = events.into_iter().filter(left);
        let intent = requests.next();
        let intent = intent.ok_or_else(|| unfit("its intent is not on record"))?;
        let last = requests.next_back().map(|event| event.at);
        Ok(Self {
            intent,
            first: intent.at,
            last: last.unwrap_or(intent.at),
            is_repeated: last.is_some(),
        })
    }

    /// Returns the recorded rule, or that of the sink for intents of 0.1.0, which record none.
    fn rule(&self, stage: &SinkStage) -> Repeat {
        match &self.intent.kind {
            EventKind::Intent {
                repeat: Some(repeat),
                ..
            } => *repeat,
            _ => stage.sink.repeat(Role::Create, self.first),
        }
    }
}

/// Returns the time from which to wait before a request that was last sent at `last` is repeated: that time, or for a key
/// that the platform knows late, a time at which the request had ended. It is the time of its answer, or if its run was
/// interrupted, the time when the end of that run was first noticed.
fn last_end(
    open: &OpenAttempt,
    (rule, last): (Repeat, Timestamp),
    session: &mut dyn LedgerSession,
    now: Timestamp,
) -> Timestamp {
    if !matches!(rule, Repeat::Keyed { from: Some(_), .. }) {
        return last;
    }
    if open.claim.is_some() {
        return last.max(session.abandoned_since(&open.attempt.id, now));
    }
    let events = session.ledger_state().attempt(&open.attempt.id);
    last.max(events.last().map_or(now, |event| event.at))
}

fn unfit(message: &str) -> ProbeError {
    ProbeError::Unfit(message.to_owned())
}

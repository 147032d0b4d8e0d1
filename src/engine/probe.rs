//! Probes whether an attempt with an unknown outcome arrived, by repeating the identical request. A
//! platform that has the post refuses the repetition. The repetition must not be too early, because the
//! platform may not have indexed the post yet, and not too late, because the platform would no longer
//! detect the duplicate and would create a second post.

use std::time::Duration;

use jiff::Timestamp;
use syndicate_api::{Context, Prepared, PublishError, Receipt, Repeat};
use tokio_util::sync::CancellationToken;

use super::attempt::{AttemptResult, Recorder};
use super::{
    OpenAttempt, PipelineScan, PlanPurpose, Planning, QuotaScope, Selection, SinkStage, StageChain,
    make_plan,
};
use crate::ledger::{EventKind, Ids, LedgerError, LedgerSession, LedgerState};

/// The period in which a repetition is conclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ProofWindow {
    after: Duration,
    within: Duration,
}

impl ProofWindow {
    /// Returns the window of a sink that detects duplicates.
    fn of(repeat: Repeat) -> Option<Self> {
        match repeat {
            Repeat::Evidence { after, within, .. } => Some(Self { after, within }),
            Repeat::Keyed => Some(Self {
                after: Duration::ZERO,
                within: Duration::MAX,
            }),
            Repeat::Never => None,
        }
    }

    /// Returns the window if a run may probe without being asked to.
    pub(super) fn automatic(repeat: Repeat) -> Option<Self> {
        match repeat {
            Repeat::Evidence {
                by_itself: true, ..
            } => Self::of(repeat),
            // A request with an idempotency key is repeated without a probe.
            _ => None,
        }
    }

    /// Returns how long to wait before repeating a request that was first sent at `first` and last sent at
    /// `last`. Returns `None` if it would be too late then.
    pub(super) fn wait(
        self,
        first: Timestamp,
        last: Timestamp,
        now: Timestamp,
    ) -> Option<Duration> {
        let left = self.left(first, now)?;
        let since = Duration::try_from(now.duration_since(last)).unwrap_or_default();
        let wait = self.after.saturating_sub(since);
        (wait <= left).then_some(wait)
    }

    /// Returns how much longer a repetition of a request first sent at `first` is conclusive, or `None` if
    /// the window is over. It is also over if `now` is before `first`, since the clock was set back.
    pub(super) fn left(self, first: Timestamp, now: Timestamp) -> Option<Duration> {
        let age = Duration::try_from(now.duration_since(first)).ok()?;
        self.within.checked_sub(age)
    }
}

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

/// The times of an attempt's creating requests.
struct Requests {
    first: Timestamp,
    last: Timestamp,
    repeated: bool,
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
        let stage = self.stage(open)?;
        let window = ProofWindow::of(stage.sink.repeat());
        let window = window.ok_or_else(|| unfit("its platform takes an equal post twice"))?;
        let requests = requests(open, session.ledger_state())?;
        let wait = window.wait(requests.first, requests.last, self.cx.now());
        match wait.map(|wait| wait.as_secs_f64().ceil()) {
            None => Err(ProbeError::Unfit(format!(
                "it is too late: after {} seconds a repetition could be a second post",
                window.within.as_secs()
            ))),
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
        let Ok(stage) = self.stage(open) else {
            return Ok(None);
        };
        let Some(window) = ProofWindow::automatic(stage.sink.repeat()) else {
            return Ok(None);
        };
        let groups = session.ledger_state().groups_of(&open.attempt.keys);
        if session.ledger_state().has_retraction(&groups, &stage.name) {
            // The platform no longer detects the duplicate and would create a second post.
            return Ok(None);
        }
        let Ok(Requests {
            first,
            last,
            repeated: false,
        }) = requests(open, session.ledger_state())
        else {
            return Ok(None);
        };
        let Some(wait) = window.wait(first, last, self.cx.now()) else {
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

    fn stage(&self, open: &OpenAttempt) -> Result<&SinkStage, ProbeError> {
        let mut stages = self.stages.sinks.iter();
        let stage =
            stages.find(|stage| stage.name == open.attempt.sink && !stage.skipped_in_sandbox);
        stage.ok_or_else(|| unfit("its sink is no longer in pipeline.yaml"))
    }

    async fn repeat(
        &self,
        open: &OpenAttempt,
        stage: &SinkStage,
        window: ProofWindow,
        session: &mut dyn LedgerSession,
    ) -> Result<Receipt, ProbeError> {
        let prepared = self.prepared(open, session.ledger_state()).await?;
        let first = requests(open, session.ledger_state())?.first;
        let proves_for = window.left(first, self.cx.now());
        let proves_for = proves_for.ok_or(ProbeError::Nothing)?;
        let mut recorder = Recorder {
            cx: self.cx,
            session,
            ids: self.ids,
            run: self.run,
            stop: &CancellationToken::new(),
            preface: &mut Vec::new(),
            notes: &mut Vec::new(),
            has_foreign_events: &mut false,
        };
        let attempt = &open.attempt;
        match recorder.probe(attempt, stage, &prepared, proves_for).await {
            Ok(receipt) => receipt.ok_or(ProbeError::Nothing),
            Err(AttemptResult::Overtaken(error) | AttemptResult::Unrecorded { error, .. }) => {
                Err(error.into())
            }
            Err(AttemptResult::Answered(Err(error))) => Err(ProbeError::Refused(error)),
            Err(AttemptResult::Answered(Ok(receipt))) => Ok(receipt),
        }
    }

    /// Returns the identical request of `open`, with its recorded slot values.
    async fn prepared(
        &self,
        open: &OpenAttempt,
        ledger_state: &LedgerState,
    ) -> Result<Prepared, ProbeError> {
        let attempt = &open.attempt;
        let events = ledger_state.attempt(&attempt.id);
        let slots = events.iter().find_map(|event| match &event.kind {
            EventKind::Intent { slots, .. } => Some(slots),
            _ => None,
        });
        let slots = slots.ok_or_else(|| unfit("its intent is not on record"))?;
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
        let filled = composed.payload.fill(slots.clone());
        filled.map_err(|error| ProbeError::Unfit(error.to_string()))
    }
}

fn requests(open: &OpenAttempt, ledger_state: &LedgerState) -> Result<Requests, ProbeError> {
    let events = ledger_state.attempt(&open.attempt.id);
    let left = |event: &&&crate::ledger::Event| {
        matches!(
            event.kind,
            EventKind::Intent { .. } | EventKind::Probed { .. }
        )
    };
    let mut times = events.iter().filter(left).map(|event| event.at);
    let first = times.next();
    let first = first.ok_or_else(|| unfit("its intent is not on record"))?;
    let last = times.next_back();
    Ok(Requests {
        first,
        last: last.unwrap_or(first),
        repeated: last.is_some(),
    })
}

fn unfit(message: &str) -> ProbeError {
    ProbeError::Unfit(message.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_repetition_is_neither_too_early_nor_too_late() {
        let window = ProofWindow {
            after: Duration::from_secs(30),
            within: Duration::from_secs(600),
        };
        let wait = |first, last, now| {
            let wait = window.wait(at(first), at(last), at(now));
            wait.map(|wait| wait.as_secs())
        };
        assert_eq!(wait(0, 0, 0), Some(30));
        assert_eq!(wait(0, 0, 29), Some(1));
        assert_eq!(wait(0, 0, 31), Some(0));
        assert_eq!(wait(0, 0, 600), Some(0));
        assert_eq!(wait(0, 0, 601), None);
        // A second repetition keeps its distance from the last one; the end of the window still counts from
        // the first request.
        assert_eq!(wait(0, 100, 110), Some(20));
        assert_eq!(wait(0, 590, 595), None);
        // After the clock was set back, the age of the first request is unknown.
        assert_eq!(wait(100, 100, 0), None);
        assert_eq!(wait(0, 100, 50), Some(30));
    }

    #[test]
    fn only_a_sink_that_says_so_is_probed_by_itself() {
        let evidence = |by_itself| Repeat::Evidence {
            after: Duration::ZERO,
            within: Duration::MAX,
            by_itself,
        };
        assert!(ProofWindow::automatic(evidence(true)).is_some());
        assert!(ProofWindow::automatic(evidence(false)).is_none());
        assert!(ProofWindow::automatic(Repeat::Keyed).is_none());
        assert!(ProofWindow::automatic(Repeat::Never).is_none());
        assert!(ProofWindow::of(evidence(false)).is_some());
    }
}

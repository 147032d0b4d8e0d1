//! Finding out, by the platform's own answer, whether an unknown attempt arrived: the very same
//! request once more, which a platform that has the post refuses. Not too early, as the platform may
//! not know of it yet, and not too late, as it forgets what an equal post was and would create a
//! second one.

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

/// When a repetition proves something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ProofWindow {
    after: Duration,
    within: Duration,
}

impl ProofWindow {
    /// The window of a sink whose answers are proof.
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

    /// The same, where a run may make use of it by itself.
    pub(super) fn by_itself(repeat: Repeat) -> Option<Self> {
        match repeat {
            Repeat::Evidence {
                by_itself: true, ..
            } => Self::of(repeat),
            // What knows our key is simply sent again.
            _ => None,
        }
    }

    /// How long to wait with a repetition of what first left at `first` and last at `last`; `None`
    /// when that would be too late.
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

    /// How much longer a repetition of what first left at `first` proves something; `None` when that is
    /// over. A clock that was put back since hides how long ago that was.
    pub(super) fn left(self, first: Timestamp, now: Timestamp) -> Option<Duration> {
        let age = Duration::try_from(now.duration_since(first)).ok()?;
        self.within.checked_sub(age)
    }
}

/// Why an attempt cannot be probed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProbeError {
    /// It is too early or too late, or what was sent is no longer what would be.
    #[error("{0}")]
    Unfit(String),
    /// The sink may not repeat it, as with another account.
    #[error(transparent)]
    Refused(PublishError),
    /// The platform's answer proved nothing.
    #[error("the answer to the repetition proves nothing; it is still unknown")]
    Nothing,
    /// What was found could not be put on record.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// What a probe works with.
pub(crate) struct ProbeContext<'a> {
    /// The pipeline.
    pub stages: &'a StageChain,
    /// What the sources yielded.
    pub scanned: &'a PipelineScan,
    /// The world outside.
    pub cx: &'a Context,
    /// Where identifiers come from.
    pub ids: &'a dyn Ids,
    /// The random id of this process.
    pub run: &'a str,
}

/// When the creating requests of an attempt left.
struct Requests {
    first: Timestamp,
    last: Timestamp,
    repeated: bool,
}

impl ProbeContext<'_> {
    /// Probes `open` because somebody asks for it, and puts on record that it is out.
    ///
    /// # Errors
    /// [`ProbeError`]; except for its last kind nothing has been found out.
    pub(crate) async fn ask(
        &self,
        open: &OpenAttempt,
        session: &mut dyn LedgerSession,
    ) -> Result<Receipt, ProbeError> {
        if open.is_duplicate {
            // An equal answer would again not say whether that post is this one, and once the
            // platform has forgotten that post, the request would create a second one.
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
            Some(_) => self.repeat(open, stage, window, session).await,
        }
    }

    /// Probes `open` if its sink does so by itself, it was not done before and there is still time.
    /// `None` when nobody is any wiser.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub(super) async fn by_itself(
        &self,
        open: &OpenAttempt,
        session: &mut dyn LedgerSession,
        stop: &CancellationToken,
    ) -> Result<Option<Receipt>, LedgerError> {
        let Ok(stage) = self.stage(open) else {
            return Ok(None);
        };
        let Some(window) = ProofWindow::by_itself(stage.sink.repeat()) else {
            return Ok(None);
        };
        let groups = session.ledger_state().groups_of(&open.attempt.keys);
        if session.ledger_state().has_retraction(&groups, &stage.name) {
            // The platform no longer refuses what it had, and would create it once more.
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
        let stage = stages.find(|stage| stage.name == open.attempt.sink && !stage.left_out);
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
        };
        let attempt = &open.attempt;
        match recorder.probe(attempt, stage, &prepared, proves_for).await {
            Ok(receipt) => receipt.ok_or(ProbeError::Nothing),
            Err(AttemptResult::Unrecorded { error, .. }) => Err(error.into()),
            Err(AttemptResult::Answered(Err(error))) => Err(ProbeError::Refused(error)),
            Err(AttemptResult::Answered(Ok(receipt))) => Ok(receipt),
        }
    }

    /// The very request of `open`, with its slots filled as they were then.
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
            share: QuotaScope::NextRun,
            held: &[],
        };
        // As if nothing were on record, since what is on record keeps it from being encoded.
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
        // A second repetition keeps the distance to the first, and the end is still that of the
        // first request.
        assert_eq!(wait(0, 100, 110), Some(20));
        assert_eq!(wait(0, 590, 595), None);
        // A clock that was put back hides how old the first request is.
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
        assert!(ProofWindow::by_itself(evidence(true)).is_some());
        assert!(ProofWindow::by_itself(evidence(false)).is_none());
        assert!(ProofWindow::by_itself(Repeat::Keyed).is_none());
        assert!(ProofWindow::by_itself(Repeat::Never).is_none());
        assert!(ProofWindow::of(evidence(false)).is_some());
    }
}

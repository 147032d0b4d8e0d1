//! Delivers the entries of a plan one by one. The intent is recorded before the creating request is
//! sent, and the outcome before the next delivery starts. A crash in between leaves an intent without an
//! outcome, which is never repeated blindly.

use std::time::Duration;

use syndicate_api::{Code, CodedError as _, Context, Diagnostic};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument as _, Span, info, info_span};

use super::attempt::{AttemptResult, Recorder};
use super::attempt_outcome::{closes, closing, not_tried, settle};
use super::live::check_live;
use super::loading_media::{LoadingMedia, NextMedia};
use super::shared_plan::{SharedPlan, Verdict};
use super::work_queue::WorkQueue;
use super::{Action, Outcome, Plan, PlanEntry, SinkStage, StageChain};
use crate::ledger::{Event, Ids, LedgerError, LedgerSession};

/// The inputs and state of a delivery run.
pub(super) struct DeliveryContext<'a> {
    pub(super) stages: &'a StageChain,
    pub(super) cx: &'a Context,
    pub(super) session: &'a mut dyn LedgerSession,
    pub(super) ids: &'a dyn Ids,
    pub(super) run: &'a str,
    pub(super) live_timeout: Duration,
    /// `true` if updates replace changes that were made on the platform.
    pub(super) overwrites: bool,
    pub(super) stop: &'a CancellationToken,
    /// Events to record together with the first event.
    pub(super) preface: Vec<Event>,
    /// The reason why a sink accepts nothing more in this run, by sink index.
    pub(super) closed: Vec<Option<Diagnostic>>,
    pub(super) notes: Vec<String>,
    /// `true` for the last plan of a run. If it is overtaken, it ends with an error.
    pub(super) is_last: bool,
}

/// The reason for which the last plan of a run leaves deliveries to other workers.
const BUSY: &str = "other workers keep changing the ledger; the next run tries again";

/// The end of a plan's deliveries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DeliverEnd {
    /// All deliveries were attempted, or the run was stopped.
    Done,
    /// Other machines appended to the ledger, so that the rest has to be planned again.
    Overtaken,
}

impl DeliveryContext<'_> {
    /// Delivers the entries of `plan` that have no outcome. Calls `report` for each delivery once its outcome
    /// is known. Sends nothing more once the ledger cannot be written or the run is cancelled, or as soon as
    /// the ledger has events that the plan does not know.
    ///
    /// # Errors
    /// If the next delivery cannot be claimed. All deliveries before it are recorded.
    pub(super) async fn deliver(
        &mut self,
        plan: &mut Plan,
        mut shared: Option<SharedPlan<'_>>,
        report: &mut (dyn FnMut(&PlanEntry) + Send),
    ) -> Result<DeliverEnd, LedgerError> {
        let mut queue = WorkQueue::of(plan);
        if shared.is_some() {
            self.session.begin_plan();
        }
        let end = self
            .deliver_queue(plan, &mut queue, &mut shared, report)
            .await;
        self.session.release().await;
        let end = end?;
        let is_overtaken = end == DeliverEnd::Overtaken;
        if shared.is_none() || is_overtaken && !self.is_last || self.stop.is_cancelled() {
            return Ok(end);
        }
        if queue.has_finished_elsewhere && !self.is_last {
            return Ok(DeliverEnd::Overtaken);
        }
        for index in queue.into_open() {
            let reason = match is_overtaken {
                true => BUSY,
                false => "another worker is preparing it",
            };
            plan.entries[index].wait(Code::Claimed, reason.to_owned());
        }
        Ok(DeliverEnd::Done)
    }

    async fn deliver_queue(
        &mut self,
        plan: &mut Plan,
        queue: &mut WorkQueue,
        shared: &mut Option<SharedPlan<'_>>,
        report: &mut (dyn FnMut(&PlanEntry) + Send),
    ) -> Result<DeliverEnd, LedgerError> {
        let Self {
            stages, cx, stop, ..
        } = *self;
        let mut has_foreign_events = false;
        let mut next_media = NextMedia::default();
        loop {
            if stop.is_cancelled() {
                break;
            }
            if let Some(shared) = shared {
                has_foreign_events = shared.take_in(self.session.ledger_state());
            }
            if has_foreign_events && (!self.is_last || shared.is_some()) {
                return Ok(DeliverEnd::Overtaken);
            }
            let Some(index) = self.next(plan, queue).await? else {
                break;
            };
            let entry = &mut plan.entries[index];
            if has_foreign_events {
                // The plan does not know those events, and one of them may be this delivery.
                let message = "other runs keep appending to the ledger";
                let problem = Diagnostic::new(Code::LedgerOvertaken, message);
                self.closed.fill(Some(problem.clone()));
                entry.fail(Outcome::Failed, problem);
                has_foreign_events = false;
                report(entry);
                continue;
            }
            let span = delivery_span(entry);
            if let Some(problem) = &self.closed[entry.sink_index] {
                not_tried(entry, problem);
            } else if let Some(why) = tokio::select! {
                biased;
                () = stop.cancelled() => return Ok(DeliverEnd::Done),
                why = not_live(entry, stages, cx, &mut self.live_timeout).instrument(span.clone()) => why,
            } {
                entry.wait(Code::NotLive, why);
            } else {
                span.in_scope(|| info!(action = ?entry.action, "delivery started"));
                let media = |index: usize| (index, plan.entries[index].media());
                let media = next_media.advance(media(index), queue.first().map(media));
                let entry = &mut plan.entries[index];
                let attempted =
                    self.attempt(entry, media, shared.as_ref(), &mut has_foreign_events);
                match attempted.instrument(span.clone()).await {
                    None => return Ok(DeliverEnd::Overtaken),
                    Some(AttemptResult::Refused(Verdict::Wait(reason))) => entry.wait_for(reason),
                    // The other workers go on, so nothing has failed.
                    Some(AttemptResult::Overtaken(_)) if shared.is_some() => {
                        entry.wait(Code::Claimed, BUSY.to_owned());
                    }
                    // It is planned again with the others that other workers have finished.
                    Some(AttemptResult::Refused(_)) => queue.has_finished_elsewhere = true,
                    Some(attempted) => {
                        self.close(entry.sink_index, &attempted);
                        settle(entry, attempted, cx.now());
                        span.in_scope(|| log_outcome(entry));
                    }
                }
            }
            // Waiting deliveries are reported with the rest of the plan.
            let entry = &plan.entries[index];
            if entry.outcome.is_some() {
                report(entry);
            }
        }
        Ok(DeliverEnd::Done)
    }

    /// Returns the next delivery to try. Those of closed sinks come first, because they need no claim.
    async fn next(
        &mut self,
        plan: &Plan,
        queue: &mut WorkQueue,
    ) -> Result<Option<usize>, LedgerError> {
        if self.session.shares_work() {
            let is_closed = |index: usize| self.closed[plan.entries[index].sink_index].is_some();
            if let Some(index) = queue.take_settled(is_closed) {
                return Ok(Some(index));
            }
        }
        queue.claim_next(plan, self.run, self.session).await
    }

    /// Attempts a delivery. Returns `None` if the plan has to be made again before that.
    async fn attempt(
        &mut self,
        entry: &PlanEntry,
        media: LoadingMedia,
        shared_plan: Option<&SharedPlan<'_>>,
        has_foreign_events: &mut bool,
    ) -> Option<AttemptResult> {
        let stage = &self.stages.sinks[entry.sink_index];
        let mut recorder = Recorder {
            cx: self.cx,
            session: &mut *self.session,
            ids: self.ids,
            run: self.run,
            stop: self.stop,
            preface: &mut self.preface,
            notes: &mut self.notes,
            media,
            shared_plan,
            has_foreign_events,
        };
        if entry.action != Action::Update {
            let attempted = recorder.attempt(entry, stage).await;
            let is_overtaken = matches!(attempted, AttemptResult::Overtaken(_));
            return Some(attempted).filter(|_| !is_overtaken || self.is_last);
        }
        // An update has no intent that would meet those of other machines.
        let caught_up = recorder.catch_up().await;
        let is_current = match shared_plan {
            Some(plan) => plan.is_current(entry, recorder.session.ledger_state()),
            None => !*recorder.has_foreign_events || self.is_last,
        };
        match caught_up {
            Ok(()) if !is_current && shared_plan.is_some() => {
                Some(AttemptResult::Refused(Verdict::Outdated))
            }
            Ok(()) if !is_current => None,
            Ok(()) => Some(recorder.update(entry, stage, self.overwrites).await),
            Err(LedgerError::Overtaken { .. }) if !self.is_last => None,
            Err(error) => Some(AttemptResult::unclaimed(error)),
        }
    }

    /// Closes the sinks that accept nothing more after an attempt with this result.
    fn close(&mut self, sink_index: usize, attempted: &AttemptResult) {
        match attempted {
            AttemptResult::Overtaken(error) | AttemptResult::Unrecorded { error, .. } => {
                let code = error.code().unwrap_or(Code::LedgerUnwritable);
                let why = match code {
                    Code::LedgerUnwritable => "the ledger cannot be written".to_owned(),
                    _ => error.to_string(),
                };
                self.closed.fill(Some(Diagnostic::new(code, why)));
            }
            AttemptResult::Answered(Err(error)) if closes(error) => {
                self.closed[sink_index] = Some(closing(error, self.cx.now()));
            }
            AttemptResult::Answered(_) | AttemptResult::Refused(_) => {}
        }
    }

    /// Marks the deliveries of `plan` that were not attempted, because `error` ended the run.
    pub(super) fn give_up(plan: &mut Plan, error: &LedgerError) {
        let code = error.code().unwrap_or(Code::LedgerUnwritable);
        let problem = Diagnostic::new(code, error.to_string());
        let left = plan.entries.iter_mut().filter(|entry| {
            matches!(entry.action, Action::Send | Action::Update) && entry.outcome.is_none()
        });
        left.for_each(|entry| not_tried(entry, &problem));
    }

    /// Records the remaining events and verifies that all events of this run are still in the ledger.
    pub(super) async fn finish(&mut self) -> Result<(), LedgerError> {
        let preface = std::mem::take(&mut self.preface);
        if !preface.is_empty() {
            self.session.append_all(preface).await?;
        }
        self.session.finish().await
    }
}

/// Returns the reason why readers cannot open the post yet. Waits for its page for up to `timeout`.
async fn not_live(
    entry: &PlanEntry,
    stages: &StageChain,
    cx: &Context,
    timeout: &mut Duration,
) -> Option<String> {
    let SinkStage { sink, policy, .. } = &stages.sinks[entry.sink_index];
    let is_checked = policy.live_check.unwrap_or_else(|| sink.reaches_readers());
    // A sent post was live when it was sent.
    if entry.action == Action::Update || !is_checked {
        return None;
    }
    let card_by = sink.capabilities().card;
    let checked = check_live(cx, &entry.item, card_by, timeout).await;
    checked.err().map(|not_live| not_live.to_string())
}

/// Returns the tracing span of a delivery, with its sink and post.
fn delivery_span(entry: &PlanEntry) -> Span {
    let sink = info_span!("sink", name = entry.sink);
    info_span!(parent: &sink, "post", id = entry.item.id())
}

fn log_outcome(entry: &PlanEntry) {
    info!(
        outcome = entry.outcome.map(tracing::field::debug),
        code = %entry.code,
        remote_id = entry.receipt.as_deref().map(syndicate_api::Receipt::label),
        "delivery recorded"
    );
}

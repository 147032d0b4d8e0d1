//! A session on a ledger in a git ref: appends by pushing a commit on top of the last known tip.
//!
//! If another run pushed first, outcomes and answers are put on top of its commit and pushed again. An
//! intent is not: the other run may be about to send the same post, so the caller has to plan again. If a
//! push has no clear answer, the remote is asked for its ref, whose events decide.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use tracing::info;

use super::commit::message;
use super::fetch::Snapshot;
use super::push::PushAnswer;
use super::shared::Shared;
use super::target::Target;
use crate::ledger::error::RemoteError;
use crate::ledger::{Event, EventKind, LedgerError, LedgerSession, LedgerState, LiveRuns, wire};

/// Maximum number of pushes of one append.
pub(super) const MAX_PUSHES: u32 = 10;

/// Maximum number of pushes without an answer, if the ref does not move meanwhile.
const MAX_UNANSWERED: u32 = 3;

/// The longest pause after the first lost race. It doubles with each further one.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(3);

/// A session on the ref. It locks nothing: the remote accepts only one of two pushes.
pub(super) struct GitRefSession {
    pub(super) shared: Arc<Shared>,
    pub(super) snapshot: Snapshot,
    pub(super) ledger_state: LedgerState,
    notes: Vec<String>,
    /// The events that the remote accepted in this session.
    pushed: Vec<Event>,
    /// Outcomes and answers that the remote did not accept yet.
    unpushed: Vec<Event>,
    /// Set when the ref lost events of this session; cleared by `take_overwritten`.
    is_overwritten: bool,
}

/// The error of a push that was not accepted.
pub(super) enum Failure {
    /// Another push was faster, if the ref has moved.
    Raced(LedgerError),
    /// The remote refused the push, unless the ref has moved.
    Refused(LedgerError),
    /// The answer was lost, or git failed before there was one.
    Unanswered(LedgerError),
}

impl GitRefSession {
    pub(super) fn new(shared: Arc<Shared>, snapshot: Snapshot) -> Self {
        Self {
            shared,
            ledger_state: snapshot.events.iter().cloned().collect(),
            snapshot,
            notes: Vec::new(),
            pushed: Vec::new(),
            unpushed: Vec::new(),
            is_overwritten: false,
        }
    }

    /// Creates the ledger with its first events, in one commit. The ref may exist without the ledger's file.
    pub(super) async fn create(&mut self, events: Vec<Event>) -> Result<(), LedgerError> {
        let ledger = self.shared.target.display_name();
        if !self.snapshot.events.is_empty() {
            return Err(LedgerError::Exists { ledger });
        }
        for count in 1..=MAX_PUSHES {
            let Some(failure) = self.push(events.clone()).await? else {
                return Ok(());
            };
            let before = self.snapshot.tip.clone();
            self.fetch().await?;
            if self.has_all(&events) {
                return Ok(());
            }
            if !self.snapshot.events.is_empty() {
                return Err(LedgerError::Exists { ledger });
            }
            let has_moved = self.snapshot.tip != before;
            self.continue_after(failure, has_moved, (count, false))
                .await?;
        }
        Err(LedgerError::Overtaken { ledger })
    }

    /// Pushes `events` with everything that the ref lacks of this session.
    async fn push_all(&mut self, events: &[Event]) -> Result<(), LedgerError> {
        let is_claim = events.iter().any(is_claim);
        for count in 1..=MAX_PUSHES {
            let batch = self.lacking(events);
            if batch.is_empty() {
                return Ok(());
            }
            let Some(failure) = self.push(batch.clone()).await? else {
                self.accept(batch);
                return Ok(());
            };
            let before = self.snapshot.clone();
            self.fetch().await?;
            if self.has_all(&batch) {
                // The remote accepted it, but the answer was lost.
                self.accept(batch);
                return Ok(());
            }
            // In a branch of the user, most commits do not change the ledger.
            if is_claim && self.snapshot.text != before.text {
                break;
            }
            let has_moved = self.snapshot.tip != before.tip;
            self.continue_after(failure, has_moved, (count, is_claim))
                .await?;
        }
        Err(LedgerError::Overtaken {
            ledger: self.shared.target.display_name(),
        })
    }

    /// Waits before the next push, if it can succeed. `is_claim` is `true` for an intent, which is better
    /// dropped than sent late.
    pub(super) async fn continue_after(
        &self,
        failure: Failure,
        has_moved: bool,
        (count, is_claim): (u32, bool),
    ) -> Result<(), LedgerError> {
        match failure {
            Failure::Refused(error) if !has_moved => return Err(error),
            Failure::Unanswered(error) if !has_moved && (is_claim || count >= MAX_UNANSWERED) => {
                return Err(error);
            }
            Failure::Raced(error) if !has_moved && count == MAX_PUSHES => return Err(error),
            _ => {}
        }
        let longest = FIRST_PAUSE.saturating_mul(1 << count.min(16));
        self.shared.pause(longest.min(LONGEST_PAUSE)).await;
        Ok(())
    }

    /// Returns the events of this session that the ref lacks, and those of `events`, in order.
    fn lacking(&self, events: &[Event]) -> Vec<Event> {
        let all = self.pushed.iter().chain(&self.unpushed).chain(events);
        let mut batch: Vec<Event> = Vec::new();
        for event in all {
            let is_new = batch.iter().all(|other| other.id != event.id);
            if is_new && !self.ledger_state.has(&event.id) {
                batch.push(event.clone());
            }
        }
        batch
    }

    fn has_all(&self, events: &[Event]) -> bool {
        events.iter().all(|event| self.ledger_state.has(&event.id))
    }

    /// Records that the remote has `events`.
    fn accept(&mut self, events: Vec<Event>) {
        self.unpushed
            .retain(|event| events.iter().all(|accepted| accepted.id != event.id));
        let known: Vec<Event> = events
            .into_iter()
            .filter(|event| self.pushed.iter().all(|other| other.id != event.id))
            .collect();
        self.pushed.extend(known);
    }

    /// Pushes a commit with `events` on top of the last known tip. Returns `None` if the remote accepted it.
    async fn push(&mut self, events: Vec<Event>) -> Result<Option<Failure>, LedgerError> {
        let mut text = self.snapshot.text.clone().unwrap_or_default();
        if !text.is_empty() && !text.ends_with(b"\n") {
            text.push(b'\n');
        }
        events
            .iter()
            .for_each(|event| text.extend(wire::line(event).into_bytes()));
        let failure = self.push_text(text, message(&events)).await?;
        if failure.is_none() {
            self.snapshot.events.extend(events.iter().cloned());
            self.ledger_state.extend(events);
        }
        Ok(failure)
    }

    /// Pushes a commit with `text` as the whole ledger on top of the last known tip. Returns `None` if the
    /// remote accepted it; the events of the session do not change.
    pub(super) async fn push_text(
        &mut self,
        text: Vec<u8>,
        message: String,
    ) -> Result<Option<Failure>, LedgerError> {
        let parent = self.snapshot.tip.clone();
        let (commit, text, answer) = self
            .shared
            .blocking(move |shared| {
                let at = shared.now();
                let target = &shared.target;
                let commit = target
                    .write_commit(parent.as_deref(), &text, (&message, at))
                    .map_err(|error| target.unwritable(error))?;
                let answer = target.push(&commit, shared.skips_pipeline);
                if matches!(answer, PushAnswer::Accepted) {
                    target.set_fetched(&commit, at);
                }
                Ok((commit, text, answer))
            })
            .await?;
        info!(
            name = self.shared.target.name,
            commit,
            ?answer,
            "ledger pushed"
        );
        self.shared.forget();
        let target = &self.shared.target;
        Ok(Some(match answer {
            PushAnswer::Accepted => {
                self.snapshot.tip = Some(commit);
                self.snapshot.text = Some(text);
                return Ok(None);
            }
            PushAnswer::Raced(error) => Failure::Raced(refused(target, error)),
            PushAnswer::Refused(error) => Failure::Refused(refused(target, error)),
            PushAnswer::UpToDate => {
                let message = "the remote has this commit already".to_owned();
                Failure::Refused(refused(target, RemoteError(message)))
            }
            PushAnswer::Unanswered {
                error,
                is_timed_out: true,
            } => Failure::Unanswered(target.unreachable(error)),
            // The fetch that follows shows that the remote can be reached.
            PushAnswer::Unanswered { error, .. } => Failure::Unanswered(refused(target, error)),
        }))
    }

    /// Reads the ref from the remote, and replaces the state if it has moved.
    pub(super) async fn fetch(&mut self) -> Result<(), LedgerError> {
        let known = self.snapshot.clone();
        let snapshot = self
            .shared
            .blocking(move |shared| shared.target.fetch(Some(&known), shared.now()))
            .await?;
        if snapshot.tip == self.snapshot.tip {
            return Ok(());
        }
        self.shared.forget();
        let mut ledger_state: LedgerState = snapshot.events.iter().cloned().collect();
        ledger_state.set_live(self.ledger_state.live().clone());
        self.ledger_state = ledger_state;
        self.snapshot = snapshot;
        let lost = self
            .pushed
            .iter()
            .filter(|event| !self.ledger_state.has(&event.id));
        if lost.count() > 0 && !self.is_overwritten {
            self.is_overwritten = true;
            let name = self.shared.target.display_name();
            self.notes.push(format!(
                "`{name}` was set back by another program during this run"
            ));
        }
        Ok(())
    }
}

/// Returns the error of a push that the remote refused.
pub(super) fn refused(target: &Target, source: RemoteError) -> LedgerError {
    LedgerError::PushRefused {
        ledger: target.display_name(),
        source,
        hint: Some(target.remote.access_hint().to_owned()),
    }
}

/// Returns `true` for the events before a creating request.
fn is_claim(event: &Event) -> bool {
    matches!(
        event.kind,
        EventKind::Intent { .. } | EventKind::Probed { .. }
    )
}

#[async_trait]
impl LedgerSession for GitRefSession {
    fn ledger_state(&self) -> &LedgerState {
        &self.ledger_state
    }

    fn set_live(&mut self, live: LiveRuns) {
        self.ledger_state.set_live(live);
    }

    fn notes(&self) -> &[String] {
        &self.notes
    }

    async fn refresh(&mut self) -> Result<(), LedgerError> {
        self.fetch().await?;
        if self.snapshot.events.is_empty() {
            return Err(self.shared.target.missing());
        }
        Ok(())
    }

    fn unrecorded(&self) -> Vec<Event> {
        self.unpushed.clone()
    }

    async fn append_all(&mut self, events: Vec<Event>) -> Result<(), LedgerError> {
        let appended = self.push_all(&events).await;
        if appended.is_err() && events.iter().all(|event| event.kind.is_outcome()) {
            self.unpushed.extend(events);
        }
        appended
    }

    async fn finish(&mut self) -> Result<(), LedgerError> {
        self.push_all(&[]).await
    }

    fn take_overwritten(&mut self) -> bool {
        std::mem::take(&mut self.is_overwritten)
    }
}

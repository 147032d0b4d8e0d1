//! Replaces the text of the ledger: without redundant lines, or by a new ledger.
//!
//! The new text is one more commit on top of the tip that was read, so the former text stays in the history,
//! and no event of another run is lost: if another run pushed first, the new text is made again from its
//! events.

use jiff::Timestamp;

use super::session::{GitRefSession, MAX_PUSHES};
use super::store::GitRef;
use crate::ledger::{Event, LedgerError, LedgerState, compact, wire};

impl GitRef {
    /// Removes the events that are redundant at `now`. Returns the number of events before and after.
    ///
    /// # Errors
    /// Those of reading and pushing the ref, which is unchanged then.
    pub(crate) async fn compact(&self, now: Timestamp) -> Result<(usize, usize), LedgerError> {
        let mut session = self.session().await?;
        if session.snapshot.events.is_empty() {
            return Err(session.shared.target.missing());
        }
        let rewrite = |ledger_state: &LedgerState| {
            let kept = compact::compact(ledger_state, now);
            let new: LedgerState = kept.iter().cloned().collect();
            let is_smaller = kept.len() < ledger_state.event_count();
            (is_smaller && compact::agree(ledger_state, &new)).then_some(kept)
        };
        session.replace(rewrite, "compact").await
    }

    /// Begins a new ledger with the event `first`. Returns the commit that has the former one, if there was
    /// one.
    ///
    /// # Errors
    /// Those of reading and pushing the ref, which is unchanged then.
    pub(crate) async fn start_over(&self, first: Event) -> Result<Option<String>, LedgerError> {
        let mut session = self.session().await?;
        if session.snapshot.events.is_empty() {
            session.create(vec![first]).await?;
            return Ok(None);
        }
        let rewrite = |_: &LedgerState| Some(vec![first.clone()]);
        session.replace(rewrite, "start a new ledger").await?;
        let commit = session.snapshot.tip.as_deref().unwrap_or_default();
        Ok(self.parent(commit))
    }
}

impl GitRefSession {
    /// Pushes the events that `rewrite` returns as the whole ledger. It returns `None` to change nothing.
    /// Returns the number of events before and after.
    async fn replace(
        &mut self,
        rewrite: impl Fn(&LedgerState) -> Option<Vec<Event>>,
        message: &str,
    ) -> Result<(usize, usize), LedgerError> {
        for count in 1..=MAX_PUSHES {
            let before = self.ledger_state.event_count();
            let Some(kept) = rewrite(&self.ledger_state) else {
                return Ok((before, before));
            };
            let text: String = kept.iter().map(wire::line).collect();
            let text = text.into_bytes();
            let message = format!("{message}: {before} lines to {}\n", kept.len());
            let Some(failure) = self.push_text(text.clone(), message).await? else {
                return Ok((before, kept.len()));
            };
            let tip = self.snapshot.tip.clone();
            self.fetch().await?;
            if self.snapshot.text.as_ref() == Some(&text) {
                // The remote accepted it, but the answer was lost.
                return Ok((before, kept.len()));
            }
            let has_moved = self.snapshot.tip != tip;
            self.continue_after(failure, has_moved, (count, false))
                .await?;
        }
        Err(LedgerError::Overtaken {
            ledger: self.shared.target.display_name(),
        })
    }
}

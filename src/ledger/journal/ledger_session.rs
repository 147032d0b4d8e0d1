//! Implements [`LedgerSession`] for a session that also writes the journal.

use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;
use syndicate_api::Prepared;
use uuid::Uuid;

use super::lines;
use super::memory::JournalEntry;
use super::session::JournaledSession;
use crate::ledger::{
    ClaimedWork, Decide, Event, LedgerError, LedgerSession, LedgerState, LiveRuns, OfferedDelivery,
};

/// Mask of the random increment that a new id adds to the last id of the same millisecond, so that ids
/// stay in order.
const STEP_MASK: u128 = (1 << 40) - 1;

/// Gives `events` ids that sort after those of the same millisecond in `ledger_state`. Ids order events
/// of one instant, and ids of two processes are random.
fn in_order(ledger_state: &LedgerState, mut events: Vec<Event>) -> Vec<Event> {
    let mut latest: Option<(Timestamp, Uuid)> = None;
    for event in &mut events {
        let Ok(id) = Uuid::parse_str(&event.id) else {
            continue;
        };
        let before = match latest {
            Some((at, id)) if at == event.at => Some(id),
            _ => ledger_state.last_id_at(event.at),
        };
        // A fixed step would give two clones that append at one instant the same id.
        let step = 1 + (id.as_u128() & STEP_MASK);
        let id = before.map_or(id, |before| {
            id.max(Uuid::from_u128(before.as_u128() + step))
        });
        event.id = id.to_string();
        latest = Some((event.at, id));
    }
    events
}

#[async_trait]
impl LedgerSession for JournaledSession {
    fn ledger_state(&self) -> &LedgerState {
        self.session.ledger_state()
    }

    fn set_live(&mut self, live: LiveRuns) {
        self.session.set_live(live);
    }

    fn notes(&self) -> &[String] {
        &self.notes
    }

    fn verify(&self) -> Result<(), LedgerError> {
        self.session.verify()?;
        self.verify_now().map_or(Ok(()), Err)
    }

    fn take_overwritten(&mut self) -> bool {
        self.session.take_overwritten()
    }

    async fn refresh(&mut self) -> Result<(), LedgerError> {
        self.session.refresh().await?;
        self.take_notes();
        if self.verify_now().is_none() {
            self.take_in();
        }
        Ok(())
    }

    fn keep_request(&mut self, attempt: &str, prepared: &Prepared) {
        self.append(&lines::request_line(attempt, prepared));
        let requests = &mut self.memory_mut().requests;
        requests.insert(attempt.to_owned(), prepared.clone());
    }

    fn request(&self, attempt: &str) -> Option<Prepared> {
        self.memory.requests.get(attempt).cloned()
    }

    fn abandoned_since(&mut self, attempt: &str, now: Timestamp) -> Timestamp {
        if let Some(since) = self.memory.abandoned.get(attempt) {
            return *since;
        }
        self.append(&lines::abandoned_line(attempt, now));
        self.memory_mut().abandoned.insert(attempt.to_owned(), now);
        now
    }

    fn unrecorded(&self) -> Vec<Event> {
        let is_lacking = |event: &&Event| !self.ledger_state().has(&event.id);
        self.unrecorded.iter().filter(is_lacking).cloned().collect()
    }

    fn shares_work(&self) -> bool {
        self.session.shares_work()
    }

    fn begin_plan(&mut self) {
        self.session.begin_plan();
    }

    async fn claim(
        &mut self,
        run: &str,
        offered: &[OfferedDelivery<'_>],
    ) -> Result<ClaimedWork, LedgerError> {
        if self.shares_work() {
            self.remember_run(run);
        }
        self.session.claim(run, offered).await
    }

    async fn release(&mut self) {
        self.session.release().await;
    }

    async fn append_decided(
        &mut self,
        events: Vec<Event>,
        decide: Decide<'_>,
    ) -> Result<Option<Vec<Event>>, LedgerError> {
        let events = in_order(self.ledger_state(), events);
        self.remember_runs(&events);
        let appended = self.session.append_decided(events, decide).await;
        self.take_notes();
        if let Ok(Some(events)) = &appended {
            self.write_appended(events.clone());
        }
        appended
    }

    async fn append_all(&mut self, events: Vec<Event>) -> Result<(), LedgerError> {
        let events = in_order(self.ledger_state(), events);
        self.remember_runs(&events);
        let appended = self.session.append_now(events.clone()).await;
        self.take_notes();
        let error = match appended {
            Ok(events) => {
                self.write_appended(events);
                return Ok(());
            }
            Err(error) => error,
        };
        if events.iter().all(|event| event.kind.is_outcome()) {
            self.unrecorded.extend(events.iter().cloned());
            let pending = events.into_iter().map(|event| JournalEntry {
                is_pending: true,
                ..JournalEntry::acknowledged(Arc::new(event), true)
            });
            self.write(pending.collect());
        }
        Err(error)
    }

    async fn finish(&mut self) -> Result<(), LedgerError> {
        let finished = self.session.finish().await;
        self.take_notes();
        finished
    }
}

//! Implements [`LedgerSession`] for a session on a database.

use async_trait::async_trait;

use super::session::PostgresSession;
use super::write::EventTime;
use crate::ledger::{
    ClaimedWork, Decide, Event, LedgerError, LedgerSession, LedgerState, LiveRuns, OfferedDelivery,
};

#[async_trait]
impl LedgerSession for PostgresSession {
    fn ledger_state(&self) -> &LedgerState {
        &self.snapshot.ledger_state
    }

    fn set_live(&mut self, live: LiveRuns) {
        self.snapshot.ledger_state.set_live(live);
    }

    fn notes(&self) -> &[String] {
        &self.notes
    }

    fn verify(&self) -> Result<(), LedgerError> {
        self.server_change().map_or(Ok(()), Err)
    }

    async fn append_all(&mut self, events: Vec<Event>) -> Result<(), LedgerError> {
        self.write(&events, EventTime::Recorded).await.map(|_| ())
    }

    async fn append_now(&mut self, events: Vec<Event>) -> Result<Vec<Event>, LedgerError> {
        let written = self.write(&events, EventTime::Now).await;
        if written.is_err() && events.iter().all(|event| event.kind.is_outcome()) {
            self.unwritten.extend(events);
        }
        written
    }

    fn shares_work(&self) -> bool {
        true
    }

    fn begin_plan(&mut self) {
        self.planned_seq = self.snapshot.seq;
    }

    async fn claim(
        &mut self,
        run: &str,
        offered: &[OfferedDelivery<'_>],
    ) -> Result<ClaimedWork, LedgerError> {
        self.release().await;
        self.claim_one(run, offered).await
    }

    async fn release(&mut self) {
        if self.held.is_some() {
            self.release_held().await;
        }
    }

    async fn release_runs(&mut self, runs: &[String]) -> Result<(), LedgerError> {
        let released = self.release_claims_of(runs).await;
        released.map_err(|error| self.shared.error(error))
    }

    async fn append_decided(
        &mut self,
        events: Vec<Event>,
        decide: Decide<'_>,
    ) -> Result<Option<Vec<Event>>, LedgerError> {
        self.write_decided(&events, EventTime::Now, Some(decide))
            .await
    }

    async fn refresh(&mut self) -> Result<(), LedgerError> {
        self.read_newer().await
    }

    fn unrecorded(&self) -> Vec<Event> {
        self.unwritten.clone()
    }

    /// Writes what the server did not accept before. It may have the events in spite of that, with its own times.
    async fn finish(&mut self) -> Result<(), LedgerError> {
        let unwritten = self.unwritten.clone();
        self.write(&unwritten, EventTime::Now).await?;
        self.unwritten.clear();
        Ok(())
    }
}

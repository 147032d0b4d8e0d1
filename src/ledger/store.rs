//! The contract of a ledger store: reading, locking and writing events.

use std::time::Duration;

use async_trait::async_trait;
use jiff::Timestamp;
use syndicate_api::Prepared;

use super::{
    ClaimedWork, Decide, Event, LedgerError, LedgerState, LedgerView, LiveRuns, OfferedDelivery,
};

/// Storage of a ledger's events.
#[async_trait]
pub(crate) trait LedgerStore: Send + Sync {
    /// Returns `true` if the ledger exists. A ledger without any event does not count, because it cannot
    /// be distinguished from a lost one.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    async fn exists(&self) -> Result<bool, LedgerError>;

    /// Creates the ledger with the event `first`, a [`super::EventKind::Created`].
    ///
    /// # Errors
    /// [`LedgerError::Exists`] if there is a ledger, which is left unchanged.
    async fn create(&self, first: Event) -> Result<(), LedgerError>;

    /// Creates the ledger with all `events`, of which the first is a [`super::EventKind::Created`]. Stores
    /// that can do so write them at once: a ledger with only some of the events would free deliveries.
    ///
    /// # Errors
    /// As [`LedgerStore::create`].
    async fn create_all(&self, events: Vec<Event>) -> Result<(), LedgerError> {
        let mut events = events.into_iter();
        let Some(first) = events.next() else {
            return Ok(());
        };
        self.create(first).await?;
        let mut session = self.lock(Duration::ZERO).await?;
        session.append_all(events.collect()).await?;
        session.finish().await
    }

    /// Returns the state of the ledger, without waiting for a writer.
    ///
    /// # Errors
    /// In particular [`LedgerError::Missing`] and [`LedgerError::Damaged`].
    async fn read(&self) -> Result<LedgerState, LedgerError>;

    /// Returns the state of the ledger for display, completed by this machine's journal, with the reason
    /// why nothing could be sent, if any.
    ///
    /// # Errors
    /// As [`LedgerStore::read`].
    async fn view(&self) -> Result<LedgerView, LedgerError> {
        let ledger_state = self.read().await?;
        Ok(LedgerView {
            ledger_state,
            trouble: None,
            notes: Vec::new(),
        })
    }

    /// Returns `true` if workers divide the deliveries of a plan among themselves, also those of one machine.
    fn shares_work(&self) -> bool {
        false
    }

    /// Records that a person confirmed that the ledger is complete, after it was restored.
    ///
    /// # Errors
    /// If the store cannot be written.
    async fn confirm(&self) -> Result<(), LedgerError> {
        Ok(())
    }

    /// Locks the ledger for writing until the session is dropped. Waits at most `timeout` for the lock,
    /// then reads the ledger. An intent that is open at that time belongs to a run that crashed.
    ///
    /// # Errors
    /// Returns [`LedgerError::Locked`] after the timeout, or an error of [`LedgerStore::read`].
    async fn lock(&self, timeout: Duration) -> Result<Box<dyn LedgerSession>, LedgerError>;
}

/// A locked ledger that can be written. Dropping the session releases the lock.
#[async_trait]
pub(crate) trait LedgerSession: Send {
    /// Returns the state of the ledger, including the events appended by this session.
    fn ledger_state(&self) -> &LedgerState;

    /// Returns notes for the user about the opened ledger, such as a repaired last line.
    fn notes(&self) -> &[String];

    /// Sets the runs that may still be active.
    fn set_live(&mut self, live: LiveRuns);

    /// Compares the ledger, as last read, with this machine's journal and with other copies. Call this
    /// before anything is sent.
    ///
    /// # Errors
    /// [`LedgerError::Rewound`], [`LedgerError::Behind`] and [`LedgerError::Moved`].
    fn verify(&self) -> Result<(), LedgerError> {
        Ok(())
    }

    /// Appends `event`. Returns only after the event is durable, even if the machine crashes.
    ///
    /// # Errors
    /// If it could not be written; the state then does not have it either. [`LedgerError::Io`] or, if
    /// the file was removed or replaced meanwhile, those of [`LedgerStore::lock`].
    /// [`LedgerError::Overtaken`] if another run appended first and the events include an intent; the state
    /// then has the events of that run.
    async fn append(&mut self, event: Event) -> Result<(), LedgerError> {
        self.append_all(vec![event]).await
    }

    /// Appends all `events` or none, with a single write.
    ///
    /// # Errors
    /// As [`LedgerSession::append`].
    async fn append_all(&mut self, events: Vec<Event>) -> Result<(), LedgerError>;

    /// Appends `events`, which happen now. A store with a clock of its own gives them its time, so
    /// that all workers plan by one clock. Returns them as they are in the ledger.
    ///
    /// # Errors
    /// As [`LedgerSession::append`].
    async fn append_now(&mut self, events: Vec<Event>) -> Result<Vec<Event>, LedgerError> {
        self.append_all(events.clone()).await?;
        Ok(events)
    }

    /// Returns `true` if other workers take deliveries of the same plan. Without that, a session excludes other senders,
    /// or its events meet theirs as [`LedgerError::Overtaken`].
    fn shares_work(&self) -> bool {
        false
    }

    /// Marks the events known so far as those that the plan is made from.
    fn begin_plan(&mut self) {}

    /// Claims the first of `offered` that no other worker has, for `run`. Releases the claim that this session has.
    ///
    /// # Errors
    /// If the store cannot be written.
    async fn claim(
        &mut self,
        run: &str,
        offered: &[OfferedDelivery<'_>],
    ) -> Result<ClaimedWork, LedgerError> {
        let _ = run;
        Ok(ClaimedWork {
            taken: (!offered.is_empty()).then_some(0),
            finished: Vec::new(),
        })
    }

    /// Releases the claim of this session, if it has one.
    async fn release(&mut self) {}

    /// Releases the claims of `runs`, which have ended.
    ///
    /// # Errors
    /// If the store cannot be written.
    async fn release_runs(&mut self, runs: &[String]) -> Result<(), LedgerError> {
        let _ = runs;
        Ok(())
    }

    /// Appends `events`, which make a claim, as [`LedgerSession::append_now`] does, if `decide` agrees on the state that
    /// has the events of all workers. Returns `None` if it does not. A session that excludes other senders does not ask,
    /// because its plan has all events.
    ///
    /// # Errors
    /// As [`LedgerSession::append`].
    async fn append_decided(
        &mut self,
        events: Vec<Event>,
        _decide: Decide<'_>,
    ) -> Result<Option<Vec<Event>>, LedgerError> {
        self.append_now(events).await.map(Some)
    }

    /// Reads the events that other machines appended since this session last read or wrote the ledger. Does
    /// nothing where the lock excludes other writers.
    ///
    /// # Errors
    /// As [`LedgerStore::read`].
    async fn refresh(&mut self) -> Result<(), LedgerError> {
        Ok(())
    }

    /// Keeps the filled requests of `attempt` on this machine, so that the attempt can be resolved after its post was
    /// edited. A store without a journal keeps nothing.
    fn keep_request(&mut self, attempt: &str, prepared: &Prepared) {
        let _ = (attempt, prepared);
    }

    /// Returns the filled requests of `attempt`, if this machine sent them.
    fn request(&self, attempt: &str) -> Option<Prepared> {
        let _ = attempt;
        None
    }

    /// Returns the time at which this machine first found that the run of `attempt` had ended without an outcome: `now`,
    /// unless it was noted before.
    fn abandoned_since(&mut self, attempt: &str, now: Timestamp) -> Timestamp {
        let _ = attempt;
        now
    }

    /// Returns the outcomes and answers of this session that the store did not accept, the oldest first.
    /// They would be lost with this machine, so the caller prints them (see [`super::ledger_line`]).
    fn unrecorded(&self) -> Vec<Event> {
        Vec::new()
    }

    /// Checks at the end of a run that the events appended by this session are still in the ledger.
    ///
    /// # Errors
    /// As [`LedgerSession::append`].
    async fn finish(&mut self) -> Result<(), LedgerError> {
        Ok(())
    }

    /// Returns `true` if another program changed the ledger during this session since the last call.
    fn take_overwritten(&mut self) -> bool {
        false
    }
}

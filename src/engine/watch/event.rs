//! What the watch loop reports.

use std::time::Duration;

use tokio::time::Instant;

use crate::engine::{Plan, PlanEntry, UpcomingWarning};
use crate::ledger::LedgerError;

/// Takes in what the watch loop reports.
pub(crate) trait WatchObserver: Send {
    /// Takes in an event. An error ends the loop, unless a delivery was reported.
    ///
    /// # Errors
    /// When it cannot be shown.
    fn report(&mut self, event: WatchEvent<'_>) -> anyhow::Result<()>;

    /// Returns after how long [`WatchEvent::Waiting`] is wanted again although nothing happened.
    fn refresh_after(&self) -> Duration;
}

/// Something that happened in the watch loop.
#[derive(Debug)]
pub(crate) enum WatchEvent<'a> {
    /// The plan was made.
    Planned(&'a Plan),
    /// A delivery was tried.
    Delivered(&'a PlanEntry),
    /// The pipeline is broken; the old one stays in force.
    LoadFailed(anyhow::Error),
    /// The pipeline, which was reported as broken, can be loaded again.
    Loaded,
    /// The system refuses to watch files, for this reason, so they are looked at every few seconds.
    Polling(&'a str),
    /// A source cannot be read; nothing is sent until it can.
    ScanFailed(anyhow::Error),
    /// The ledger cannot be used; it is tried again later.
    LedgerFailed(LedgerError),
    /// The ledger is not the one to go by; nothing is sent until it is.
    Paused(LedgerError),
    /// The ledger can be used again.
    Resumed,
    /// Sinks report what will keep them from sending soon.
    Warnings(Vec<UpcomingWarning>),
    /// This many deliveries are held back until they are saved again.
    HeldBack(usize),
    /// Everything is done for now.
    Waiting(Waiting),
}

/// What the loop waits for.
#[derive(Debug)]
pub(crate) struct Waiting {
    /// The deliveries that count down, the next first.
    pub(crate) pending: Vec<PendingDelivery>,
    /// How many are held back until they are saved again.
    pub(crate) held: usize,
    /// How many wait for a time, and why the first of them does.
    pub(crate) waiting: usize,
    pub(crate) why: Option<String>,
    /// How many a person has to decide on.
    pub(crate) asks: usize,
}

/// A delivery that counts down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PendingDelivery {
    /// The item's id.
    pub(crate) item: String,
    /// The item's label.
    pub(crate) label: String,
    pub(crate) sink: String,
    pub(crate) end: Instant,
}

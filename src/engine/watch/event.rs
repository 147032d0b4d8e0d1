//! Events of the watch loop.

use std::time::Duration;

use tokio::time::Instant;

use crate::engine::{Plan, PlanEntry, PlanUpdate, UpcomingWarning};
use crate::ledger::LedgerError;

/// Receives the events of the watch loop.
pub(crate) trait WatchObserver: Send {
    /// Handles an event. An error ends the loop, except for [`WatchEvent::Delivered`].
    ///
    /// # Errors
    /// If the event cannot be shown.
    fn report(&mut self, event: WatchEvent<'_>) -> anyhow::Result<()>;

    /// Returns the interval at which [`WatchEvent::Waiting`] is repeated without other events.
    fn refresh_after(&self) -> Duration;
}

/// An event of the watch loop.
#[derive(Debug)]
pub(crate) enum WatchEvent<'a> {
    /// A plan was made.
    Planned(&'a Plan),
    /// Some entries of the last plan were planned again.
    Replanned(&'a Plan, &'a PlanUpdate),
    /// A delivery was attempted.
    Delivered(&'a PlanEntry),
    /// A delivery that was due waits because its page is not live. It is reported once for each reason, and attempted
    /// again after a pause.
    NotLive(&'a PlanEntry),
    /// These lines of the ledger could not be written.
    Unrecorded(&'a [String]),
    /// The pipeline cannot be loaded; the previous one stays active.
    LoadFailed(anyhow::Error),
    /// The pipeline can be loaded again after an error.
    Loaded,
    /// The system refuses to watch files for this reason, so they are polled.
    Polling(&'a str),
    /// A source cannot be read; nothing is sent until it can.
    ScanFailed(anyhow::Error),
    /// A run could not use the ledger; the loop tries again later.
    LedgerFailed(LedgerError),
    /// Nothing is sent until this problem with the ledger is solved.
    Paused(LedgerError),
    /// The ledger can be used again.
    Resumed,
    /// Problems that will keep sinks from sending soon.
    Warnings(Vec<UpcomingWarning>),
    /// This number of deliveries is held back until their posts are saved again.
    HeldBack(usize),
    /// All current work is done.
    Waiting(Waiting),
}

/// The deliveries that the loop waits for.
#[derive(Debug)]
pub(crate) struct Waiting {
    /// Deliveries in their grace period, the next one first.
    pub(crate) pending: Vec<PendingDelivery>,
    /// Number of deliveries held back until their posts are saved again.
    pub(crate) held: usize,
    /// Number of deliveries that wait for a later time, and the reason of the first one.
    pub(crate) waiting: usize,
    pub(crate) why: Option<String>,
    /// Number of deliveries that wait for a decision of the user.
    pub(crate) asks: usize,
}

/// A delivery in its grace period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PendingDelivery {
    /// The item's id.
    pub(crate) item: String,
    /// The item's label.
    pub(crate) label: String,
    pub(crate) sink: String,
    pub(crate) end: Instant,
    /// `true` if an earlier attempt did not succeed.
    pub(crate) is_retry: bool,
}

//! The parts of a store in a git ref that its sessions use too.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::context::GitRefContext;
use super::fetch::Snapshot;
use super::target::Target;
use crate::ledger::LedgerError;
use crate::ledger::error::RemoteError;

/// The time for which a fetched state is reused for display. `watch` and the preview page read often.
const MAX_AGE: Duration = Duration::from_secs(5);

/// The parts that a store shares with its sessions.
pub(super) struct Shared {
    pub(super) target: Target,
    pub(super) skips_pipeline: bool,
    context: GitRefContext,
    /// The last state that was read for display, with the uptime of the machine then.
    recent: Mutex<Option<(Duration, Snapshot)>>,
}

impl Shared {
    pub(super) fn new(target: Target, context: GitRefContext) -> Self {
        Self {
            skips_pipeline: target.starts_gitlab_pipeline(&context.env),
            target,
            context,
            recent: Mutex::default(),
        }
    }

    pub(super) fn is_offline(&self) -> bool {
        self.context.is_offline
    }

    pub(super) fn now(&self) -> Timestamp {
        self.context.clock.now()
    }

    /// Runs blocking calls of git on another thread. They go on even if the caller is cancelled.
    pub(super) async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        call: impl FnOnce(&Self) -> Result<T, LedgerError> + Send + 'static,
    ) -> Result<T, LedgerError> {
        let shared = Arc::clone(self);
        let called = tokio::task::spawn_blocking(move || call(&shared)).await;
        called.unwrap_or_else(|error| Err(self.target.unwritable(RemoteError(error.to_string()))))
    }

    /// Waits for a random time of at most `longest`.
    pub(super) async fn pause(&self, longest: Duration) {
        let share = f64::from((self.context.random)()) / f64::from(u32::MAX);
        let time = longest.mul_f64(share);
        self.context.clock.sleep(time).await;
    }

    /// Forgets the state that was read for display.
    pub(super) fn forget(&self) {
        *self.recent.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Returns the state that was last read for display, if it is recent.
    pub(super) fn recent(&self) -> Option<Snapshot> {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, snapshot) = recent.as_ref()?;
        let age = self.context.clock.uptime().saturating_sub(*at);
        (age <= MAX_AGE).then(|| snapshot.clone())
    }

    /// Remembers a state that was read for display.
    pub(super) fn remember(&self, snapshot: &Snapshot) {
        let recent = (self.context.clock.uptime(), snapshot.clone());
        *self.recent.lock().unwrap_or_else(PoisonError::into_inner) = Some(recent);
    }
}

//! Decides when a change is complete. A millisecond without events is enough after a file was closed or renamed. After a
//! write without a close event the pause is longer, because some systems send no close events. The total wait is limited.

use std::time::Duration;

use tokio::time::Instant;

use super::hint::ChangeScope;

/// The required time without events after a file was closed, renamed or removed.
const QUIET: Duration = Duration::from_millis(1);

/// The required time without events after a write without a close event.
const QUIET_WRITING: Duration = Duration::from_millis(300);

/// The longest duration of a change.
const LONGEST: Duration = Duration::from_secs(2);

/// A change that may still be in progress.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settling {
    began: Instant,
    quiet: Instant,
}

impl Settling {
    /// Returns a change that starts now.
    pub(super) fn new(now: Instant) -> Self {
        Self {
            began: now,
            quiet: now,
        }
    }

    /// Records the last event.
    pub(super) fn record(&mut self, last: Option<ChangeScope>, now: Instant) {
        match last {
            Some(ChangeScope::Finished) => self.quiet = now + QUIET,
            Some(ChangeScope::Writing) => self.quiet = now + QUIET_WRITING,
            None => {}
        }
    }

    /// Returns the time at which the change is complete if no further event arrives.
    pub(super) fn end(&self) -> Instant {
        self.quiet.min(self.began + LONGEST)
    }
}

//! When a change is over. After a file was closed or renamed a few quiet milliseconds are enough; a
//! write that nobody said to be over is given longer, as some systems never say so. Whoever writes
//! without end is not waited for without end.

use std::time::Duration;

use tokio::time::Instant;

use super::hint::ChangeScope;

/// How long it has to be quiet after a file was closed, renamed or removed.
const QUIET: Duration = Duration::from_millis(2);

/// How long after a write whose end was not told.
const QUIET_WRITING: Duration = Duration::from_millis(300);

/// How long a change may go on.
const LONGEST: Duration = Duration::from_secs(2);

/// A change that may not be over yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settling {
    began: Instant,
    quiet: Instant,
}

impl Settling {
    /// A change that began now.
    pub(super) fn new(now: Instant) -> Self {
        Self {
            began: now,
            quiet: now,
        }
    }

    /// Takes what was told meanwhile.
    pub(super) fn hear(&mut self, told: Option<ChangeScope>, now: Instant) {
        match told {
            Some(ChangeScope::Finished) => self.quiet = now + QUIET,
            Some(ChangeScope::Writing) => self.quiet = now + QUIET_WRITING,
            None => {}
        }
    }

    /// When it is over, unless something more is told before.
    pub(super) fn end(&self) -> Instant {
        self.quiet.min(self.began + LONGEST)
    }
}

//! The time, as plugins see it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;

/// A clock: the system's, one that stands still, or one that a test moves on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    fixed: Option<Timestamp>,
    /// Seconds that have passed since `fixed`.
    passed: Option<&'static AtomicU64>,
}

impl Clock {
    /// The system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that always shows `now`.
    #[must_use]
    pub fn fixed(now: Timestamp) -> Self {
        Self {
            fixed: Some(now),
            passed: None,
        }
    }

    /// A clock that shows `start` and the seconds in `passed`, for tests.
    #[must_use]
    pub fn manual(start: Timestamp, passed: &'static AtomicU64) -> Self {
        Self {
            fixed: Some(start),
            passed: Some(passed),
        }
    }

    /// The present instant.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the system's clock"
    )]
    pub fn now(&self) -> Timestamp {
        let now = self.fixed.unwrap_or_else(Timestamp::now);
        match self.passed {
            Some(passed) => now + Duration::from_secs(passed.load(Ordering::SeqCst)),
            None => now,
        }
    }

    /// Returns a time that only grows, also while the machine sleeps and whatever is done to the
    /// clock on the wall. Only differences mean anything.
    #[must_use]
    pub fn uptime(&self) -> Duration {
        match self.passed {
            Some(passed) => Duration::from_secs(passed.load(Ordering::SeqCst)),
            None => uptime(),
        }
    }

    /// Waits for `time`. A clock that stands still waits for nothing, as its time never comes.
    pub async fn sleep(&self, time: Duration) {
        if self.fixed.is_none() {
            tokio::time::sleep(time).await;
        }
    }
}

/// `CLOCK_MONOTONIC` of Linux stops while the machine sleeps; that of other systems does not.
#[cfg(unix)]
fn uptime() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    #[cfg(any(target_os = "linux", target_os = "android"))]
    const CLOCK: ClockId = ClockId::Boottime;
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    const CLOCK: ClockId = ClockId::Monotonic;
    let time = clock_gettime(CLOCK);
    let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
    Duration::from_secs(seconds) + Duration::from_nanos(u64::try_from(time.tv_nsec).unwrap_or(0))
}

#[cfg(not(unix))]
fn uptime() -> Duration {
    use std::sync::OnceLock;
    use std::time::Instant;
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

//! The clock of plugins.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::Timestamp;

/// A clock: the system's, a fixed one, or one that a test advances.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    fixed: Option<Timestamp>,
    /// The seconds since `fixed`.
    passed: Option<&'static AtomicU64>,
    /// `true` if a wait advances the clock.
    advances: bool,
}

impl Clock {
    /// Returns the system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// Returns a clock that always shows `now`.
    #[must_use]
    pub fn fixed(now: Timestamp) -> Self {
        Self {
            fixed: Some(now),
            passed: None,
            advances: false,
        }
    }

    /// Returns a clock for tests that shows `start` plus the seconds in `passed`.
    #[must_use]
    pub fn manual(start: Timestamp, passed: &'static AtomicU64) -> Self {
        Self {
            fixed: Some(start),
            passed: Some(passed),
            advances: false,
        }
    }

    /// Returns this clock for tests, which each wait advances by its length.
    #[must_use]
    pub fn advanced_by_waits(self) -> Self {
        Self {
            advances: true,
            ..self
        }
    }

    /// Returns the current time.
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

    /// Returns a monotonic time that also counts while the machine sleeps and ignores changes of the system
    /// clock. Only differences between two values have a meaning.
    #[must_use]
    pub fn uptime(&self) -> Duration {
        match self.passed {
            Some(passed) => Duration::from_secs(passed.load(Ordering::SeqCst)),
            None => uptime(),
        }
    }

    /// Waits for `time`. With a fixed clock it returns at once, because the time would never pass.
    pub async fn sleep(&self, time: Duration) {
        match self.passed {
            _ if self.fixed.is_none() => tokio::time::sleep(time).await,
            Some(passed) if self.advances => {
                let seconds = time.as_secs() + u64::from(time.subsec_nanos() > 0);
                passed.fetch_add(seconds, Ordering::SeqCst);
            }
            _ => {}
        }
    }
}

/// Linux's `CLOCK_MONOTONIC` stops while the machine sleeps; that of other systems does not.
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

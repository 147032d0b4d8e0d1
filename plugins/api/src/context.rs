//! The doors to the world outside. Plugins take time, variables, connections and what they
//! remember from here, so that a test can hand in all of them and neither sleeps nor reaches a
//! real host.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use crate::http::Http;
use crate::{Cache, Grants, VolatileCache, VolatileGrants};

/// What a running stage may use of the outside world. Cheap to clone.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Context {
    /// Connections to other hosts.
    pub http: Http,
    /// The time.
    pub clock: Clock,
    /// Environment variables, asked for only when a secret is used.
    pub env: Env,
    /// Small facts worth keeping between runs, such as who a token belongs to.
    pub memory: Arc<dyn Memory>,
    /// What was read from elsewhere, kept between runs.
    pub cache: Arc<dyn Cache>,
    /// What people granted by signing in.
    pub grants: Arc<dyn Grants>,
    /// Whether reading from the network is forbidden (`--offline`).
    pub offline: bool,
}

impl Context {
    /// A context of these doors, with the network allowed, and a cache and grants that end with
    /// the process.
    #[must_use]
    pub fn new(http: Http, clock: Clock, env: Env, memory: Arc<dyn Memory>) -> Self {
        Self {
            http,
            clock,
            env,
            memory,
            cache: Arc::new(VolatileCache::default()),
            grants: Arc::new(VolatileGrants::default()),
            offline: false,
        }
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

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
    pub fn stepping(start: Timestamp, passed: &'static AtomicU64) -> Self {
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

/// Environment variables. `Debug` shows none of them.
#[derive(Clone)]
pub struct Env(Lookup);

type Lookup = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

impl Env {
    /// The variables of this process.
    #[must_use]
    pub fn process() -> Self {
        Self(Arc::new(|name| std::env::var(name).ok()))
    }

    /// No variables at all.
    #[must_use]
    pub fn empty() -> Self {
        Self(Arc::new(|_| None))
    }

    /// Exactly these variables.
    #[must_use]
    pub fn from_pairs<const N: usize>(pairs: [(&str, &str); N]) -> Self {
        let map: BTreeMap<String, String> = pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        Self(Arc::new(move |name| map.get(name).cloned()))
    }

    /// The value of `name`, if it is set and valid Unicode.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        (self.0)(name)
    }
}

impl fmt::Debug for Env {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Env(…)")
    }
}

/// Small facts that outlive a run. A loss costs a question to the platform, never correctness, so
/// writing cannot fail as far as a plugin sees. Never put a secret here.
pub trait Memory: fmt::Debug + Send + Sync {
    /// What was last remembered under `key`.
    fn recall(&self, key: &str) -> Option<String>;
    /// Remembers `value` under `key`.
    fn remember(&self, key: &str, value: &str);
}

/// A memory that ends with the process.
#[derive(Debug, Default)]
pub struct VolatileMemory(Mutex<BTreeMap<String, String>>);

impl Memory for VolatileMemory {
    fn recall(&self, key: &str) -> Option<String> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(key)
            .cloned()
    }

    fn remember(&self, key: &str, value: &str) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(key.to_owned(), value.to_owned());
    }
}

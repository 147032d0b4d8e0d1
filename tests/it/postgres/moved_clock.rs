//! The time of workers, their database and their platform: that of the system, moved by the test.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock};

use jiff::{SignedDuration, Timestamp};
use postgres_fixture::Server;

use crate::support::{NOW, Project};

/// Seconds from the system's clock to the tests' instant, at the first use. All tests share it, because some share a server,
/// whose clock must not be set back while another test runs.
static START: LazyLock<i64> = LazyLock::new(|| {
    let start: Timestamp = NOW.parse().expect("an instant");
    start.duration_since(system_now()).as_secs()
});

/// A clock that starts at or soon after the tests' instant. It runs, and jumps when the test says so.
#[derive(Clone)]
pub(super) struct MovedClock {
    /// Seconds after the system's clock.
    offset: Arc<AtomicI64>,
}

impl MovedClock {
    /// Starts the clock and sets that of `server`.
    pub(super) fn start(server: &Server) -> Self {
        server.set_clock(*START);
        Self {
            offset: Arc::new(AtomicI64::new(*START)),
        }
    }

    /// Moves the clock, also that of `server`. Programs that run see the change on the server alone.
    pub(super) fn advance(&self, server: &Server, by: SignedDuration) {
        let by = by.as_secs();
        let offset = self.offset.fetch_add(by, Ordering::SeqCst) + by;
        server.set_clock(offset);
    }

    /// Returns the time.
    pub(super) fn now(&self) -> Timestamp {
        system_now() + SignedDuration::from_secs(self.offset.load(Ordering::SeqCst))
    }

    /// Sets the clock of the programs that `project` starts from now on. It stands still while they run.
    pub(super) fn apply(&self, project: &mut Project) {
        project.set_env("SYNDICATE_NOW", &self.now().to_string());
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the server's clock is that of the system, moved"
)]
fn system_now() -> Timestamp {
    Timestamp::now()
}

//! Repeats an operation whose connection broke.

use std::time::Duration;

use super::connection::within;
use super::error::QueryError;
use super::shared::Shared;

/// The pauses between repetitions of one operation.
pub(super) struct Retry {
    start: Duration,
    pause: Duration,
    /// The total time of the repetitions, at most.
    limit: Duration,
}

/// The pauses begin with this one and double.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// The total time for which an operation is repeated that the program can do without.
const SHORT_LIMIT: Duration = Duration::from_secs(2);

impl Retry {
    /// Returns the pauses of an operation that begins now.
    pub(super) fn new(shared: &Shared) -> Self {
        Self {
            start: shared.context.clock.uptime(),
            pause: FIRST_PAUSE,
            limit: Duration::MAX,
        }
    }

    /// Returns the pauses of an operation that the program can do without: enough for a connection that broke, not for
    /// a server that restarts.
    pub(super) fn short(shared: &Shared) -> Self {
        Self {
            limit: SHORT_LIMIT,
            ..Self::new(shared)
        }
    }

    /// Carries out `operation`, each time within its time limit, until it succeeds or is not repeated any more.
    pub(super) async fn run<T, F>(
        mut self,
        shared: &Shared,
        mut operation: impl FnMut() -> F,
    ) -> Result<T, QueryError>
    where
        F: Future<Output = Result<T, QueryError>>,
    {
        loop {
            match within(operation()).await {
                Ok(value) => return Ok(value),
                Err(error) => self.wait(shared, error).await?,
            }
        }
    }

    /// Waits before the next repetition after `error`. Returns the error if there is none.
    pub(super) async fn wait(
        &mut self,
        shared: &Shared,
        error: QueryError,
    ) -> Result<(), QueryError> {
        let clock = shared.context.clock;
        let limit = self.start.saturating_add(self.limit);
        let last_try = shared.last_try(self.start).min(limit);
        if !error.is_transient() || clock.uptime() >= last_try {
            return Err(error);
        }
        clock.sleep(self.pause).await;
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        Ok(())
    }
}

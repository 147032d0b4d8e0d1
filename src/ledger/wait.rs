//! Waits for a lock with a time limit. Operating systems offer no such call, so the lock is polled at
//! increasing intervals.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use tracing::debug;

use super::LedgerError;

const SHORTEST_PAUSE: Duration = Duration::from_millis(5);
const LONGEST_PAUSE: Duration = Duration::from_millis(250);

/// Polls until the result is `Some`, at least once and for at most `timeout`.
pub(super) async fn until<T>(
    timeout: Duration,
    mut ask: impl FnMut() -> Result<Option<T>, LedgerError> + Send,
) -> Result<Option<T>, LedgerError> {
    let start = Instant::now();
    let mut pause = SHORTEST_PAUSE;
    loop {
        if let Some(answer) = ask()? {
            return Ok(Some(answer));
        }
        let left = timeout.saturating_sub(start.elapsed());
        if left.is_zero() {
            return Ok(None);
        }
        debug!(
            timeout_ms = timeout.as_millis(),
            "waiting for another program"
        );
        sleep(pause.min(left)).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

//! Spaces requests, because the site refuses more than three readings or one change in a second (Forem's
//! `rack_attack.rb`).

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// The period of a limit. It is a little longer than the site's, because requests take different times to arrive.
const PERIOD: Duration = Duration::from_millis(1100);

/// The times of the last requests of one kind.
#[derive(Debug)]
pub(crate) struct Pace {
    limit: usize,
    times: Mutex<VecDeque<Instant>>,
}

impl Pace {
    /// Allows `limit` requests in a second.
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            limit,
            times: Mutex::default(),
        }
    }

    /// Waits until the next request is allowed.
    pub(crate) async fn wait(&self) {
        tokio::time::sleep_until(self.reserve(Instant::now())).await;
    }

    /// Returns the time at which the next request is allowed, and counts it.
    fn reserve(&self, now: Instant) -> Instant {
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        let mut at = now;
        if times.len() == self.limit
            && let Some(first) = times.pop_front()
        {
            at = now.max(first + PERIOD);
        }
        times.push_back(at);
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pace_spaces_requests_over_limit() {
        let (pace, now) = (Pace::new(2), Instant::now());
        let waits: Vec<Duration> = (0..5).map(|_| pace.reserve(now) - now).collect();
        assert_eq!(
            waits,
            [Duration::ZERO, Duration::ZERO, PERIOD, PERIOD, PERIOD * 2]
        );
        let later = now + PERIOD * 4;
        assert_eq!(pace.reserve(later), later);
    }
}

//! Counts requests in fixed periods of the fake's clock, as rack-attack does.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

/// A limit of requests for a period. The periods begin at multiples of their length since 1970.
#[derive(Clone, Debug)]
pub(crate) struct Throttle {
    limit: u32,
    period: i64,
    counts: HashMap<(String, i64), u32>,
}

/// The use of a limit after a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quota {
    /// The limit.
    pub(crate) limit: u32,
    /// The requests that are left.
    pub(crate) remaining: u32,
    /// `true` if the request is over the limit.
    pub(crate) exceeded: bool,
    /// The end of the period.
    pub(crate) reset: Timestamp,
}

impl Throttle {
    /// Creates a limit of `limit` requests in `period` seconds.
    pub(crate) fn new(limit: u32, period: i64) -> Self {
        Self {
            limit,
            period,
            counts: HashMap::new(),
        }
    }

    /// Counts a request of `client`.
    pub(crate) fn count(&mut self, client: &str, now: Timestamp) -> Quota {
        let period = now.as_second().div_euclid(self.period);
        let count = self.counts.entry((client.to_owned(), period)).or_default();
        *count += 1;
        let into = now.as_second().rem_euclid(self.period);
        Quota {
            limit: self.limit,
            remaining: self.limit.saturating_sub(*count),
            exceeded: *count > self.limit,
            reset: now + SignedDuration::from_secs(self.period - into),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Throttle;

    #[test]
    fn throttle_counts_per_period() {
        let mut throttle = Throttle::new(2, 60);
        let at = |text: &str| text.parse().unwrap();
        let noon = at("2026-11-28T12:00:10Z");
        assert_eq!(throttle.count("a", noon).remaining, 1);
        assert!(!throttle.count("a", noon).exceeded);
        let third = throttle.count("a", noon);
        assert!(third.exceeded);
        assert_eq!(third.reset, at("2026-11-28T12:01:00Z"));
        assert!(!throttle.count("b", noon).exceeded);
        assert!(!throttle.count("a", at("2026-11-28T12:01:00Z")).exceeded);
    }
}

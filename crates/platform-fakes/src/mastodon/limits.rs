//! Limits of requests ("Rate limits"). The headers report the limit that is closest.

use jiff::Timestamp;

use crate::answer::Answer;
use crate::mastodon::errors::error;
use crate::request::Request;
use crate::throttle::{Quota, Throttle};

/// The limits of an account.
#[derive(Debug)]
pub(super) struct Limits {
    all: Throttle,
    uploads: Throttle,
    deletions: Throttle,
}

impl Limits {
    /// Returns Mastodon's limits.
    pub(super) fn new() -> Self {
        Self {
            all: Throttle::new(300, 300),
            uploads: Throttle::new(30, 1800),
            deletions: Throttle::new(30, 1800),
        }
    }

    /// Counts a request to `/api/`. Returns the use of the limit that is closest.
    pub(super) fn count(&mut self, request: &Request, now: Timestamp) -> Quota {
        let client = request.header("authorization").unwrap_or_default();
        let mut quotas = vec![self.all.count(client, now)];
        match (request.method.as_str(), request.segments().as_slice()) {
            ("POST", ["api", "v1" | "v2", "media"]) => {
                quotas.push(self.uploads.count(client, now));
            }
            ("DELETE", ["api", "v1", "statuses", _]) => {
                quotas.push(self.deletions.count(client, now));
            }
            _ => {}
        }
        let closest = quotas
            .into_iter()
            .min_by_key(|quota| (!quota.exceeded, quota.remaining));
        closest.expect("one limit applies to all requests")
    }
}

/// Returns the answer to a request over the limit.
pub(super) fn too_many() -> Answer {
    error(429, "Too many requests")
}

/// Adds the headers. The time of the reset has the format of ISO 8601.
pub(super) fn with_headers(answer: Answer, quota: Quota) -> Answer {
    answer
        .with("x-ratelimit-limit", &quota.limit.to_string())
        .with("x-ratelimit-remaining", &quota.remaining.to_string())
        .with("x-ratelimit-reset", &format!("{:.6}", quota.reset))
}

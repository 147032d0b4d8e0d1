//! The time until which a platform throttles requests. Platforms spell it in different ways.

use jiff::{SignedDuration, Timestamp};

use crate::http::HttpResponse;

/// A place of a response that says until when requests are throttled.
#[derive(Clone, Copy, Debug)]
pub enum RetryTime {
    /// JSON Pointer to a number of seconds, which may have a fraction.
    BodySeconds(&'static str),
    /// A header with a time in RFC 3339.
    HeaderTimestamp(&'static str),
    /// A header with a number of seconds since the Unix epoch.
    HeaderUnixSeconds(&'static str),
}

/// Returns the time until which requests are throttled: of `Retry-After`, else of the first of `places` with a time
/// after `now`.
pub(super) fn retry_time(
    places: &[RetryTime],
    response: &HttpResponse,
    now: Timestamp,
) -> Option<Timestamp> {
    let mut times = places
        .iter()
        .filter_map(|place| place.read(response, now))
        .filter(|time| *time > now);
    response.retry_after(now).or_else(|| times.next())
}

impl RetryTime {
    fn read(self, response: &HttpResponse, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::BodySeconds(pointer) => {
                let seconds = response.json().pointer(pointer)?.as_f64()?;
                let wait = SignedDuration::try_from_secs_f64(seconds).ok()?;
                now.checked_add(wait).ok()
            }
            Self::HeaderTimestamp(name) => response.header(name)?.trim().parse().ok(),
            Self::HeaderUnixSeconds(name) => {
                let seconds = response.header(name)?.trim().parse().ok()?;
                Timestamp::from_second(seconds).ok()
            }
        }
    }
}

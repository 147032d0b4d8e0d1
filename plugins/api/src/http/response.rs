//! The response of a platform.

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

/// An HTTP response of any status.
#[derive(Clone, Debug)]
pub struct HttpResponse {
    /// The status code.
    pub status: u16,
    /// The body, or the part of it that arrived.
    pub body: Bytes,
    pub(super) headers: reqwest::header::HeaderMap,
}

impl HttpResponse {
    /// Returns a response for tests.
    #[cfg(any(test, feature = "testkit"))]
    #[must_use]
    pub fn new(status: u16, body: impl Into<Bytes>, headers: &[(&'static str, &str)]) -> Self {
        let headers = headers.iter().filter_map(|(name, value)| {
            let name = reqwest::header::HeaderName::from_static(name);
            Some((name, value.parse().ok()?))
        });
        Self {
            status,
            body: body.into(),
            headers: headers.collect(),
        }
    }

    /// Returns the value of a header. Returns `None` if it is missing or not ASCII text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the names and values of all headers whose value is ASCII text. Names are in lower case and may occur
    /// several times.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.headers.iter();
        headers.filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
    }

    /// Returns the body as JSON, or `null` if it is not JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Returns the time of the `Retry-After` header (RFC 9110, section 10.2.3), given in seconds or as a date.
    /// Returns `None` if the header is missing or invalid, or if the date is not after `now`.
    #[must_use]
    pub fn retry_after(&self, now: Timestamp) -> Option<Timestamp> {
        let value = self.header("retry-after")?.trim();
        if let Ok(seconds) = value.parse::<u32>() {
            return now
                .checked_add(SignedDuration::from_secs(seconds.into()))
                .ok();
        }
        let date = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
        Some(date).filter(|date| *date > now)
    }

    /// Returns the time that this machine's clock is ahead of the server's: of `Date`, plus `Age` if a cache
    /// answered (RFC 9110, RFC 9111).
    pub(super) fn clock_skew(&self) -> Option<SignedDuration> {
        let date = jiff::fmt::rfc2822::parse(self.header("date")?)
            .ok()?
            .timestamp();
        let age = self
            .header("age")
            .and_then(|age| age.trim().parse::<u32>().ok());
        let age = SignedDuration::from_secs(age.unwrap_or(0).into());
        let theirs = date.checked_add(age).ok()?;
        Some(crate::Clock::system().now().duration_since(theirs))
    }
}

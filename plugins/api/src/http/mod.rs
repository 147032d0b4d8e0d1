//! The HTTP client of plugins. A request to a platform ([`Http::send`]) follows no redirect, is never
//! repeated, and reads at most 1 MiB of the response unless the request allows more. Without a response, the error says whether the
//! request can have left this machine, which decides if a post may exist. [`Http::fetch`] reads public
//! pages, feeds and pictures under stricter rules.

mod certificates;
mod client;
mod error;
mod exchange;
mod fetch;
mod multipart;
mod public_hosts;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use url::Url;

use self::client::Clients;
pub use self::error::{FetchError, HttpError};
use self::error::{classify, not_built};
use self::exchange::Exchange;
pub use self::fetch::{FetchRequest, FetchResponse, Validators};
pub use self::multipart::Multipart;
use crate::{ExposeSecret as _, Name, SecretString};

/// The largest part of a response body that is read by default, in bytes. Longer bodies are cut.
const MAX_RESPONSE_BYTES: usize = 1 << 20;

/// A client for requests to other hosts. Cheap to clone.
#[derive(Clone, Default)]
pub struct Http {
    clients: Clients,
    /// The largest difference between this machine's clock and the `Date` of a response.
    skew: Arc<Mutex<Option<SignedDuration>>>,
}

/// An HTTP request. `Debug` shows only the method.
#[derive(Clone)]
pub struct HttpRequest {
    method: reqwest::Method,
    url: String,
    headers: Vec<(Name, String)>,
    body: Bytes,
    timeout: Duration,
    max_response: usize,
    has_secret_path: bool,
}

/// An HTTP response of any status.
#[derive(Clone, Debug)]
pub struct HttpResponse {
    /// The status code.
    pub status: u16,
    /// The body, or the part of it that arrived.
    pub body: Bytes,
    headers: reqwest::header::HeaderMap,
}

impl HttpRequest {
    /// The default timeout for request and response together.
    pub const TIMEOUT: Duration = Duration::from_secs(30);

    /// Returns a request with this method, such as `POST`, and this URL.
    #[must_use]
    pub fn new(method: impl Into<Name>, url: impl Into<String>) -> Self {
        let method = method.into();
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap_or_default();
        let timeout = Self::TIMEOUT;
        Self {
            method,
            url: url.into(),
            headers: Vec::new(),
            body: Bytes::new(),
            timeout,
            max_response: MAX_RESPONSE_BYTES,
            has_secret_path: false,
        }
    }

    /// Adds a header. Messages never contain its value.
    #[must_use]
    pub fn header(mut self, name: impl Into<Name>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds the header `Authorization: Bearer …` (RFC 6750).
    #[must_use]
    pub fn bearer(self, token: &SecretString) -> Self {
        self.header("authorization", format!("Bearer {}", token.expose_secret()))
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: Bytes) -> Self {
        self.body = body;
        self
    }

    /// Sets a form as the body, and its `Content-Type`.
    #[must_use]
    pub fn multipart(self, form: &Multipart) -> Self {
        let (content_type, body) = form.encode();
        self.header("content-type", content_type).body(body)
    }

    /// Sets the timeout for request and response together. The default is [`Self::TIMEOUT`].
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the number of bytes of the response body that are read. The default is 1 MiB.
    #[must_use]
    pub fn max_response(mut self, bytes: usize) -> Self {
        self.max_response = bytes;
        self
    }

    /// Keeps the whole path out of the log, because it is a secret, as in the URL of a webhook.
    #[must_use]
    pub fn secret_path(mut self) -> Self {
        self.has_secret_path = true;
        self
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} …", self.method)
    }
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
    fn clock_skew(&self) -> Option<SignedDuration> {
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

impl Http {
    /// Returns a client with the system's trust store and proxies. Requests to loopback hosts bypass the
    /// proxy, because the proxy's loopback is another machine.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends a request once and reads the response.
    ///
    /// # Errors
    /// Returns [`HttpError::NotSent`] if the request cannot have left this machine, else
    /// [`HttpError::NoResponse`]. The texts contain no header and no query.
    pub async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let HttpRequest {
            method,
            url,
            headers,
            body,
            timeout,
            max_response,
            has_secret_path,
        } = request;
        let url = Url::parse(&url)
            .map_err(|error| HttpError::NotSent(format!("invalid URL: {error}")))?;
        let client = match is_loopback(&url) {
            true => self.clients.loopback(),
            false => self.clients.remote(),
        };
        let client = client.map_err(|error| HttpError::NotSent(not_built(&error)))?;
        let mut request = client.request(method.clone(), url.clone()).timeout(timeout);
        for (name, value) in headers {
            let mut value = reqwest::header::HeaderValue::from_str(&value)
                .map_err(|_| HttpError::NotSent(format!("invalid character in header `{name}`")))?;
            value.set_sensitive(true);
            request = request.header(name.as_ref(), value);
        }
        let port = url
            .port()
            .map_or_else(String::new, |port| format!(":{port}"));
        let host = format!("{}{port}", url.host_str().unwrap_or_default());
        let mut exchange = Exchange::begin(&method, &url, 0);
        if has_secret_path {
            exchange.hide_path();
        }
        let mut response = match request.body(body).send().await {
            Ok(response) => response,
            Err(error) => return Err(exchange.failed(classify(&host, &error))),
        };
        let status = response.status().as_u16();
        let headers = std::mem::take(response.headers_mut());
        let mut body = BytesMut::new();
        // Status and headers have arrived, so a body that breaks off is still a response.
        while let Ok(Some(chunk)) = response.chunk().await {
            let left = max_response - body.len();
            body.extend_from_slice(chunk.get(..left).unwrap_or(&chunk));
            if body.len() == max_response {
                break;
            }
        }
        exchange.answered(status);
        let response = HttpResponse {
            status,
            body: body.freeze(),
            headers,
        };
        if let Some(skew) = response.clock_skew() {
            let mut known = self.skew.lock().unwrap_or_else(PoisonError::into_inner);
            // Hosts may differ, so a correct time does not cancel a wrong one.
            *known = known
                .into_iter()
                .chain([skew])
                .max_by_key(|skew| skew.abs());
        }
        Ok(response)
    }

    /// Returns the largest time that this machine's clock was ahead of a server's since the last call, and
    /// resets it. Returns `None` if no response had a date.
    pub fn take_clock_skew(&self) -> Option<SignedDuration> {
        self.skew
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Http")
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

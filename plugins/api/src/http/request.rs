//! A request to a platform.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;

use super::Multipart;
use crate::{ExposeSecret as _, Name, SecretString};

/// The largest part of a response body that is read by default, in bytes. Longer bodies are cut.
const MAX_RESPONSE_BYTES: usize = 1 << 20;

/// An HTTP request. `Debug` shows only the method.
#[derive(Clone)]
pub struct HttpRequest {
    pub(super) method: reqwest::Method,
    pub(super) url: String,
    pub(super) headers: Vec<(Name, String)>,
    pub(super) body: Bytes,
    pub(super) timeout: Duration,
    pub(super) max_response: usize,
    pub(super) has_secret_path: bool,
    /// The request does the same if it arrives twice.
    pub(super) is_repeatable: bool,
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
        let is_repeatable = method.is_safe();
        Self {
            method,
            url: url.into(),
            headers: Vec::new(),
            body: Bytes::new(),
            timeout,
            max_response: MAX_RESPONSE_BYTES,
            has_secret_path: false,
            is_repeatable,
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

    /// Allows the request to arrive twice, because that creates nothing that anybody sees: an upload, for example. It may use
    /// a connection that is already open, and is sent once more if the server was closing that connection. Requests with
    /// the methods `GET` and `HEAD` always may.
    #[must_use]
    pub fn repeatable(mut self) -> Self {
        self.is_repeatable = true;
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

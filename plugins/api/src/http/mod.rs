//! The one door to other hosts. A call to a platform ([`Http::send`]) follows no redirect, repeats
//! nothing by itself, reads at most a mebibyte of an answer and, when no answer comes, tells the one
//! thing that matters for a creating request: whether it can have left this machine. Reading what
//! the web offers ([`Http::fetch`]) has rules of its own.

mod client;
mod error;
mod exchange;
mod fetch;
mod public_hosts;

use std::fmt;
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use jiff::SignedDuration;
use url::Url;

use self::client::client;
use self::error::classify;
pub use self::error::{FetchError, HttpError};
use self::exchange::Exchange;
pub use self::fetch::{FetchRequest, FetchResponse, Validators};
use self::public_hosts::PublicClient;

/// The longest answer that is read; error pages of proxies are cut there.
const MAX_ANSWER_BYTES: usize = 1 << 20;

/// A client for calls to other hosts. Cheap to clone.
#[derive(Clone)]
pub struct Http {
    remote: reqwest::Client,
    loopback: reqwest::Client,
    public: PublicClient,
    /// How far this machine's clock is ahead of those that answered.
    skew: Arc<Mutex<Option<SignedDuration>>>,
}

/// A request to make.
#[derive(Clone)]
pub struct HttpRequest {
    method: reqwest::Method,
    url: String,
    headers: Vec<(&'static str, String)>,
    body: Bytes,
    timeout: Duration,
}

/// What the other side answered.
#[derive(Clone, Debug)]
pub struct HttpResponse {
    /// The status code.
    pub status: u16,
    /// The body, or as much of it as arrived.
    pub body: Bytes,
    headers: reqwest::header::HeaderMap,
}

impl HttpRequest {
    /// How long an exchange may take, unless a call says otherwise.
    pub const TIMEOUT: Duration = Duration::from_secs(30);

    /// A call of this method, such as `POST`, to this address.
    #[must_use]
    pub fn new(method: &'static str, url: impl Into<String>) -> Self {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap_or_default();
        let timeout = Self::TIMEOUT;
        Self {
            method,
            url: url.into(),
            headers: Vec::new(),
            body: Bytes::new(),
            timeout,
        }
    }

    /// The same with a header. Values are never shown in messages.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same with a body.
    #[must_use]
    pub fn body(mut self, body: Bytes) -> Self {
        self.body = body;
        self
    }

    /// The same with another limit than 30 seconds for the whole exchange.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }
}

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} …", self.method)
    }
}

impl HttpResponse {
    /// The value of a header, if there is one and it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns how far this machine's clock is ahead of the other side's, which says the time in
    /// `Date`, plus `Age` where a cache answered (RFC 9110, RFC 9111).
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
    /// A client with the system's trust store and proxies. Loopback hosts are reached directly, as
    /// a proxy's loopback is another machine's.
    ///
    /// # Errors
    /// When no TLS client can be made on this system.
    pub fn new() -> crate::Result<Self> {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // An error says that a provider is installed already, which is as good.
            drop(rustls::crypto::ring::default_provider().install_default());
        });
        Ok(Self {
            remote: client().build()?,
            loopback: client().no_proxy().build()?,
            public: PublicClient::default(),
            skew: Arc::default(),
        })
    }

    /// Makes one call.
    ///
    /// # Errors
    /// [`HttpError`] tells whether the request can have left. Neither its text nor anything else
    /// shows headers or the address's query.
    pub async fn send(&self, call: HttpRequest) -> Result<HttpResponse, HttpError> {
        let HttpRequest {
            method,
            url,
            headers,
            body,
            timeout,
        } = call;
        let url = Url::parse(&url)
            .map_err(|error| HttpError::NotSent(format!("bad address: {error}")))?;
        let client = if is_loopback(&url) {
            &self.loopback
        } else {
            &self.remote
        };
        let mut request = client.request(method.clone(), url.clone()).timeout(timeout);
        for (name, value) in headers {
            let mut value = reqwest::header::HeaderValue::from_str(&value).map_err(|_| {
                HttpError::NotSent(format!(
                    "header `{name}` holds a character that no header may"
                ))
            })?;
            value.set_sensitive(true);
            request = request.header(name, value);
        }
        let port = url
            .port()
            .map_or_else(String::new, |port| format!(":{port}"));
        let host = format!("{}{port}", url.host_str().unwrap_or_default());
        let exchange = Exchange::begin(&method, &url, 0);
        let mut response = match request.body(body).send().await {
            Ok(response) => response,
            Err(error) => return Err(exchange.failed(classify(&host, &error))),
        };
        let status = response.status().as_u16();
        let headers = std::mem::take(response.headers_mut());
        let mut body = BytesMut::new();
        // A body that breaks off is taken as far as it came: status and headers are the answer.
        while let Ok(Some(chunk)) = response.chunk().await {
            let room = MAX_ANSWER_BYTES - body.len();
            body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
            if body.len() == MAX_ANSWER_BYTES {
                break;
            }
        }
        exchange.answered(status);
        let answer = HttpResponse {
            status,
            body: body.freeze(),
            headers,
        };
        if let Some(skew) = answer.clock_skew() {
            let mut known = self.skew.lock().unwrap_or_else(PoisonError::into_inner);
            // A right answer after a wrong one, as of another host, does not make up for it.
            *known = known
                .into_iter()
                .chain([skew])
                .max_by_key(|skew| skew.abs());
        }
        Ok(answer)
    }

    /// Returns how far this machine's clock is ahead of the clocks that answered since this was last
    /// asked, the largest difference of several; `None` where no answer had a time.
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

//! The HTTP client of plugins. A request to a platform ([`Http::send`]) follows no redirect, is sent once unless it may
//! arrive twice, and reads at most 1 MiB of the response unless the request allows more. Without a response, the error
//! says whether the request can have left this machine, which decides if a post may exist. [`Http::fetch`] reads public
//! pages, feeds and pictures under stricter rules.

mod certificates;
mod client;
mod error;
mod exchange;
mod fetch;
mod multipart;
mod public_hosts;
mod request;
mod response;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::BytesMut;
use jiff::SignedDuration;
use reqwest::Client;
use url::Url;

use self::client::{Clients, Connections};
pub use self::error::{FetchError, HttpError};
use self::error::{classify, not_built};
use self::exchange::Exchange;
pub use self::fetch::{FetchRequest, FetchResponse, Validators};
pub use self::multipart::Multipart;
pub use self::request::HttpRequest;
pub use self::response::HttpResponse;

/// A client for requests to other hosts. Cheap to clone.
#[derive(Clone, Default)]
pub struct Http {
    clients: Clients,
    /// The largest difference between this machine's clock and the `Date` of a response.
    skew: Arc<Mutex<Option<SignedDuration>>>,
}

impl Http {
    /// Returns a client with the system's trust store and proxies. Requests to loopback hosts bypass the
    /// proxy, because the proxy's loopback is another machine.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sends a request and reads the response.
    ///
    /// # Errors
    /// Returns [`HttpError::NotSent`] if the request cannot have left this machine, else
    /// [`HttpError::NoResponse`]. The texts contain no header and no query.
    pub async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let url = Url::parse(&request.url)
            .map_err(|error| HttpError::NotSent(format!("invalid URL: {error}")))?;
        let connections = match request.is_repeatable {
            true => Connections::Kept,
            false => Connections::New,
        };
        let call = self.build(&request, &url, connections)?;
        let again = request.is_repeatable.then(|| call.try_clone()).flatten();
        let mut exchange = Exchange::begin(&request.method, &url, 0);
        if request.has_secret_path {
            exchange.hide_path();
        }
        let mut outcome = self.client(&url, connections)?.execute(call).await;
        if let (Err(error), Some(again)) = (&outcome, again)
            && is_broken(error)
        {
            // The server may have closed the kept connection at that moment.
            outcome = self.client(&url, Connections::New)?.execute(again).await;
        }
        let mut response = match outcome {
            Ok(response) => response,
            Err(error) => return Err(exchange.failed(classify(&host_of(&url), &error))),
        };
        let max_response = request.max_response;
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

    fn client(&self, url: &Url, connections: Connections) -> Result<&Client, HttpError> {
        let client = match is_loopback(url) {
            true => self.clients.loopback(connections),
            false => self.clients.remote(connections),
        };
        client.map_err(|error| HttpError::NotSent(not_built(&error)))
    }

    /// Builds the request for the client of these connections.
    fn build(
        &self,
        request: &HttpRequest,
        url: &Url,
        connections: Connections,
    ) -> Result<reqwest::Request, HttpError> {
        let client = self.client(url, connections)?;
        let mut call = client
            .request(request.method.clone(), url.clone())
            .timeout(request.timeout);
        for (name, value) in &request.headers {
            let mut value = reqwest::header::HeaderValue::from_str(value)
                .map_err(|_| HttpError::NotSent(format!("invalid character in header `{name}`")))?;
            value.set_sensitive(true);
            call = call.header(name.as_ref(), value);
        }
        let call = call.body(request.body.clone()).build();
        call.map_err(|error| classify(&host_of(url), &error))
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

/// Returns `true` if the connection ended without a response.
fn is_broken(error: &reqwest::Error) -> bool {
    error.is_request() && !error.is_connect() && !error.is_timeout()
}

fn host_of(url: &Url) -> String {
    let port = url
        .port()
        .map_or_else(String::new, |port| format!(":{port}"));
    format!("{}{port}", url.host_str().unwrap_or_default())
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests;

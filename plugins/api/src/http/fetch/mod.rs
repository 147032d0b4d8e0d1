//! Fetches a feed, a page or a picture from a URL that is not trusted. It connects to public hosts only, after
//! redirects and name resolution too, and limits size, time and redirects. A URL from pipeline.yaml may name a
//! private host, but that host must not redirect to another private one. No request has credentials.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use serde::{Deserialize, Serialize};
use url::Url;

use super::Http;
use super::client::Connections;
use super::error::{FetchError, HttpError, classify, not_built};
use super::exchange::Exchange;
use super::public_hosts::NoPublicAddress;
use crate::url_is_public;

#[cfg(test)]
mod tests;

/// The largest number of redirects.
const MAX_REDIRECTS: usize = 5;

/// A request for a resource.
#[derive(Clone, Debug)]
pub struct FetchRequest {
    url: String,
    configured: bool,
    headers: Vec<(&'static str, String)>,
    max_bytes: usize,
    timeout: Duration,
}

/// The validators of a cached version of a resource (RFC 9110, section 13.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// The `ETag` of the response.
    pub etag: Option<String>,
    /// The `Last-Modified` of the response.
    pub last_modified: Option<String>,
}

/// A response of any status.
#[derive(Clone, Debug)]
pub struct FetchResponse {
    /// The status code; never that of a redirect with a location.
    pub status: u16,
    /// The URL after all redirects.
    pub url: Url,
    /// The body, or its beginning if it is truncated.
    pub body: Bytes,
    /// `true` if the body is longer than the limit.
    pub truncated: bool,
    headers: reqwest::header::HeaderMap,
}

impl FetchRequest {
    /// Returns a request for an `http` or `https` URL, with limits of 1 MiB and 30 seconds.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            configured: false,
            headers: Vec::new(),
            max_bytes: 1 << 20,
            timeout: Duration::from_secs(30),
        }
    }

    /// Allows the host of the URL to be loopback or private, because the user wrote it into pipeline.yaml.
    #[must_use]
    pub fn from_config(mut self) -> Self {
        self.configured = true;
        self
    }

    /// Sets the accepted media types, in the syntax of the `Accept` header.
    #[must_use]
    pub fn accept(mut self, types: &str) -> Self {
        self.headers.push(("accept", types.to_owned()));
        self
    }

    /// Fetches the resource only if it differs from the version with these validators. The status is 304 if it
    /// does not.
    #[must_use]
    pub fn if_changed(mut self, validators: &Validators) -> Self {
        let etag = validators.etag.iter().map(|tag| ("if-none-match", tag));
        let modified = validators.last_modified.iter();
        let modified = modified.map(|date| ("if-modified-since", date));
        let both = etag.chain(modified);
        self.headers
            .extend(both.map(|(name, value)| (name, value.clone())));
        self
    }

    /// Sets the largest size of the body in bytes.
    #[must_use]
    pub fn max_bytes(mut self, max_bytes: usize) -> Self {
        self.max_bytes = max_bytes;
        self
    }

    /// Sets the timeout for all requests and responses together, redirects included.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }
}

impl FetchResponse {
    /// Returns the value of a header. Returns `None` if it is missing or not ASCII text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns all values of a header that are ASCII text.
    pub fn headers<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let values = self.headers.get_all(name).into_iter();
        values.filter_map(|value| value.to_str().ok())
    }

    /// Returns the validators for the next request.
    #[must_use]
    pub fn validators(&self) -> Validators {
        Validators {
            etag: self.header("etag").map(str::to_owned),
            last_modified: self.header("last-modified").map(str::to_owned),
        }
    }
}

impl Http {
    /// Fetches a resource and follows redirects.
    ///
    /// # Errors
    /// Returns [`FetchError::NotAllowed`] for a URL that must not be fetched, and [`FetchError::Unreachable`] if the
    /// request may succeed later.
    pub async fn fetch(&self, fetch: FetchRequest) -> Result<FetchResponse, FetchError> {
        let first = web_address(&fetch.url, None)?;
        let host = first.host_str().unwrap_or_default().to_owned();
        let reading = self.follow(&fetch, first);
        tokio::time::timeout(fetch.timeout, reading)
            .await
            .unwrap_or_else(|_| {
                let message = format!("`{host}` did not answer in time");
                Err(FetchError::Unreachable(message))
            })
    }

    async fn follow(&self, fetch: &FetchRequest, first: Url) -> Result<FetchResponse, FetchError> {
        let own = fetch.configured.then(|| first.host_str()).flatten();
        let mut own = own.map(str::to_owned);
        let mut url = first;
        for redirects in 0..=MAX_REDIRECTS {
            let client = self.client_for(&url, own.as_deref())?;
            // A public host must not redirect back to the private one.
            own = own.filter(|_| !url_is_public(url.as_str()));
            let mut request = client.get(url.clone());
            for (name, value) in &fetch.headers {
                request = request.header(*name, value);
            }
            let exchange = Exchange::begin(&reqwest::Method::GET, &url, redirects);
            let response = match request.send().await {
                Ok(response) => response,
                Err(error) => return Err(exchange.failed(failed(&url, &error))),
            };
            let status = response.status().as_u16();
            let Some(location) = target(&response) else {
                let read = read(response, url, fetch.max_bytes).await;
                return match read {
                    Ok(fetched) => {
                        exchange.answered(status);
                        Ok(fetched)
                    }
                    Err(error) => Err(exchange.failed(error)),
                };
            };
            exchange.answered(status);
            url = web_address(&location, Some(&url))?;
        }
        let host = url.host_str().unwrap_or_default();
        let message = format!("`{host}` redirects more than {MAX_REDIRECTS} times");
        Err(FetchError::NotAllowed(message))
    }

    /// Returns the client that may connect to `url`. `own` is the private host that the user named.
    fn client_for(&self, url: &Url, own: Option<&str>) -> Result<&reqwest::Client, FetchError> {
        if url_is_public(url.as_str()) {
            self.clients.public().map_err(no_client)
        } else if own.is_some() && own == url.host_str() {
            self.clients.loopback(Connections::New).map_err(no_client)
        } else {
            let host = url.host_str().unwrap_or_default();
            Err(FetchError::NotAllowed(format!(
                "`{host}` is not a public host"
            )))
        }
    }
}

fn no_client(error: reqwest::Error) -> FetchError {
    FetchError::Unreachable(not_built(&error))
}

/// Returns the target of a redirect. Servers write paths with other letters than ASCII as UTF-8, which browsers accept.
fn target(response: &reqwest::Response) -> Option<String> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = response.headers().get("location")?.as_bytes();
    let location = std::str::from_utf8(location).ok()?;
    Some(location.to_owned())
}

fn web_address(text: &str, base: Option<&Url>) -> Result<Url, FetchError> {
    let url = Url::options().base_url(base).parse(text.trim());
    let url = url.map_err(|error| FetchError::NotAllowed(format!("invalid URL: {error}")))?;
    match url.scheme() {
        "http" | "https" => Ok(url),
        scheme => Err(FetchError::NotAllowed(format!(
            "`{scheme}` addresses are not fetched"
        ))),
    }
}

async fn read(
    mut response: reqwest::Response,
    url: Url,
    max_bytes: usize,
) -> Result<FetchResponse, FetchError> {
    let status = response.status().as_u16();
    let headers = std::mem::take(response.headers_mut());
    let mut body = BytesMut::new();
    let mut truncated = false;
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| failed(&url, &error))?
    {
        let left = max_bytes - body.len();
        truncated = chunk.len() > left;
        body.extend_from_slice(chunk.get(..left).unwrap_or(&chunk));
        if truncated {
            break;
        }
    }
    Ok(FetchResponse {
        status,
        url,
        body: body.freeze(),
        truncated,
        headers,
    })
}

fn failed(url: &Url, error: &reqwest::Error) -> FetchError {
    let (HttpError::NotSent(message) | HttpError::NoResponse(message)) =
        classify(url.host_str().unwrap_or_default(), error);
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(inner) = cause {
        if inner.is::<NoPublicAddress>() {
            return FetchError::NotAllowed(message);
        }
        cause = inner.source();
    }
    FetchError::Unreachable(message)
}

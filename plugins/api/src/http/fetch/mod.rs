//! Fetching: reading a feed, a page or a picture whose address may be anybody's words. It reaches
//! public hosts only, whatever a redirect or a name server says, and caps size, time and redirects.
//! An address that the user wrote into pipeline.yaml may name a private host; what that host sends
//! us on to may not. It is no door for credentials and sends none.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use serde::{Deserialize, Serialize};
use url::Url;

use super::Http;
use super::error::{FetchError, HttpError, classify};
use super::exchange::Exchange;
use super::public_hosts::NoPublicAddress;
use crate::url_is_public;

#[cfg(test)]
mod tests;

/// How many times a server may send us on.
const MAX_REDIRECTS: usize = 5;

/// Something to read.
#[derive(Clone, Debug)]
pub struct FetchRequest {
    url: String,
    configured: bool,
    headers: Vec<(&'static str, String)>,
    max_bytes: usize,
    timeout: Duration,
}

/// What tells a server which version of a resource we have (RFC 9110, section 13.1).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// The `ETag` that came with it.
    pub etag: Option<String>,
    /// The `Last-Modified` that came with it.
    pub last_modified: Option<String>,
}

/// What a server answered, whatever its status.
#[derive(Clone, Debug)]
pub struct FetchResponse {
    /// The status code; never a redirect that says where to.
    pub status: u16,
    /// The address that answered, after all redirects.
    pub url: Url,
    /// The body, or its beginning.
    pub body: Bytes,
    /// Whether the body is longer than was asked for.
    pub truncated: bool,
    headers: reqwest::header::HeaderMap,
}

impl FetchRequest {
    /// A read of this `http` or `https` address, of at most a mebibyte in 30 seconds.
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

    /// The same for an address that the user wrote into pipeline.yaml: its own host may be a
    /// loopback or private one.
    #[must_use]
    pub fn from_config(mut self) -> Self {
        self.configured = true;
        self
    }

    /// The same with the media types that are wanted, as `Accept` has them.
    #[must_use]
    pub fn accept(mut self, types: &str) -> Self {
        self.headers.push(("accept", types.to_owned()));
        self
    }

    /// The same, but only if the resource is not the one that these came with; else the answer is
    /// 304.
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

    /// The same with another limit for the body.
    #[must_use]
    pub fn max_bytes(mut self, max_bytes: usize) -> Self {
        self.max_bytes = max_bytes;
        self
    }

    /// The same with another limit for the whole exchange, redirects included.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }
}

impl FetchResponse {
    /// The value of a header, if there is one and it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns all values of a header that are text.
    pub fn headers<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let values = self.headers.get_all(name).into_iter();
        values.filter_map(|value| value.to_str().ok())
    }

    /// What to ask with next time.
    #[must_use]
    pub fn validators(&self) -> Validators {
        Validators {
            etag: self.header("etag").map(str::to_owned),
            last_modified: self.header("last-modified").map(str::to_owned),
        }
    }
}

impl Http {
    /// Reads an address, following redirects.
    ///
    /// # Errors
    /// [`FetchError`] tells whether it may do later.
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
            // From a public host no way leads back to a private one.
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

    /// The client that may connect to this address; `own` is the host that the user named.
    fn client_for(&self, url: &Url, own: Option<&str>) -> Result<&reqwest::Client, FetchError> {
        if url_is_public(url.as_str()) {
            self.public.client()
        } else if own.is_some() && own == url.host_str() {
            Ok(&self.loopback)
        } else {
            let host = url.host_str().unwrap_or_default();
            Err(FetchError::NotAllowed(format!(
                "`{host}` is no public host"
            )))
        }
    }
}

/// Where a redirect leads.
fn target(response: &reqwest::Response) -> Option<String> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = response.headers().get("location")?.to_str().ok()?;
    Some(location.to_owned())
}

fn web_address(text: &str, base: Option<&Url>) -> Result<Url, FetchError> {
    let url = Url::options().base_url(base).parse(text.trim());
    let url = url.map_err(|error| FetchError::NotAllowed(format!("bad address: {error}")))?;
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
        let room = max_bytes - body.len();
        truncated = chunk.len() > room;
        body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
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

//! Sends requests to the site with the API key. Only this module holds the key in clear text.

use serde_json::Value;
use syndicate_api::http::{HttpError, HttpRequest, HttpResponse};
use syndicate_api::{
    Code, Context, Endpoint, ExposeSecret, PublishError, PublishErrorKind, Request, SecretString,
    sha256_hex,
};

use crate::errors::{ERRORS, throttled, unreadable};
use crate::options::Options;
use crate::pace::Pace;

/// The API version. Without it, the site answers in the form of the version before.
const ACCEPT: &str = "application/vnd.forem.api-v1+json";

/// The largest response. Each article in a list comes with its text.
const MAX_RESPONSE: usize = 64 << 20;

/// The limits of requests, which all clients of a sink share.
#[derive(Debug)]
pub(crate) struct Paces {
    reads: Pace,
    writes: Pace,
}

impl Default for Paces {
    fn default() -> Self {
        Self {
            reads: Pace::new(3),
            writes: Pace::new(1),
        }
    }
}

/// A client of one site with one API key.
pub(crate) struct Client<'a> {
    pub(crate) cx: &'a Context,
    endpoint: &'a Endpoint,
    paces: &'a Paces,
    key: SecretString,
}

impl<'a> Client<'a> {
    /// Returns a client with the configured API key.
    ///
    /// # Errors
    /// Returns `Unauthorized` if the variable with the key is not set, or if the key cannot be one.
    pub(crate) fn new(
        cx: &'a Context,
        endpoint: &'a Endpoint,
        options: &Options,
        paces: &'a Paces,
    ) -> Result<Self, PublishError> {
        let key = options.api_key.reveal(&cx.env)?;
        let text = key.expose_secret();
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            let message = "the API key is empty or contains an invalid character, such as a space";
            let kind = PublishErrorKind::Unauthorized;
            let error = PublishError::new(kind, Code::Unauthorized, message);
            return Err(
                error.with_hint("copy the key again, as `DEVTO_API_KEY` or the sink's `api_key`")
            );
        }
        Ok(Self {
            cx,
            endpoint,
            paces,
            key,
        })
    }

    /// Sends a request of a payload once.
    pub(crate) async fn send(&self, request: &Request) -> Result<HttpResponse, HttpError> {
        let is_read = request.method == "GET";
        let pace = if is_read {
            &self.paces.reads
        } else {
            &self.paces.writes
        };
        pace.wait().await;
        let request = request.to_http(self.endpoint.as_str());
        self.cx.http.send(self.signed(request)).await
    }

    /// Sends a request that may be repeated, and returns its response if the site accepted it.
    ///
    /// # Errors
    /// Returns any kind but `Unknown`.
    pub(crate) async fn send_repeatable(
        &self,
        request: &Request,
    ) -> Result<HttpResponse, PublishError> {
        let outcome = self.send(request).await;
        if let Ok(response) = &outcome
            && let Some(error) = throttled(self.cx, response)
        {
            return Err(error);
        }
        ERRORS.check_repeatable(self.cx, outcome)
    }

    /// Reads a JSON value.
    ///
    /// # Errors
    /// Returns any kind but `Unknown`.
    pub(crate) async fn get(&self, request: &Request) -> Result<Value, PublishError> {
        let response = self.send_repeatable(request).await?;
        serde_json::from_slice(&response.body).map_err(|_| unreadable("JSON"))
    }

    /// Returns a cache key for the site and the API key. It contains a hash of the API key.
    pub(crate) fn cache_key(&self) -> String {
        let hash = sha256_hex(self.key.expose_secret().as_bytes());
        format!("{} {hash}", self.endpoint.as_str())
    }

    /// The HTTP client adds a `User-Agent`, without which the site answers 403.
    fn signed(&self, request: HttpRequest) -> HttpRequest {
        request
            .header("api-key", self.key.expose_secret())
            .header("accept", ACCEPT)
            .max_response(MAX_RESPONSE)
    }
}

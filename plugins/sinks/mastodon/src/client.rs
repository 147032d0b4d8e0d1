//! Sends requests to the server, with the token if there is one.

use std::time::Duration;

use syndicate_api::http::{HttpError, HttpRequest, HttpResponse};
use syndicate_api::{
    Context, Endpoint, ExposeSecret as _, Medium, PublishError, Request, SecretString, sha256_hex,
};

use crate::errors::ERRORS;

/// The remedy for answers that are not in the form of the API.
pub(crate) const CHECK_ENDPOINT: &str = "check that the sink's `endpoint` is a server with the Mastodon API, and that its token was copied completely";

/// A client of one server.
pub(crate) struct Client<'a> {
    pub(crate) cx: &'a Context,
    pub(crate) endpoint: &'a Endpoint,
    token: Option<SecretString>,
}

impl<'a> Client<'a> {
    /// Returns a client that signs its requests with `token`.
    pub(crate) fn new(
        cx: &'a Context,
        endpoint: &'a Endpoint,
        token: impl Into<Option<SecretString>>,
    ) -> Self {
        Self {
            cx,
            endpoint,
            token: token.into(),
        }
    }

    /// Returns a name of the server and the token that is not a secret; `None` without a token.
    pub(crate) fn cache_key(&self) -> Option<String> {
        let token = self.token.as_ref()?.expose_secret();
        let hash = sha256_hex(token.as_bytes());
        Some(format!("{} {hash}", self.endpoint.as_str()))
    }

    /// Sends a request without media and returns any response.
    pub(crate) async fn send(&self, request: &Request) -> Result<HttpResponse, HttpError> {
        let request = request.to_http(self.endpoint.as_str());
        self.cx.http.send(self.signed(request)).await
    }

    /// Sends a request that may be repeated.
    ///
    /// # Errors
    /// Returns an error unless the status is 2xx.
    pub(crate) async fn call(&self, request: &Request) -> Result<HttpResponse, PublishError> {
        ERRORS.check_repeatable(self.cx, self.send(request).await)
    }

    /// Sends a request that may be repeated, and that every server with the API answers in its form. A wrong address is
    /// often that of a web site, which answers with a page.
    ///
    /// # Errors
    /// Returns an error unless the status is 2xx. If the server refuses the request in another form, the hint is about
    /// the sink's `endpoint`.
    pub(crate) async fn call_first(&self, request: &Request) -> Result<HttpResponse, PublishError> {
        let outcome = self.send(request).await;
        let is_foreign = outcome.as_ref().is_ok_and(|response| {
            (300..500).contains(&response.status) && response.json()["error"].is_null()
        });
        ERRORS
            .check_repeatable(self.cx, outcome)
            .map_err(|error| match is_foreign {
                true => error.with_hint(CHECK_ENDPOINT),
                false => error,
            })
    }

    /// Sends a request that uploads one of `media`.
    ///
    /// # Errors
    /// Returns an error unless the status is 2xx.
    pub(crate) async fn upload(
        &self,
        request: &Request,
        media: &[Medium],
        timeout: Duration,
    ) -> Result<HttpResponse, PublishError> {
        let request = request.with_media(self.endpoint.as_str(), media)?;
        let request = self.signed(request).timeout(timeout).repeatable();
        ERRORS.check_repeatable(self.cx, self.cx.http.send(request).await)
    }

    fn signed(&self, request: HttpRequest) -> HttpRequest {
        match &self.token {
            Some(token) => request.bearer(token),
            None => request,
        }
    }
}

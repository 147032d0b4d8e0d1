//! Sends requests to the account's server with the session.

use std::sync::Arc;

use syndicate_api::http::{HttpError, HttpRequest, HttpResponse};
use syndicate_api::{Context, PublishError};
use tokio::sync::OnceCell;

use crate::errors::is_refusal;
use crate::identity::{self, Identity};
use crate::options::Options;
use crate::session::{Session, SharedSession};

/// The client of one account. Its server and session are looked up once.
#[derive(Debug)]
pub(crate) struct Client {
    options: Options,
    identity: OnceCell<Identity>,
    session: SharedSession,
}

impl Client {
    /// Creates the client of the account of `options`.
    pub(crate) fn new(options: Options) -> Self {
        Self {
            options,
            identity: OnceCell::new(),
            session: SharedSession::default(),
        }
    }

    /// Returns the account and its server.
    ///
    /// # Errors
    /// Returns an error if the account has no server.
    pub(crate) async fn identity(&self, cx: &Context) -> Result<&Identity, PublishError> {
        let resolve = || identity::resolve(cx, &self.options);
        self.identity.get_or_try_init(resolve).await
    }

    /// Returns the session, and signs in first if there is none.
    ///
    /// # Errors
    /// Returns an error if the server does not accept the password.
    pub(crate) async fn session(&self, cx: &Context) -> Result<Arc<Session>, PublishError> {
        let identity = self.identity(cx).await?;
        self.session.get(cx, &self.options, identity).await
    }

    /// Returns the DID of the account without signing in.
    ///
    /// # Errors
    /// Returns an error if the handle cannot be looked up.
    pub(crate) async fn did(&self, cx: &Context) -> Result<String, PublishError> {
        let identity = self.identity(cx).await?;
        if let Some(did) = identity.did.clone() {
            return Ok(did);
        }
        if let Some(did) = self.session.did().await {
            return Ok(did);
        }
        identity::resolve_handle(cx, &identity.pds, &self.options.account()).await
    }

    /// Sends the request that `build` makes for the server at a URL, with the access token. If the token has expired,
    /// the request was refused, so the session is renewed and the request sent once more.
    ///
    /// # Errors
    /// The outer error is about the session: the request was refused or not sent.
    pub(crate) async fn send(
        &self,
        cx: &Context,
        build: impl Fn(&str) -> HttpRequest,
    ) -> Result<Result<HttpResponse, HttpError>, PublishError> {
        let identity = self.identity(cx).await?;
        let request = build(&identity.pds);
        let session = self.session(cx).await?;
        let outcome = cx.http.send(request.clone().bearer(&session.access)).await;
        if !matches!(&outcome, Ok(response) if is_refusal(response, "ExpiredToken")) {
            return Ok(outcome);
        }
        let renewal = self.session.renew(cx, &self.options, identity, &session);
        let session = renewal.await?;
        Ok(cx.http.send(request.bearer(&session.access)).await)
    }
}

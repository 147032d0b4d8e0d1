//! Sends requests to the account's server with the session.

use syndicate_api::http::{HttpError, HttpRequest, HttpResponse};
use syndicate_api::{
    Code, Context, Credential, CredentialSource, ExposeSecret as _, PublishError, PublishErrorKind,
    SecretString, send_renewing,
};
use tokio::sync::OnceCell;

use crate::errors::{NEW_PASSWORD, is_refusal, rejected};
use crate::identifier::is_did;
use crate::identity::{self, Identity};
use crate::options::Options;

/// The client of one account. Its server is looked up once.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) options: Options,
    identity: OnceCell<Identity>,
}

impl Client {
    /// Creates the client of the account of `options`.
    pub(crate) fn new(options: Options) -> Self {
        Self {
            options,
            identity: OnceCell::new(),
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

    /// Returns the password of the options; `None` if its variable is not set, or empty, as a CI service sets it if it has
    /// no such secret.
    pub(crate) fn password(&self, cx: &Context) -> Option<SecretString> {
        let password = self.options.password.reveal(&cx.env).ok();
        password.filter(|password| !password.expose_secret().is_empty())
    }

    /// Returns the session.
    ///
    /// # Errors
    /// Returns an error if there is neither a password nor a stored login, or if the account is another one.
    pub(crate) async fn session(&self, cx: &Context) -> Result<Credential, PublishError> {
        let (password, account) = (self.password(cx), self.options.account());
        let source = self.source(&account, password.as_ref());
        let session = cx.credentials.get_or_refresh(cx, &source).await?;
        let session = session.ok_or_else(|| self.not_signed_in(cx))?;
        self.check_owner(cx, &session).await?;
        Ok(session)
    }

    /// Returns the origin of the session: the password of the options, else the stored login.
    pub(crate) fn source<'a>(
        &'a self,
        account: &'a str,
        password: Option<&'a SecretString>,
    ) -> CredentialSource<'a> {
        match password {
            Some(password) => CredentialSource::password(self, account, password),
            None => CredentialSource::profile(self),
        }
    }

    /// Returns the error for a missing password and login.
    pub(crate) fn not_signed_in(&self, cx: &Context) -> PublishError {
        let unset = self.options.password.reveal(&cx.env).err();
        let mut error = unset.map_or_else(
            || {
                let kind = PublishErrorKind::Unauthorized;
                PublishError::new(kind, Code::Unauthorized, "the sink's `password` is empty")
            },
            PublishError::from,
        );
        let hint = error.hint.take().unwrap_or_else(|| NEW_PASSWORD.to_owned());
        error.with_hint(format!("{hint}, or run `syndicate auth login bluesky`"))
    }

    /// Checks that `session` is of the configured account.
    ///
    /// # Errors
    /// Returns `Rejected` if it is of another one.
    pub(crate) async fn check_owner(
        &self,
        cx: &Context,
        session: &Credential,
    ) -> Result<(), PublishError> {
        let account = self.options.account();
        let identity = self.identity(cx).await?;
        let is_configured = if is_did(&account) {
            session.account == account
        } else {
            identity
                .did
                .as_ref()
                .is_none_or(|did| *did == session.account)
        };
        if is_configured {
            return Ok(());
        }
        let owner = &session.account;
        let message = format!("the session belongs to `{owner}`, not to `{account}`");
        Err(rejected(Code::OtherAccount, message))
    }

    /// Returns the DID of the account without signing in.
    ///
    /// # Errors
    /// Returns an error if the handle cannot be looked up.
    pub(crate) async fn did(&self, cx: &Context) -> Result<String, PublishError> {
        let identity = self.identity(cx).await?;
        match &identity.did {
            Some(did) => Ok(did.clone()),
            None => {
                let account = self.options.account();
                identity::resolve_handle(cx, &identity.pds, &account).await
            }
        }
    }

    /// Sends the request that `build` makes for the server at a URL, with the access token. If the server refuses the
    /// token, the session is renewed and the request sent once more.
    ///
    /// # Errors
    /// The outer error is about the session: the request was refused or not sent.
    pub(crate) async fn send(
        &self,
        cx: &Context,
        build: impl Fn(&str) -> HttpRequest,
    ) -> Result<Result<HttpResponse, HttpError>, PublishError> {
        let request = build(&self.identity(cx).await?.pds);
        let session = self.session(cx).await?;
        let (password, account) = (self.password(cx), self.options.account());
        let source = self.source(&account, password.as_ref());
        let send = |session: Credential| {
            let request = request.clone().bearer(&session.access_token);
            async move {
                match cx.http.send(request).await {
                    Ok(response) if has_refused_token(&response) => Err(token_expired()),
                    outcome => Ok(outcome),
                }
            }
        };
        send_renewing(cx, &source, session, send).await
    }
}

/// Returns `true` if the server refused the access token, so that it did nothing.
fn has_refused_token(response: &HttpResponse) -> bool {
    ["ExpiredToken", "InvalidToken"]
        .iter()
        .any(|error| is_refusal(response, error))
}

fn token_expired() -> PublishError {
    let kind = PublishErrorKind::Unauthorized;
    let message = "Bluesky does not accept the access token";
    PublishError::new(kind, Code::TokenExpired, message).with_hint(NEW_PASSWORD)
}

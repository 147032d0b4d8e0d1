//! The tokens that logins yield, as requests use them.

use syndicate_api::{Context, Credential, PublishError, SecretString, async_trait};

/// A login that yields the tokens of requests.
#[async_trait]
pub(super) trait Login: Send + Sync {
    /// Returns the credential of requests. Logs in or renews it first if that is necessary.
    ///
    /// # Errors
    /// Returns `Unauthorized` without a login that can be used.
    async fn credential(&self, cx: &Context) -> Result<Credential, PublishError>;

    /// Returns a new credential in place of `seen`, which the platform refused.
    ///
    /// # Errors
    /// Returns `Unauthorized` if the user has to sign in again.
    async fn renew(&self, cx: &Context, seen: &Credential) -> Result<Credential, PublishError>;
}

/// The origin of the token of requests, if a login yields it.
#[derive(Clone, Copy)]
pub(super) enum Access<'a> {
    /// The sink has no login.
    Secrets,
    /// The credential of this login.
    Login(&'a dyn Login),
    /// This token, which is not stored yet.
    Token(&'a SecretString),
}

impl Access<'_> {
    /// Returns the credential of the login, if there is one.
    ///
    /// # Errors
    /// If the user is not signed in, or the server does not accept the password.
    pub(super) async fn credential(
        &self,
        cx: &Context,
    ) -> Result<Option<Credential>, PublishError> {
        match self {
            Self::Login(login) => login.credential(cx).await.map(Some),
            Self::Secrets | Self::Token(_) => Ok(None),
        }
    }
}

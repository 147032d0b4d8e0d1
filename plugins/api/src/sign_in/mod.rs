//! The parts of a login that differ by platform: the flow, endpoints and scopes, the account of a token, renewal, and
//! the meaning of errors. The prompts, the OAuth requests and the token files are in the program and depend on no
//! platform.

mod flow;
mod oauth_error;
mod password;
mod renewal;
mod renewal_error;
mod source;

use async_trait::async_trait;
use secrecy::SecretString;

pub use self::flow::{Flow, OAuth, OAuthApp, OAuthClient};
pub use self::oauth_error::{OAuthError, OAuthRequest};
pub use self::password::Password;
pub use self::renewal::send_renewing;
pub use self::renewal_error::{before_delivery, renewal_error};
pub use self::source::CredentialSource;

use self::renewal_error::unsupported;
use crate::{Account, Context, Credential, Diagnostic, Provider, PublishError};

/// The login of one platform.
#[async_trait]
pub trait SignIn: Send + Sync {
    /// Returns the server that issues the credentials, and the profile that stores them.
    fn provider(&self) -> Provider;

    /// Returns the way in which users sign in.
    fn flow(&self) -> Flow;

    /// Requests the account of `token`, which was granted with `scopes`. A key or a token that the user created on the
    /// platform has no scopes.
    ///
    /// # Errors
    /// Returns an error if the platform does not return the account. It is `Unauthorized` for a token that is too
    /// new to be known to all servers of the platform.
    async fn account(
        &self,
        cx: &Context,
        token: &SecretString,
        scopes: &[String],
    ) -> Result<Account, PublishError>;

    /// Registers an app at the server, with this redirect URI and these scopes. Called once per server if the flow has
    /// [`OAuthClient::Registered`].
    ///
    /// # Errors
    /// Returns an error if the server registers no app.
    async fn register(
        &self,
        cx: &Context,
        redirect: &str,
        scopes: &[String],
    ) -> Result<OAuthApp, PublishError> {
        let _ = (cx, redirect, scopes);
        Err(unsupported(&self.provider(), "the registration of apps"))
    }

    /// Exchanges a password for a credential. Called only for [`Flow::Password`]. The password is not stored.
    ///
    /// # Errors
    /// Returns an error if the platform refuses the password or does not answer.
    async fn sign_in(
        &self,
        cx: &Context,
        password: &Password<'_>,
    ) -> Result<Credential, PublishError> {
        let _ = (cx, password);
        Err(unsupported(&self.provider(), "passwords"))
    }

    /// Exchanges the refresh token of `credential` for a new credential. Called only if `credential` has a refresh
    /// token. Sends one request and does not repeat it; the store of credentials records the attempt before and the
    /// new credential after it. Returns `None` to have the program send the refresh request of RFC 6749, section 6.
    ///
    /// # Errors
    /// Returns `Unauthorized` if the server refuses the refresh token, `Unavailable` or `Throttled` if it has certainly
    /// not used it, and `Unknown` if there was no clear answer.
    async fn renew(
        &self,
        cx: &Context,
        credential: &Credential,
    ) -> Option<Result<Credential, PublishError>> {
        let _ = (cx, credential);
        None
    }

    /// Revokes `credential` at the platform. Returns `None` to have the program send the revocation request of RFC
    /// 7009, or to say that the platform has none.
    ///
    /// # Errors
    /// Returns an error if the platform does not confirm the revocation.
    async fn revoke(
        &self,
        cx: &Context,
        credential: &Credential,
    ) -> Option<Result<(), PublishError>> {
        let _ = (cx, credential);
        None
    }

    /// Returns `true` if a refresh token may be used several times. Such a credential is renewed even if the new one
    /// cannot be stored. If in doubt, a platform replaces the refresh token at each use (RFC 6749, section 6).
    fn has_reusable_refresh_token(&self) -> bool {
        false
    }

    /// Returns the meaning of an error of the OAuth server and the next step. Returns `None` for errors that mean the
    /// same on every platform.
    fn explain(&self, refused: &OAuthError) -> Option<Diagnostic> {
        let _ = refused;
        None
    }

    /// Returns the API version in use and its last day, if they are known.
    fn version(&self) -> Option<(String, Option<jiff::civil::Date>)> {
        None
    }

    /// Requests the other accounts, such as company pages, that `grant` may post for. Returns `None` if the
    /// platform has none or does not say.
    ///
    /// # Errors
    /// Returns an error if the request fails.
    async fn pages(
        &self,
        cx: &Context,
        grant: &Credential,
    ) -> Result<Option<Vec<String>>, PublishError> {
        // Most platforms have only personal accounts.
        let _ = (cx, grant);
        Ok(None)
    }
}

//! The parts of an OAuth login that differ by platform: endpoints, scopes, the account of a token, and the
//! meaning of errors. The login flow and the token files are in the program and depend on no platform.

use std::fmt;

use async_trait::async_trait;
use secrecy::SecretString;

use crate::{Account, Context, Credential, Diagnostic, Provider, PublishError};

/// A request to the OAuth server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OAuthRequest {
    /// The user's consent (authorization request).
    Consent,
    /// An access token for an authorization code.
    Token,
    /// An access token for a refresh token.
    Renewal,
    /// The revocation of a token.
    Revocation,
}

/// An OAuth error response (RFC 6749, section 5.2).
#[derive(Clone, PartialEq, Eq)]
pub struct OAuthError {
    /// The request that failed.
    pub request: OAuthRequest,
    /// The error code, such as `invalid_client`.
    pub error: String,
    /// The error description, without secrets.
    pub description: String,
}

impl fmt::Debug for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.request, self.error)
    }
}

/// The OAuth login of one platform.
#[async_trait]
pub trait SignIn: Send + Sync {
    /// Returns the OAuth server and the registered app.
    fn provider(&self) -> Provider;

    /// Requests the account of `token`, which was granted with `scopes`.
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

    /// Returns the meaning of an error and the next step. Returns `None` for errors that mean the same on every
    /// platform.
    fn explain(&self, refused: &OAuthError) -> Option<Diagnostic>;

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

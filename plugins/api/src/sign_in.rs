//! Signing in, as far as a platform differs from the next: where its OAuth 2.0 server is, what to
//! ask it for, whose token it then is and what its refusals mean. The flow itself, from the browser
//! to the file that keeps the token, is the program's and knows no platform.

use std::fmt;

use async_trait::async_trait;
use secrecy::SecretString;

use crate::{Context, Credential, Diagnostic, Provider, PublishError};

/// Whose token it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The platform's identifier of the author.
    pub id: String,
    /// The name, for people.
    pub name: String,
}

/// What the OAuth server was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OAuthRequest {
    /// A person's consent.
    Consent,
    /// A token for a code.
    Token,
    /// A token for a refresh token.
    Renewal,
    /// To take a token back.
    Revocation,
}

/// What the OAuth server said instead of yes.
#[derive(Clone, PartialEq, Eq)]
pub struct OAuthError {
    /// What it was asked for.
    pub request: OAuthRequest,
    /// Its word for it, such as `invalid_client`.
    pub error: String,
    /// Its sentence about it, without any secret.
    pub description: String,
}

impl fmt::Debug for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.request, self.error)
    }
}

/// What signing in is at one platform.
#[async_trait]
pub trait SignIn: Send + Sync {
    /// Where to sign in, and as which app.
    fn provider(&self) -> Provider;

    /// Asks the platform whose token it is that was granted with these scopes.
    ///
    /// # Errors
    /// When it does not tell. A token too fresh to be known everywhere is `Unauthorized`.
    async fn account(
        &self,
        cx: &Context,
        token: &SecretString,
        scopes: &[String],
    ) -> Result<Account, PublishError>;

    /// What a refusal means, in plain words and with the next thing to do. `None` for those that
    /// mean the same everywhere.
    fn explain(&self, refused: &OAuthError) -> Option<Diagnostic>;

    /// The version of the platform's interface in use, and its last day where it is known.
    fn version(&self) -> Option<(String, Option<jiff::civil::Date>)> {
        None
    }

    /// For whom else this grant may post; `None` where it cannot tell.
    ///
    /// # Errors
    /// When the platform was asked and does not tell.
    async fn pages(
        &self,
        cx: &Context,
        grant: &Credential,
    ) -> Result<Option<Vec<String>>, PublishError> {
        // Most platforms know no pages.
        let _ = (cx, grant);
        Ok(None)
    }
}

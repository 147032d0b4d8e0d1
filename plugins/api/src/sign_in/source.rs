//! The origin of a sink's credential.

use async_trait::async_trait;
use secrecy::SecretString;

use super::SignIn;
use super::password::Password;
use super::renewal_error::unsupported;
use crate::{Context, Credential, CredentialIssuer, OAuth, Provider, PublishError, sha256_hex};

/// The beginning of the names under which sessions are stored.
const SESSION_PREFIX: &str = "session-";

/// Number of hexadecimal digits that distinguish the sessions of a platform.
const SESSION_DIGITS: usize = 12;

/// The origin of a sink's credential: the login of a profile, or a password in the sink's options.
#[derive(Clone, Copy)]
pub struct CredentialSource<'a> {
    /// The login of the platform.
    pub sign_in: &'a dyn SignIn,
    /// The password in the sink's options. The store signs in with it if no stored session can be used.
    pub password: Option<Password<'a>>,
}

impl<'a> CredentialSource<'a> {
    /// Returns the credential that `syndicate auth login` stored under the profile of `sign_in`.
    #[must_use]
    pub fn profile(sign_in: &'a dyn SignIn) -> Self {
        Self {
            sign_in,
            password: None,
        }
    }

    /// Returns the session of a password in the sink's options. It is stored beside the profiles, under a name of its
    /// own, so that runs on one machine share one session.
    #[must_use]
    pub fn password(sign_in: &'a dyn SignIn, user: &'a str, secret: &'a SecretString) -> Self {
        Self {
            sign_in,
            password: Some(Password { user, secret }),
        }
    }

    /// Returns the server of the credential, and the name under which the credential is stored as its profile. The name
    /// of a session depends on the server and the user name, not on the password.
    #[must_use]
    pub fn provider(&self) -> Provider {
        let provider = self.sign_in.provider();
        let Some(Password { user, .. }) = self.password else {
            return provider;
        };
        let identity = format!("{}\n{user}", provider.issuer);
        let digits = sha256_hex(identity.as_bytes());
        Provider {
            profile: format!("{SESSION_PREFIX}{}", &digits[..SESSION_DIGITS]),
            ..provider
        }
    }
}

#[async_trait]
impl CredentialIssuer for CredentialSource<'_> {
    fn provider(&self) -> Provider {
        // The inherent method.
        Self::provider(self)
    }

    fn oauth(&self) -> Option<OAuth> {
        self.sign_in.flow().oauth().cloned()
    }

    fn has_password(&self) -> bool {
        self.password.is_some()
    }

    fn has_reusable_refresh_token(&self) -> bool {
        self.sign_in.has_reusable_refresh_token()
    }

    async fn sign_in(&self, cx: &Context) -> Result<Credential, PublishError> {
        match &self.password {
            Some(password) => self.sign_in.sign_in(cx, password).await,
            None => Err(unsupported(&self.provider(), "passwords")),
        }
    }

    async fn renew(
        &self,
        cx: &Context,
        credential: &Credential,
    ) -> Option<Result<Credential, PublishError>> {
        self.sign_in.renew(cx, credential).await
    }
}

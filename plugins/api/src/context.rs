//! The context of a running component: HTTP, clock, environment and caches. Plugins use these instead of the
//! system's, so that tests need neither sleep nor a real host.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::http::Http;
use crate::{
    Account, BlobCache, Clock, Code, Credential, Diagnostic, Env, InMemoryBlobCache, KvCache,
    OAuth, Provider, PublishError, PublishErrorKind, Result, before_delivery, renewal_error,
};

/// Everything that a running component may use of the outside world. Cheap to clone.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Context {
    /// The HTTP client.
    pub http: Http,
    /// The clock.
    pub clock: Clock,
    /// The environment variables, read when a secret is used.
    pub env: Env,
    /// Small values that outlive a run, such as the account of a token.
    pub kv_cache: Arc<dyn KvCache>,
    /// Downloaded bytes that outlive a run.
    pub blob_cache: Arc<dyn BlobCache>,
    /// The tokens that users got by signing in.
    pub credentials: Arc<dyn CredentialStore>,
    /// `true` if reading from the network is forbidden (`--offline`).
    pub offline: bool,
    /// The time zone of this machine.
    pub zone: TimeZone,
}

impl Context {
    /// Returns a context with the network allowed, UTC as the time zone, and an empty blob cache and credential
    /// store in memory.
    #[must_use]
    pub fn new(http: Http, clock: Clock, env: Env, kv_cache: Arc<dyn KvCache>) -> Self {
        Self {
            http,
            clock,
            env,
            kv_cache,
            blob_cache: Arc::new(InMemoryBlobCache::default()),
            credentials: Arc::new(InMemoryCredentialStore::default()),
            offline: false,
            zone: TimeZone::UTC,
        }
    }

    /// Returns the current time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// Issues new credentials to a [`CredentialStore`]. A [`CredentialSource`](crate::CredentialSource) is one.
#[async_trait]
pub trait CredentialIssuer: Send + Sync {
    /// Returns the server, and the name under which the credential is stored as its profile.
    fn provider(&self) -> Provider;

    /// Returns the OAuth server, or `None` for a login without one.
    fn oauth(&self) -> Option<OAuth>;

    /// Returns `true` if [`CredentialIssuer::sign_in`] needs no user.
    fn has_password(&self) -> bool;

    /// Returns `true` if a refresh token may be used several times.
    fn has_reusable_refresh_token(&self) -> bool;

    /// Signs in with the password.
    ///
    /// # Errors
    /// Returns an error without a password, or if the platform refuses it or does not answer.
    async fn sign_in(&self, cx: &Context) -> Result<Credential, PublishError>;

    /// Exchanges the refresh token of `credential` for a new credential, as
    /// [`SignIn::renew`](crate::SignIn::renew) does.
    async fn renew(
        &self,
        cx: &Context,
        credential: &Credential,
    ) -> Option<Result<Credential, PublishError>>;
}

/// The store of credentials, each under a platform and a profile. A renewed credential is stored before it is used,
/// and parallel processes renew it once.
#[async_trait]
pub trait CredentialStore: fmt::Debug + Send + Sync {
    /// Returns the stored credential without renewing it, or `None` if there is none.
    ///
    /// # Errors
    /// Returns an error if the credential cannot be read.
    fn get(&self, platform: &str, profile: &str) -> Result<Option<Credential>>;

    /// Returns the account of the stored credential of the provider's profile. It reads no secret. Returns `None` if
    /// no readable credential of this provider's issuer is stored.
    fn account(&self, provider: &Provider) -> Option<Account>;

    /// Returns the credential of `source`. Renews it first if it expires soon and can be renewed. Signs in if `source`
    /// has a password and no stored session can be used. Returns `None` if the user has not signed in.
    ///
    /// # Errors
    /// Returns an error if the credential cannot be read, or if it has expired and cannot be renewed. The error is
    /// never [`PublishErrorKind::Unknown`](crate::PublishErrorKind::Unknown), because no post has left.
    async fn get_or_refresh(
        &self,
        cx: &Context,
        source: &dyn CredentialIssuer,
    ) -> Result<Option<Credential>, PublishError>;

    /// Renews `expired`, whose access token the server refused as expired. Returns the stored credential instead if
    /// another process has renewed it. Call it once per request, as [`send_renewing`](crate::send_renewing) does.
    ///
    /// # Errors
    /// Returns an error if the credential is not renewed, as [`CredentialStore::get_or_refresh`] does.
    async fn renew(
        &self,
        cx: &Context,
        source: &dyn CredentialIssuer,
        expired: &Credential,
    ) -> Result<Credential, PublishError>;

    /// Checks that a renewed credential of `source` can be stored, for `syndicate check`. A credential that cannot be
    /// stored is not renewed.
    ///
    /// # Errors
    /// Returns an error that names the reason and the remedy.
    fn check_renewal(&self, source: &dyn CredentialIssuer) -> Result<(), Diagnostic>;
}

/// Credentials in memory. For tests and the sandbox. A credential that expires soon is not renewed before the server
/// refuses it.
#[derive(Debug, Default)]
pub struct InMemoryCredentialStore(Mutex<BTreeMap<(String, String), Credential>>);

impl InMemoryCredentialStore {
    /// Stores a credential.
    pub fn insert(&self, platform: &str, profile: &str, grant: Credential) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert((platform.to_owned(), profile.to_owned()), grant);
    }
}

#[async_trait]
impl CredentialStore for InMemoryCredentialStore {
    fn get(&self, platform: &str, profile: &str) -> Result<Option<Credential>> {
        let grants = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (platform.to_owned(), profile.to_owned());
        Ok(grants.get(&key).cloned())
    }

    fn account(&self, provider: &Provider) -> Option<Account> {
        let stored = self.get(&provider.platform, &provider.profile).ok()??;
        (stored.issuer == provider.issuer).then(|| stored.owner())
    }

    async fn get_or_refresh(
        &self,
        cx: &Context,
        source: &dyn CredentialIssuer,
    ) -> Result<Option<Credential>, PublishError> {
        let provider = source.provider();
        let stored = self.get(&provider.platform, &provider.profile);
        let stored = stored.unwrap_or_default();
        if stored.is_some() || !source.has_password() {
            return Ok(stored);
        }
        let credential = source.sign_in(cx).await.map_err(before_delivery)?;
        self.insert(&provider.platform, &provider.profile, credential.clone());
        Ok(Some(credential))
    }

    async fn renew(
        &self,
        cx: &Context,
        source: &dyn CredentialIssuer,
        expired: &Credential,
    ) -> Result<Credential, PublishError> {
        let renewed = match source.renew(cx, expired).await {
            Some(Ok(renewed)) => renewed,
            _ if source.has_password() => source.sign_in(cx).await.map_err(before_delivery)?,
            Some(Err(error)) => return Err(renewal_error(error)),
            None => {
                return Err(PublishError::new(
                    PublishErrorKind::Unauthorized,
                    Code::TokenExpired,
                    "the access token has expired and cannot be renewed",
                ));
            }
        };
        let provider = source.provider();
        self.insert(&provider.platform, &provider.profile, renewed.clone());
        Ok(renewed)
    }

    fn check_renewal(&self, _: &dyn CredentialIssuer) -> Result<(), Diagnostic> {
        Ok(())
    }
}

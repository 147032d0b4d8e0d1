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
    Account, BlobCache, Clock, Credential, Env, InMemoryBlobCache, KvCache, Provider, Result,
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

/// The store of credentials, each under a platform and a profile.
#[async_trait]
pub trait CredentialStore: fmt::Debug + Send + Sync {
    /// Returns the stored credential without refreshing it, or `None` if there is none.
    ///
    /// # Errors
    /// Returns an error if the credential cannot be read.
    fn get(&self, platform: &str, profile: &str) -> Result<Option<Credential>>;

    /// Returns the account of the stored credential of the provider's profile. It reads no secret. Returns `None` if
    /// no readable credential of this provider's issuer is stored.
    fn account(&self, provider: &Provider) -> Option<Account>;

    /// Returns the stored credential of the provider's profile. Refreshes it first if it expires soon and can be
    /// refreshed.
    ///
    /// # Errors
    /// Returns an error if the credential cannot be read, or if it has expired and the refresh fails.
    async fn get_or_refresh(&self, cx: &Context, provider: &Provider)
    -> Result<Option<Credential>>;
}

/// Credentials in memory, which are never refreshed. For tests and the sandbox.
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
        let stored = self.get(provider.platform, &provider.profile).ok()??;
        (stored.issuer == provider.issuer).then(|| stored.owner())
    }

    async fn get_or_refresh(&self, _: &Context, provider: &Provider) -> Result<Option<Credential>> {
        self.get(provider.platform, &provider.profile)
    }
}

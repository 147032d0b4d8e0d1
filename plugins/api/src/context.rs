//! The doors to the world outside. Plugins take time, variables, connections and what they
//! remember from here, so that a test can hand in all of them and neither sleeps nor reaches a
//! real host.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::http::Http;
use crate::{BlobCache, Clock, Credential, Env, InMemoryBlobCache, KvCache, Provider, Result};

/// What a running stage may use of the outside world. Cheap to clone.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Context {
    /// Connections to other hosts.
    pub http: Http,
    /// The time.
    pub clock: Clock,
    /// Environment variables, asked for only when a secret is used.
    pub env: Env,
    /// Small facts worth keeping between runs, such as who a token belongs to.
    pub kv_cache: Arc<dyn KvCache>,
    /// What was read from elsewhere, kept between runs.
    pub blob_cache: Arc<dyn BlobCache>,
    /// What people granted by signing in.
    pub credentials: Arc<dyn CredentialStore>,
    /// Whether reading from the network is forbidden (`--offline`).
    pub offline: bool,
    /// The time zone of this machine.
    pub zone: TimeZone,
}

impl Context {
    /// A context of these doors, with the network allowed, UTC as the time zone, and a cache and
    /// grants that end with the process.
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

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// Where grants are kept, each under its platform and a profile's name.
#[async_trait]
pub trait CredentialStore: fmt::Debug + Send + Sync {
    /// What is kept, as it is.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    fn get(&self, platform: &str, profile: &str) -> Result<Option<Credential>>;

    /// What is kept for this provider's profile, renewed where it is about to end and can be.
    ///
    /// # Errors
    /// When it is there and cannot be read, or has ended and cannot be renewed though it should.
    async fn get_or_refresh(&self, cx: &Context, provider: &Provider)
    -> Result<Option<Credential>>;
}

/// Grants that end with the process and are never renewed.
#[derive(Debug, Default)]
pub struct InMemoryCredentialStore(Mutex<BTreeMap<(String, String), Credential>>);

impl InMemoryCredentialStore {
    /// Keeps `grant`.
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

    async fn get_or_refresh(&self, _: &Context, provider: &Provider) -> Result<Option<Credential>> {
        self.get(provider.platform, &provider.profile)
    }
}

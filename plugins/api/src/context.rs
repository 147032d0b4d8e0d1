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
use crate::{Cache, Clock, Env, Grant, Memory, Provider, Result, VolatileCache};

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
    pub memory: Arc<dyn Memory>,
    /// What was read from elsewhere, kept between runs.
    pub cache: Arc<dyn Cache>,
    /// What people granted by signing in.
    pub grants: Arc<dyn Grants>,
    /// Whether reading from the network is forbidden (`--offline`).
    pub offline: bool,
    /// The time zone of this machine.
    pub zone: TimeZone,
}

impl Context {
    /// A context of these doors, with the network allowed, UTC as the time zone, and a cache and
    /// grants that end with the process.
    #[must_use]
    pub fn new(http: Http, clock: Clock, env: Env, memory: Arc<dyn Memory>) -> Self {
        Self {
            http,
            clock,
            env,
            memory,
            cache: Arc::new(VolatileCache::default()),
            grants: Arc::new(VolatileGrants::default()),
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
pub trait Grants: fmt::Debug + Send + Sync {
    /// What is kept, as it is.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    fn kept(&self, platform: &str, profile: &str) -> Result<Option<Grant>>;

    /// What is kept for this provider's profile, renewed where it is about to end and can be.
    ///
    /// # Errors
    /// When it is there and cannot be read, or has ended and cannot be renewed though it should.
    async fn fresh(&self, cx: &Context, provider: &Provider) -> Result<Option<Grant>>;
}

/// Grants that end with the process and are never renewed.
#[derive(Debug, Default)]
pub struct VolatileGrants(Mutex<BTreeMap<(String, String), Grant>>);

impl VolatileGrants {
    /// Keeps `grant`.
    pub fn keep(&self, platform: &str, profile: &str, grant: Grant) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert((platform.to_owned(), profile.to_owned()), grant);
    }
}

#[async_trait]
impl Grants for VolatileGrants {
    fn kept(&self, platform: &str, profile: &str) -> Result<Option<Grant>> {
        let grants = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (platform.to_owned(), profile.to_owned());
        Ok(grants.get(&key).cloned())
    }

    async fn fresh(&self, _: &Context, provider: &Provider) -> Result<Option<Grant>> {
        self.kept(provider.platform, &provider.profile)
    }
}

//! A LinkedIn that runs on the user's machine: the same requests, the same refusals, and a page
//! that shows what a reader would see. It lives in memory, listens on loopback only and forgets
//! everything when it ends.
//!
//! It is as strict as the real one as far as that one is known, from LinkedIn's documentation and
//! from answers that clients recorded. It shares no code, type or constant with the LinkedIn sink:
//! what both took from the same line could not catch a mistake in that line. Where LinkedIn has
//! more than the sandbox, the sandbox says so (`NOT_IN_SANDBOX`) and never makes believe.

mod auth;
mod errors;
mod faults;
mod feed;
mod guard;
mod journal;
mod little_text;
mod media;
mod members;
mod oauth;
mod organizations;
mod posts;
mod protocol;
mod schema;
mod state;
#[cfg(test)]
mod tests;
mod userinfo;
mod versions;

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, ensure};
use axum::{Router, middleware};
use jiff::SignedDuration;
use syndicate_api::Clock;
use tokio::net::TcpListener;

use self::faults::Faults;
pub use self::faults::{Fault, UnknownFault};
pub use self::little_text::Cut;
pub use self::oauth::Consent;
pub use self::posts::{SandboxArticle, SandboxMedium, SandboxPoll, SandboxPost, SandboxReshare};
use self::state::World;

/// A LinkedIn of one's own. Cheap to clone; all clones are the same LinkedIn.
#[derive(Clone, Debug)]
pub struct Sandbox {
    clock: Clock,
    daily_limit: Option<u32>,
    consent: Consent,
    faults: Faults,
    media_delay: SignedDuration,
    v2_shares: bool,
    world: Arc<Mutex<World>>,
}

impl Sandbox {
    /// How many requests LinkedIn grants an app per member and day ("Share on LinkedIn", Rate
    /// Limits).
    pub const MEMBER_DAILY_LIMIT: u32 = 150;

    /// An empty LinkedIn whose time is that of `clock`.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self {
            clock,
            daily_limit: None,
            consent: Consent::Ask,
            faults: Faults::default(),
            media_delay: SignedDuration::ZERO,
            v2_shares: false,
            world: Arc::default(),
        }
    }

    /// The same, refusing each member's requests after the first `requests` of a UTC day. Without
    /// it there is no limit, as a rehearsal of many posts would run into it.
    #[must_use]
    pub fn with_daily_limit(mut self, requests: u32) -> Self {
        self.daily_limit = Some(requests);
        self
    }

    /// The same, answering in this way when an app asks to sign a member in.
    #[must_use]
    pub fn with_consent(mut self, consent: Consent) -> Self {
        self.consent = consent;
        self
    }

    /// The same, in which this goes wrong; several faults can be given one after another.
    #[must_use]
    pub fn with_fault(mut self, fault: Fault) -> Self {
        self.faults.arm(fault);
        self
    }

    /// The same, taking `delay` to process each upload.
    #[must_use]
    pub fn with_media_delay(mut self, delay: SignedDuration) -> Self {
        self.media_delay = delay;
        self
    }

    /// The same, with `POST /v2/shares` alive, as it was in 2019.
    #[must_use]
    pub fn with_v2_shares(mut self) -> Self {
        self.v2_shares = true;
        self
    }

    /// The whole server, to be reached at `base_url` (such as `http://127.0.0.1:4747`, without a
    /// slash at the end). Requests that name another host or port are refused.
    pub fn router(&self, base_url: &str) -> Router {
        let app = App {
            sandbox: self.clone(),
            base_url: Arc::from(base_url),
        };
        let api = Router::new()
            .merge(oauth::routes())
            .merge(userinfo::routes())
            .merge(organizations::routes())
            .merge(media::routes())
            .merge(posts::routes())
            .fallback(errors::no_such_resource)
            .method_not_allowed_fallback(errors::no_such_method)
            .layer(middleware::from_fn_with_state(app.clone(), faults::strike))
            .layer(middleware::from_fn_with_state(app.clone(), journal::keep));
        api.merge(feed::routes())
            .layer(middleware::from_fn_with_state(app.clone(), guard::admit))
            .with_state(app)
    }

    /// All posts that were accepted and not deleted, the newest last.
    #[must_use]
    pub fn posts(&self) -> Vec<SandboxPost> {
        let now = self.clock.now();
        let world = self.world();
        world
            .posts
            .iter()
            .filter(|post| post.deleted.is_none())
            .map(|post| SandboxPost::seen(post, &world, now))
            .collect()
    }

    /// What this LinkedIn knows. Never held across an await.
    fn world(&self) -> MutexGuard<'_, World> {
        // Nothing is changed in several steps, so a panic elsewhere leaves a sound world.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the handlers share: the LinkedIn and the address that it is reached at.
#[derive(Clone, Debug)]
struct App {
    sandbox: Sandbox,
    base_url: Arc<str>,
}

/// Answers on `listener` until `shutdown` ends.
///
/// # Errors
/// When `listener` can be reached from other machines, or when it fails.
pub async fn serve(
    listener: TcpListener,
    sandbox: Sandbox,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let address = listener
        .local_addr()
        .context("cannot tell where the sandbox listens")?;
    ensure!(
        address.ip().is_loopback(),
        "the sandbox takes any token, so it must not listen on `{address}`, which other machines \
         can reach; bind it to `127.0.0.1`"
    );
    axum::serve(listener, sandbox.router(&format!("http://{address}")))
        .with_graceful_shutdown(shutdown)
        .await
        .with_context(|| format!("the sandbox on `{address}` failed"))
}

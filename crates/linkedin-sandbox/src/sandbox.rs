//! The sandbox as a whole: its options, its router, its posts, and a server for it.

use std::sync::Arc;

use axum::{Router, middleware};
use jiff::{SignedDuration, Timestamp};

use crate::app::{AppState, SharedState};
use crate::faults::FaultRule;
use crate::middleware::{check_host, inject_fault, record_request};
use crate::posts::reader_view::{self, SandboxPost};
use crate::settings::{Clock, Consent, Settings};
use crate::{errors, feed, media, oauth, organizations, posts, userinfo};

/// A LinkedIn in memory. Cheap to clone; all clones share their posts.
#[derive(Clone, Debug)]
pub struct Sandbox {
    pub(crate) settings: Settings,
    state: SharedState,
}

impl Sandbox {
    /// How many requests LinkedIn grants an app per member and day ("Share on LinkedIn", Rate
    /// Limits).
    pub const MEMBER_DAILY_LIMIT: u32 = 150;

    /// Creates a sandbox without posts whose clock is `now`.
    #[must_use]
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self {
            settings: Settings::new(Clock::new(now)),
            state: SharedState::default(),
        }
    }

    /// Refuses each member's requests after the first `requests` of a UTC day. Without it there is
    /// no limit, as a run of many posts would exceed it.
    #[must_use]
    pub fn with_daily_limit(mut self, requests: u32) -> Self {
        self.settings.daily_limit = Some(requests);
        self
    }

    /// Sets what is answered when an app asks to sign a member in.
    #[must_use]
    pub fn with_consent(mut self, consent: Consent) -> Self {
        self.settings.consent = consent;
        self
    }

    /// Adds a fault; several can be added one after another.
    #[must_use]
    pub fn with_fault(mut self, fault: FaultRule) -> Self {
        self.settings.faults.add(fault);
        self
    }

    /// Sets how long the processing of each upload takes.
    #[must_use]
    pub fn with_media_delay(mut self, delay: SignedDuration) -> Self {
        self.settings.media_delay = delay;
        self
    }

    /// Enables `POST /v2/shares`, which LinkedIn has switched off.
    #[must_use]
    pub fn with_v2_shares(mut self) -> Self {
        self.settings.v2_shares = true;
        self
    }

    /// Sets what the page of the feed shows until the first post, such as how to point a program
    /// here. `html` is HTML, in which `{url}` stands for the address of the sandbox.
    #[must_use]
    pub fn with_first_steps(mut self, html: &str) -> Self {
        self.settings.first_steps = Arc::from(html);
        self
    }

    /// Returns the whole server, to be reached at `base_url` (such as `http://127.0.0.1:4747`,
    /// without a slash at the end). Requests that name another host or port are refused.
    pub fn router(&self, base_url: &str) -> Router {
        let app = AppState::new(self.settings.clone(), self.state.clone(), base_url);
        let api = Router::new()
            .merge(oauth::routes())
            .merge(userinfo::routes())
            .merge(organizations::routes())
            .merge(media::routes())
            .merge(posts::routes())
            .fallback(errors::no_such_resource)
            .method_not_allowed_fallback(errors::no_such_method)
            .layer(middleware::from_fn_with_state(
                app.clone(),
                inject_fault::inject_fault,
            ))
            .layer(middleware::from_fn_with_state(
                app.clone(),
                record_request::record_request,
            ));
        api.merge(feed::routes())
            .layer(middleware::from_fn_with_state(
                app.clone(),
                check_host::check_host,
            ))
            .with_state(app)
    }

    /// Returns all posts that were accepted and not deleted, the newest last.
    #[must_use]
    pub fn posts(&self) -> Vec<SandboxPost> {
        reader_view::posts(&self.state.lock(), self.settings.clock.now())
    }
}

//! The sandbox: its options, its router and its posts.

use std::sync::Arc;

use axum::{Router, middleware};
use jiff::{SignedDuration, Timestamp};

use crate::app::{AppState, SharedState};
use crate::faults::FaultRule;
use crate::middleware::{check_host, inject_fault, record_request};
use crate::posts::reader_view::{self, SandboxPost};
use crate::settings::{Clock, Consent, Settings};
use crate::{errors, feed, media, oauth, organizations, posts, userinfo};

/// A LinkedIn in memory. It is cheap to clone, and all clones share their posts.
#[derive(Clone, Debug)]
pub struct Sandbox {
    pub(crate) settings: Settings,
    state: SharedState,
}

impl Sandbox {
    /// The number of requests that LinkedIn grants an app per member and day ("Share on LinkedIn",
    /// Rate Limits).
    pub const MEMBER_DAILY_LIMIT: u32 = 150;

    /// Creates a sandbox without posts whose clock is `now`.
    #[must_use]
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self {
            settings: Settings::new(Clock::new(now)),
            state: SharedState::default(),
        }
    }

    /// Refuses the requests of a member after the first `requests` of a UTC day. By default there is
    /// none, because a run of many posts would exceed it.
    #[must_use]
    pub fn with_daily_limit(mut self, requests: u32) -> Self {
        self.settings.daily_limit = Some(requests);
        self
    }

    /// Sets the response when an app signs a member in.
    #[must_use]
    pub fn with_consent(mut self, consent: Consent) -> Self {
        self.settings.consent = consent;
        self
    }

    /// Adds a fault. Can be called several times.
    #[must_use]
    pub fn with_fault(mut self, fault: FaultRule) -> Self {
        self.settings.faults.add(fault);
        self
    }

    /// Sets the duration of the processing of each upload.
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

    /// Sets the HTML of an empty feed, such as instructions to connect a program. `{url}` in it is
    /// replaced by the base URL of the sandbox.
    #[must_use]
    pub fn with_first_steps(mut self, html: &str) -> Self {
        self.settings.first_steps = Arc::from(html);
        self
    }

    /// Returns the router of the server with the base URL `base_url`, such as `http://127.0.0.1:4747`,
    /// without a slash at the end. Requests to another host or port are refused.
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

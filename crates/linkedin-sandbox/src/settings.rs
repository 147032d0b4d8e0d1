//! The settings of a sandbox and its clock.

use std::fmt;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use crate::faults::ActiveFaults;

/// The default HTML of an empty feed.
const FIRST_STEPS: &str = "<p>Send requests here instead of to LinkedIn:</p>\
                           <pre tabindex=\"0\">{url}</pre>";

/// The settings of a sandbox.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) clock: Clock,
    pub(crate) daily_limit: Option<u32>,
    pub(crate) consent: Consent,
    pub(crate) faults: ActiveFaults,
    pub(crate) media_delay: SignedDuration,
    pub(crate) v2_shares: bool,
    /// The HTML of an empty feed; `{url}` is replaced by the base URL.
    pub(crate) first_steps: Arc<str>,
}

/// The response when an app signs a member in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Consent {
    /// A page asks the user.
    #[default]
    Ask,
    /// The member consents at once, so that no browser is needed.
    Auto,
    /// The member refuses at once.
    Deny,
}

/// A function that returns the current time.
#[derive(Clone)]
pub(crate) struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Settings {
    /// Returns the default settings with this clock.
    pub(crate) fn new(clock: Clock) -> Self {
        Self {
            clock,
            daily_limit: None,
            consent: Consent::Ask,
            faults: ActiveFaults::default(),
            media_delay: SignedDuration::ZERO,
            v2_shares: false,
            first_steps: Arc::from(FIRST_STEPS),
        }
    }
}

impl Clock {
    pub(crate) fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Clock").field(&self.now()).finish()
    }
}

//! The surroundings of a store in a git ref.

use std::time::Duration;

use syndicate_api::{Clock, Context, Env};
use uuid::{NoContext, Uuid};

use crate::ledger::git::REMOTE_TIMEOUT;

/// The surroundings of a store: everything that comes in from outside, except git.
#[derive(Clone, Debug)]
pub(crate) struct GitRefContext {
    /// The variables with tokens and the name of the CI service.
    pub(crate) env: Env,
    /// The clock of commits and pauses.
    pub(crate) clock: Clock,
    /// `true` if the remote must not be contacted.
    pub(crate) is_offline: bool,
    /// Returns a random number, for the pauses after lost races.
    pub(crate) random: fn() -> u32,
    /// The time limit of each call that contacts the remote.
    pub(crate) timeout: Duration,
}

impl GitRefContext {
    /// Returns the surroundings of a store of this process.
    #[must_use]
    pub(crate) fn new(cx: &Context) -> Self {
        Self {
            env: cx.env.clone(),
            clock: cx.clock,
            is_offline: cx.offline,
            random: random_number,
            timeout: REMOTE_TIMEOUT,
        }
    }
}

/// Returns the last bits of a new UUID, which are random.
fn random_number() -> u32 {
    let (_, low) = Uuid::new_v7(uuid::Timestamp::from_unix(NoContext, 0, 0)).as_u64_pair();
    u32::try_from(low & u64::from(u32::MAX)).unwrap_or_default()
}

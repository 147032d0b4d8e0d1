//! The state of a webhook and its channel.

use crate::discord::message::Message;
use crate::throttle::Throttle;

/// The path of the webhook. It is a secret.
pub const WEBHOOK_PATH: &str = "/api/webhooks/223704706495545344/discord-webhook-token";

/// The number of requests that a webhook can make in a period. Discord reports it in headers and may
/// change it.
const LIMIT: u32 = 5;

/// The length of the period in seconds.
const PERIOD: i64 = 2;

/// A webhook of a channel.
#[derive(Debug)]
pub struct Discord {
    pub(super) messages: Vec<Message>,
    pub(super) is_deleted: bool,
    pub(super) is_forum: bool,
    pub(super) loses_messages: bool,
    pub(super) is_lenient: bool,
    pub(super) has_no_limits: bool,
    pub(super) throttle: Throttle,
    sequence: u64,
}

impl Default for Discord {
    fn default() -> Self {
        Self::new()
    }
}

impl Discord {
    /// Creates a webhook of a text channel.
    #[must_use]
    pub fn new() -> Self {
        Self {
            messages: Vec::new(),
            is_deleted: false,
            is_forum: false,
            loses_messages: false,
            is_lenient: false,
            has_no_limits: false,
            throttle: Throttle::new(LIMIT, PERIOD),
            sequence: 0,
        }
    }

    /// Makes the channel a forum, in which every message needs a thread.
    #[must_use]
    pub fn in_forum(mut self) -> Self {
        self.is_forum = true;
        self
    }

    /// Loses every message that is sent without `wait=true`, and answers as if it had been saved. The
    /// documentation says that such a message "does not return an error".
    #[must_use]
    pub fn with_lost_messages(mut self) -> Self {
        self.loses_messages = true;
        self
    }

    /// Ignores unknown fields, as Discord does.
    #[must_use]
    pub fn with_lenience(mut self) -> Self {
        self.is_lenient = true;
        self
    }

    /// Accepts any number of requests, for clocks that do not move.
    #[must_use]
    pub fn without_limits(mut self) -> Self {
        self.has_no_limits = true;
        self
    }

    /// Returns a new identifier.
    pub(super) fn next_id(&mut self) -> String {
        self.sequence += 1;
        (1_443_900_000_000_000_000 + self.sequence).to_string()
    }
}

//! The state of a workspace.

use jiff::Timestamp;

use crate::slack::message::Message;
use crate::throttle::Throttle;

/// The path of the incoming webhook. It is a secret.
pub const WEBHOOK_PATH: &str = "/services/T00000001/B00000001/slack-webhook-secret";

/// The token of the bot, which has the scope `chat:write`.
pub const TOKEN: &str = "xoxb-slack-token";

/// The identifier of the channel `#news`.
pub const CHANNEL: &str = "C0123456789";

/// A workspace with one channel.
#[derive(Debug)]
pub struct Slack {
    pub(super) messages: Vec<Message>,
    pub(super) hook: HookState,
    pub(super) is_member: bool,
    pub(super) is_lenient: bool,
    pub(super) has_no_limits: bool,
    pub(super) throttle: Throttle,
    sequence: u32,
}

/// The state of the webhook and its channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum HookState {
    /// It works.
    #[default]
    Active,
    /// The webhook was removed.
    Revoked,
    /// The channel was archived.
    Archived,
    /// The channel was deleted.
    Deleted,
    /// A preference of the workspace forbids posts to the channel.
    Prohibited,
}

impl Default for Slack {
    fn default() -> Self {
        Self::new()
    }
}

impl Slack {
    /// Creates a workspace.
    #[must_use]
    pub fn new() -> Self {
        Self {
            messages: Vec::new(),
            hook: HookState::Active,
            is_member: true,
            is_lenient: false,
            has_no_limits: false,
            throttle: Throttle::new(1, 1),
            sequence: 0,
        }
    }

    /// Sets the state of the webhook and its channel.
    #[must_use]
    pub fn with_hook(mut self, state: HookState) -> Self {
        self.hook = state;
        self
    }

    /// Removes the bot from the channel.
    #[must_use]
    pub fn without_membership(mut self) -> Self {
        self.is_member = false;
        self
    }

    /// Accepts unknown arguments, long texts, and blocks without a text, as Slack does.
    #[must_use]
    pub fn with_lenience(mut self) -> Self {
        self.is_lenient = true;
        self
    }

    /// Accepts any number of messages in a second, for clocks that do not move. Slack allows short
    /// bursts of more than one.
    #[must_use]
    pub fn without_limits(mut self) -> Self {
        self.has_no_limits = true;
        self
    }

    /// Returns a new time stamp.
    pub(super) fn next_ts(&mut self, now: Timestamp) -> String {
        self.sequence += 1;
        format!("{}.{:06}", now.as_second(), self.sequence)
    }

    /// Counts a message. Returns `false` if it is over the limit of one in a second.
    pub(super) fn admits(&mut self, now: Timestamp) -> bool {
        self.has_no_limits || !self.throttle.count(CHANNEL, now).exceeded
    }
}

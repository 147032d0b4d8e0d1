//! The state of a channel and its bot.

use crate::telegram::message::Message;
use crate::throttle::Throttle;

/// The token of the bot. It is a part of each URL, and a secret.
pub const TOKEN: &str = "123456:telegram-bot-token";

/// The identifier of the channel `@news`.
pub const CHANNEL_ID: i64 = -1_001_234_567_890;

/// A channel with a bot.
#[derive(Debug)]
pub struct Telegram {
    pub(super) messages: Vec<Message>,
    pub(super) state: ChatState,
    pub(super) is_lenient: bool,
    pub(super) has_no_limits: bool,
    pub(super) throttle: Throttle,
    pub(super) next_id: i64,
}

/// The relation of the bot to the chat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChatState {
    /// The bot is an administrator and can post.
    #[default]
    Administrator,
    /// The bot is not a member of the channel.
    Stranger,
    /// The bot was removed from the channel.
    Kicked,
    /// The bot is an administrator without the right to post.
    WithoutRights,
    /// The chat was a group and is now the supergroup with this identifier.
    Migrated(i64),
}

impl Default for Telegram {
    fn default() -> Self {
        Self::new()
    }
}

impl Telegram {
    /// Creates a channel of which the bot is an administrator.
    #[must_use]
    pub fn new() -> Self {
        Self {
            messages: Vec::new(),
            state: ChatState::Administrator,
            is_lenient: false,
            has_no_limits: false,
            throttle: Throttle::new(1, 1),
            next_id: 1,
        }
    }

    /// Sets the relation of the bot to the channel.
    #[must_use]
    pub fn with_state(mut self, state: ChatState) -> Self {
        self.state = state;
        self
    }

    /// Ignores unknown parameters and superfluous entities, as Telegram does.
    #[must_use]
    pub fn with_lenience(mut self) -> Self {
        self.is_lenient = true;
        self
    }

    /// Accepts any number of messages in a second, for clocks that do not move. Telegram allows short
    /// bursts of more than one.
    #[must_use]
    pub fn without_limits(mut self) -> Self {
        self.has_no_limits = true;
        self
    }
}

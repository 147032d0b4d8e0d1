//! The Bot API of Telegram ("Telegram Bot API", core.telegram.org/bots/api): `getMe`, `getChat`,
//! `sendMessage`, `editMessageText` and `deleteMessage`. The words of the errors are those that the real
//! server gave to other clients' tests.
//!
//! The bot [`TOKEN`] is an administrator of the channel `@news`. A text has entities; the fake does not
//! parse a `parse_mode`. Telegram ignores unknown parameters, and the fake refuses them.

mod chats;
mod entities;
mod errors;
mod fake;
mod links;
mod message;
mod methods;
mod parameters;
mod server;
#[cfg(test)]
mod tests;

pub use self::message::Message;
pub use self::server::{CHANNEL_ID, ChatState, TOKEN, Telegram};

//! The dialect `telegram`: a bot that sends messages to a channel or group by the Bot API.

mod bot;
mod chat;
mod entities;
mod errors;
#[cfg(test)]
mod tests;

pub(crate) use self::bot::Telegram;
pub(crate) use self::chat::is_chat_id;

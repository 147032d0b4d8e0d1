//! Slack: an incoming webhook ("Sending messages using incoming webhooks", and the change of its errors
//! of 2016-05-17), and the methods `chat.postMessage`, `chat.update`, `chat.delete` and `auth.test` of
//! the Web API, with the blocks of "Block Kit" and their limits.
//!
//! One channel exists, `C0123456789` (`#news`). A webhook answers in plain text. A method answers with
//! status 200 even if it fails. Slack truncates long texts and ignores unknown arguments; the fake
//! refuses them. `text` beside `blocks` is required here, because notifications show only that.

mod arguments;
mod blocks;
mod fake;
mod message;
mod server;
#[cfg(test)]
mod tests;
mod web_api;
mod webhook;

pub use self::message::Message;
pub use self::server::{CHANNEL, HookState, Slack, TOKEN, WEBHOOK_PATH};

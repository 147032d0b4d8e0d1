//! A message as the channel shows it.

use jiff::Timestamp;
use serde_json::Value;

/// A message.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// The identifier.
    pub id: i64,
    /// The text as sent.
    pub text: String,
    /// The entities as sent.
    pub entities: Vec<Value>,
    /// The value of `link_preview_options`, if it was sent.
    pub link_preview_options: Option<Value>,
    /// `true` if members are not notified.
    pub is_silent: bool,
    /// The time of the request.
    pub sent_at: Timestamp,
    /// The time of the last edit.
    pub edited_at: Option<Timestamp>,
}

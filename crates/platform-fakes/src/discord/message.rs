//! A message as the channel shows it.

use jiff::Timestamp;
use serde_json::Value;

/// A message.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// The identifier.
    pub id: String,
    /// The text as sent.
    pub content: String,
    /// The embeds as sent.
    pub embeds: Vec<Value>,
    /// The value of `allowed_mentions` of the last request, if it was sent. Without it, an edit
    /// mentions people even if the first request forbade it.
    pub allowed_mentions: Option<Value>,
    /// The name that replaces the name of the webhook.
    pub username: Option<String>,
    /// The flags.
    pub flags: u64,
    /// The identifier of the thread that the message opened in a forum.
    pub thread_id: Option<String>,
    /// The name of that thread.
    pub thread_name: Option<String>,
    /// The time of the request.
    pub created_at: Timestamp,
    /// The time of the last edit.
    pub edited_at: Option<Timestamp>,
}

impl Message {
    /// Returns `true` if the message notifies everyone: its text has `@everyone` or `@here`, and
    /// `allowed_mentions` does not forbid it. Mentions in embeds notify no one.
    #[must_use]
    pub fn notifies_everyone(&self) -> bool {
        let has_mention = ["@everyone", "@here"]
            .iter()
            .any(|mention| self.content.contains(mention));
        let is_allowed = self.allowed_mentions.as_ref().is_none_or(|allowed| {
            let kinds = allowed.get("parse").and_then(Value::as_array);
            kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "everyone"))
        });
        has_mention && is_allowed
    }
}

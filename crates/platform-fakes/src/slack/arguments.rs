//! The text, the blocks and the flags of a message, as both interfaces take them.

use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::slack::blocks;
use crate::slack::message::Message;

/// The largest number of characters of a text. Slack truncates longer ones.
const MAX_TEXT: usize = 40_000;

/// The content of a message.
pub(super) const CONTENT: [&str; 2] = ["text", "blocks"];

/// The options of a new message.
pub(super) const OPTIONS: [&str; 3] = ["unfurl_links", "unfurl_media", "mrkdwn"];

/// A reason to refuse a message.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// An error of Slack, with its details.
    Slack(&'static str, Vec<String>),
    /// A mistake that Slack ignores.
    Strict(Answer),
}

/// Reads the content of a message.
pub(super) fn message(fields: &Map<String, Value>, is_lenient: bool) -> Result<Message, Refusal> {
    let text = match fields.get("text") {
        None | Some(Value::Null) => "",
        Some(Value::String(text)) => text,
        Some(_) => return Err(Refusal::Slack("no_text", Vec::new())),
    };
    let blocks = match fields.get("blocks") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(blocks)) => blocks.clone(),
        Some(_) => return Err(Refusal::Slack("invalid_blocks_format", Vec::new())),
    };
    if text.is_empty() && blocks.is_empty() {
        return Err(Refusal::Slack("no_text", Vec::new()));
    }
    blocks::check(&blocks).map_err(|fault| Refusal::Slack("invalid_blocks", vec![fault]))?;
    if !is_lenient {
        if text.is_empty() {
            return Err(strict(
                "without `text` beside `blocks`, notifications are empty",
            ));
        }
        if text.chars().count() > MAX_TEXT {
            return Err(strict(
                "Slack truncates a text of more than 40,000 characters",
            ));
        }
    }
    Ok(Message {
        ts: String::new(),
        text: text.to_owned(),
        blocks,
        unfurl_links: flag(fields, "unfurl_links")?,
        unfurl_media: flag(fields, "unfurl_media")?,
        by_webhook: false,
        is_edited: false,
    })
}

/// Refuses arguments that Slack ignores.
pub(super) fn check_names(fields: &Map<String, Value>, known: &[&[&str]]) -> Result<(), Refusal> {
    let mut names = fields.keys();
    let unknown = names.find(|name| !known.iter().any(|known| known.contains(&name.as_str())));
    match unknown {
        Some(name) => Err(strict(&format!("Slack ignores the argument `{name}`"))),
        None => Ok(()),
    }
}

fn flag(fields: &Map<String, Value>, name: &str) -> Result<Option<bool>, Refusal> {
    match fields.get(name) {
        None => Ok(None),
        Some(Value::Bool(flag)) => Ok(Some(*flag)),
        Some(value) => Err(strict(&format!("`{name}` must be a boolean: {value}"))),
    }
}

fn strict(message: &str) -> Refusal {
    Refusal::Strict(Answer::strict(message))
}

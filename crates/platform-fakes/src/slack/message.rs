//! A message as the channel shows it.

use serde_json::Value;

/// A message.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Message {
    /// The time stamp that identifies it. A webhook does not return it.
    pub ts: String,
    /// The text as sent, with its escapes.
    pub text: String,
    /// The blocks as sent.
    pub blocks: Vec<Value>,
    /// The value of `unfurl_links`, if it was sent.
    pub unfurl_links: Option<bool>,
    /// The value of `unfurl_media`, if it was sent.
    pub unfurl_media: Option<bool>,
    /// `true` if it came by the webhook.
    pub by_webhook: bool,
    /// `true` if it was changed.
    pub is_edited: bool,
}

impl Message {
    /// Returns the mentions that notify people, such as `<!channel>` and `<@U012>`, in the text and in
    /// the blocks.
    #[must_use]
    pub fn mentions(&self) -> Vec<String> {
        let mut mentions = find_mentions(&self.text);
        for text in self.blocks.iter().flat_map(texts) {
            mentions.extend(find_mentions(text));
        }
        mentions
    }
}

fn find_mentions(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices('<') {
        let rest = &text[start..];
        let is_mention = rest.starts_with("<!") || rest.starts_with("<@");
        if let Some(end) = rest.find('>').filter(|_| is_mention) {
            found.push(rest[..=end].to_owned());
        }
    }
    found
}

/// Returns all strings in a value.
fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(fields) => fields.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

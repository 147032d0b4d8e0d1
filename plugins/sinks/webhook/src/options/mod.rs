//! The options of this sink in pipeline.yaml.

mod validate;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use syndicate_api::{CardBy, PicturePolicy, Secret};

/// The type of this sink in pipeline.yaml and in payloads.
pub(crate) const SINK: &str = "webhook";

/// The options of this sink.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Options {
    /// The receiver: `generic` for JSON of your own (the default), `slack`, `discord` or `telegram`.
    pub(crate) dialect: Dialect,
    /// The URL of the webhook, which is a secret: `${WEBHOOK_URL}`. Not for Telegram, and not for Slack with a
    /// `token`.
    pub(crate) url: Option<Secret>,
    /// The bot's token. Telegram needs it. With it, Slack posts by `chat.postMessage` instead of a webhook, so that
    /// posts can be updated and retracted.
    pub(crate) token: Option<Secret>,
    /// The scheme and host that requests go to instead of those of `url` or of the platform, for a proxy, a test, or
    /// your own Telegram Bot API server. Path and query of `url` are kept.
    pub(crate) endpoint: Option<String>,
    /// The Slack channel of a bot: its ID, such as `C012AB3CD`, or its name.
    pub(crate) channel: Option<String>,
    /// The Telegram chat: `@name` of a public channel, or a number such as `-1001234567890`.
    #[serde(deserialize_with = "text_or_number")]
    pub(crate) chat_id: Option<String>,
    /// The maker of the link card: `own` sends title, description and picture (the default for Slack and Discord),
    /// `platform` lets the platform read the page (the default for Telegram), `none` shows no card.
    pub(crate) card: Option<CardStyle>,
    /// The action for an `own` card without a picture: `warn` sends it with a warning (the default), `require` does
    /// not send it, `skip` sends all cards without a picture.
    #[schemars(with = "Option<FetchedPicturePolicy>")]
    pub(crate) thumbnail: Option<PicturePolicy>,
    /// The JSON that `generic` sends. Its strings are templates over the values of the post; a string that is only
    /// `{{name}}` keeps the type of the value.
    pub(crate) body: Option<Value>,
    /// The signing secret of a `generic` receiver, `whsec_` and Base64 (Standard Webhooks).
    pub(crate) secret: Option<Secret>,
    /// The time for which a `generic` receiver ignores a repeated `webhook-id`, such as `24h`. Without it, a request
    /// without a clear answer is never repeated.
    #[serde(deserialize_with = "text_or_number")]
    pub(crate) receiver_keeps_ids: Option<String>,
    /// The maximum length of the text for `generic`, in characters; 10000 by default. The other dialects use the
    /// platform's own limit.
    pub(crate) text_limit: Option<usize>,
    /// The template of the title of a new post in a Discord forum channel, such as `{{title}}`.
    pub(crate) thread_name: Option<String>,
}

/// The API of the receiver.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Dialect {
    /// JSON by a template.
    #[default]
    Generic,
    /// Slack: an incoming webhook, or a bot with a token.
    Slack,
    /// A webhook of a Discord channel.
    Discord,
    /// A bot of Telegram.
    Telegram,
}

impl Dialect {
    /// Returns the name in pipeline.yaml and in payloads.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Generic => "generic",
            Self::Slack => "slack",
            Self::Discord => "discord",
            Self::Telegram => "telegram",
        }
    }
}

/// The maker of the link card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum CardStyle {
    /// The sink sends title, description and picture.
    Own,
    /// The platform reads the page.
    Platform,
    /// No card.
    None,
}

/// The values of `thumbnail` that this sink accepts: chats fetch the picture of a card from the site, so none can be
/// drawn.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
#[expect(dead_code, reason = "only its schema is used")]
enum FetchedPicturePolicy {
    Require,
    Warn,
    Skip,
}

impl CardStyle {
    /// Returns the card of the plugin API. `reads_text` is `true` if the platform takes the link from the text.
    pub(crate) const fn card_by(self, reads_text: bool) -> CardBy {
        match self {
            Self::Own => CardBy::Us,
            Self::Platform => CardBy::Platform { reads_text },
            Self::None => CardBy::None,
        }
    }
}

/// Reads a text or a number, because YAML reads an ID as a number, and a time without its unit.
fn text_or_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum TextOrNumber {
        Text(String),
        Number(i64),
    }
    Ok(match Option::deserialize(deserializer)? {
        Some(TextOrNumber::Text(text)) => Some(text),
        Some(TextOrNumber::Number(number)) => Some(number.to_string()),
        None => None,
    })
}

#[cfg(test)]
mod tests;

//! Sink for webhooks and chats. Each `dialect` is an API of its own: JSON by a template with a Standard Webhooks
//! signature (`generic`), Slack, Discord and Telegram.
//!
//! The URL of a webhook is a secret, so no payload contains it: the path of a request is the part after that URL.
//! None of these platforms recognises a repeated request, and none lets a webhook read the channel, so a request
//! without a clear answer stays unknown.
//!
//! The modules from the bottom up:
//!
//! - `text`, `endpoint`, `duration` and `options` are the vocabulary.
//! - `webhook_url` resolves the secret URL and sends requests below it; `gone` remembers deleted webhooks.
//! - `body` renders JSON templates.
//! - `appearance`, `card`, `findings`, `names` and `page_rules` are shared by the dialects.
//! - `generic`, `slack`, `discord` and `telegram` implement `Sink`, each with its encoder, limits and errors.

mod appearance;
mod body;
mod card;
mod discord;
mod duration;
mod endpoint;
mod findings;
#[cfg(test)]
mod fixture;
mod generic;
mod gone;
mod names;
mod options;
mod page_rules;
mod slack;
mod telegram;
mod text;
mod webhook_url;

use syndicate_api::{ComponentContext, Diagnostic, Result, Sink, SinkOptions, SinkPlugin};

use crate::options::{Dialect, Options, SINK};

/// The declaration of this sink.
pub const PLUGIN: SinkPlugin = SinkPlugin::of::<Options>(None);

impl SinkOptions for Options {
    const NAME: &'static str = SINK;
    const SUMMARY: &'static str =
        "Sends posts to a webhook as JSON, or to a channel of Slack, Discord or Telegram.";
    const EXAMPLE: &'static str = "url: ${WEBHOOK_URL}\nsecret: ${WEBHOOK_SECRET}\n";

    fn validate(&self) -> Vec<Diagnostic> {
        self.diagnostics()
    }

    fn build(&self, _: &ComponentContext) -> Result<Box<dyn Sink>> {
        Ok(match self.dialect {
            Dialect::Generic => Box::new(generic::Generic::new(self)?),
            Dialect::Slack => match &self.token {
                Some(token) => Box::new(slack::Bot::new(self, token)?),
                None => Box::new(slack::IncomingWebhook::new(self)?),
            },
            Dialect::Discord => Box::new(discord::Discord::new(self)?),
            Dialect::Telegram => Box::new(telegram::Telegram::new(self)?),
        })
    }
}

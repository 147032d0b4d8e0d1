//! The dialect `slack`: an incoming webhook, or `chat.postMessage` with the token of a bot.

mod bot;
mod errors;
mod locate;
mod message;
mod mrkdwn;
mod webhook;

pub(crate) use self::bot::Bot;
pub(crate) use self::webhook::IncomingWebhook;
use crate::card::{LINK_TEMPLATE, OWN_CARD_TEMPLATE};
use crate::options::CardStyle;

/// Returns the built-in template.
const fn template(card: CardStyle) -> &'static str {
    match card {
        CardStyle::Own => OWN_CARD_TEMPLATE,
        CardStyle::Platform | CardStyle::None => LINK_TEMPLATE,
    }
}

#[cfg(test)]
mod tests;

//! The dialect `slack`: an incoming webhook, or `chat.postMessage` with the token of a bot.

mod bot;
mod errors;
mod locate;
mod message;
mod mrkdwn;
mod webhook;

use syndicate_api::{
    Appearance, AvatarShape, CardAppearance, CardFrame, CardPicturePosition, CardSitePosition,
    PostLayout, TextFold,
};

pub(crate) use self::bot::Bot;
pub(crate) use self::webhook::IncomingWebhook;
use crate::card::{LINK_TEMPLATE, OWN_CARD_TEMPLATE};
use crate::options::CardStyle;

/// Slack folds long texts of apps behind "Show more". The values are those that Slack documents for attachments; the
/// ones of blocks are not documented. An own card consists of blocks without a frame, an unfurled link has a bar.
fn appearance(card: CardStyle) -> Appearance {
    let is_own = card == CardStyle::Own;
    Appearance {
        card: CardAppearance {
            frame: if is_own {
                CardFrame::Edges
            } else {
                CardFrame::Bar
            },
            picture: CardPicturePosition::Below,
            site: if is_own {
                CardSitePosition::Hidden
            } else {
                CardSitePosition::AboveTitle
            },
            description_lines: 4,
        },
        platform: "Slack".into(),
        layout: PostLayout::Beside,
        avatar: AvatarShape::RoundedSquare,
        badge: Some("APP".into()),
        fold: Some(TextFold {
            characters: 700,
            lines: 5,
        }),
        ..Appearance::default()
    }
}

/// Returns the built-in template.
const fn template(card: CardStyle) -> &'static str {
    match card {
        CardStyle::Own => OWN_CARD_TEMPLATE,
        CardStyle::Platform | CardStyle::None => LINK_TEMPLATE,
    }
}

#[cfg(test)]
mod tests;

//! The layout of posts in the channels of the platforms, for previews. The values are estimates from the platforms' own
//! programs and do not affect any request.

use syndicate_api::{
    AccentColour, Appearance, AvatarShape, CardAppearance, CardFrame, CardPicturePosition,
    CardPictureSize, CardSitePosition, PostLayout, ShownValue, TextFold,
};

use crate::options::CardStyle;

/// The number of visible lines of the description of an own card, which is shown in full.
const WHOLE: u8 = 12;

/// A card behind a bar, with the picture at its end.
const BAR: CardAppearance = CardAppearance {
    frame: CardFrame::Bar,
    picture: CardPicturePosition::Below,
    site: CardSitePosition::AboveTitle,
    description_lines: 4,
};

/// Returns the look of a message of an app. The blocks of an own card have no frame. Slack folds long texts behind
/// "Show more"; the lengths are those that it documents for attachments, those of blocks are not documented.
pub(crate) fn slack(card: CardStyle) -> Appearance {
    let own = CardAppearance {
        frame: CardFrame::Edges,
        site: CardSitePosition::BelowTitle,
        description_lines: WHOLE,
        ..BAR
    };
    Appearance {
        platform: "Slack".into(),
        layout: PostLayout::Beside,
        avatar: AvatarShape::RoundedSquare,
        badge: Some("APP".into()),
        card: if card == CardStyle::Own { own } else { BAR },
        fold: Some(TextFold {
            characters: 700,
            lines: 5,
        }),
        ..Appearance::default()
    }
}

/// Returns the look of a message of a webhook. Discord shows the whole text, and scales pictures without cropping them.
pub(crate) fn discord(card: CardStyle) -> Appearance {
    let own = CardAppearance {
        site: CardSitePosition::BelowTitle,
        description_lines: WHOLE,
        ..BAR
    };
    Appearance {
        platform: "Discord".into(),
        layout: PostLayout::Beside,
        badge: Some("APP".into()),
        accent: Some(AccentColour(88, 101, 242)),
        card: if card == CardStyle::Own { own } else { BAR },
        values: &[ShownValue {
            label: "thread",
            pointer: "/thread_name",
            default: "",
        }],
        ..Appearance::default()
    }
}

/// Returns the look of a message in a channel with a large link preview. A narrow picture is small and beside the text.
pub(crate) fn telegram() -> Appearance {
    Appearance {
        platform: "Telegram".into(),
        layout: PostLayout::Bubble,
        accent: Some(AccentColour(51, 144, 236)),
        card: BAR,
        picture: Some(CardPictureSize {
            ideal: (1200, 627),
            min_width: 400,
        }),
        ..Appearance::default()
    }
}

/// Returns the look of a request for a program with a body of the author's own.
pub(crate) fn own_body() -> Appearance {
    Appearance {
        has_own_body: true,
        values: &[ShownValue {
            label: "body",
            pointer: "",
            default: "",
        }],
        ..request()
    }
}

/// Returns the look of a request for a program.
pub(crate) fn request() -> Appearance {
    Appearance {
        platform: "Webhook".into(),
        layout: PostLayout::Request,
        card: CardAppearance {
            description_lines: WHOLE,
            ..CardAppearance::default()
        },
        ..Appearance::default()
    }
}

//! The layout of posts on Mastodon's website, for previews. It does not affect any request.

use syndicate_api::{
    AccentColour, Appearance, AvatarShape, CardAppearance, CardFrame, CardPictureSize,
    CardSitePosition, ShownValue, TextFold,
};

/// The values that the website shows with a post.
const VALUES: &[ShownValue] = &[
    ShownValue {
        label: "content warning",
        pointer: "/spoiler_text",
        default: "",
    },
    ShownValue {
        label: "visibility",
        pointer: "/visibility",
        default: "public",
    },
];

/// Returns the look of the website. It folds a post that is higher than about 15 lines, and crops a card's picture to
/// 1.91:1. The number of characters is that of the longest post by default, so lines decide. A picture that is not
/// wide is a small square beside the title.
pub(crate) fn website() -> Appearance {
    Appearance {
        platform: "Mastodon".into(),
        avatar: AvatarShape::RoundedSquare,
        accent: Some(AccentColour(99, 100, 255)),
        card: CardAppearance {
            frame: CardFrame::Box,
            site: CardSitePosition::AboveTitle,
            description_lines: 1,
            ..CardAppearance::default()
        },
        fold: Some(TextFold {
            characters: 500,
            lines: 15,
        }),
        picture: Some(CardPictureSize {
            ideal: (1200, 627),
            min_width: 400,
        }),
        values: VALUES,
        ..Appearance::default()
    }
}

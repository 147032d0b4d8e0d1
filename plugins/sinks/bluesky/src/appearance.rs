//! The layout of posts in Bluesky's feed, for previews. The values are estimates from its own program and do not affect
//! any request.

use syndicate_api::{
    AccentColour, Appearance, CardAppearance, CardFrame, CardPictureSize, PostLayout,
};

/// Returns the look of the feed. It shows the whole text, and a card with a picture of 1.91:1, about two lines of the
/// title, two of the description and the host.
pub(crate) fn feed() -> Appearance {
    Appearance {
        platform: "Bluesky".into(),
        layout: PostLayout::Beside,
        accent: Some(AccentColour(16, 131, 254)),
        card: CardAppearance {
            frame: CardFrame::Box,
            description_lines: 2,
            ..CardAppearance::default()
        },
        title: Some(120),
        picture: Some(CardPictureSize {
            ideal: (1200, 627),
            min_width: 400,
        }),
        ..Appearance::default()
    }
}

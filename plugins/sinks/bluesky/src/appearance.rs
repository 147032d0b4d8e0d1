//! The layout of posts in Bluesky's feed, for previews. Bluesky shows the whole text, and two lines of a card's title.
//! The values are estimates from its own program and do not affect any request.

use syndicate_api::{Appearance, CardPictureSize};

/// The feed shows pictures of cards at 1.91:1.
pub(crate) const FEED: Appearance = Appearance {
    fold: None,
    title: Some(120),
    picture: Some(CardPictureSize {
        ideal: (1200, 630),
        min_width: 400,
    }),
};

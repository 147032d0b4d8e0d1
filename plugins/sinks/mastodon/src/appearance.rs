//! The layout of posts on Mastodon's website, for previews. It does not affect any request.

use syndicate_api::{Appearance, CardPictureSize, TextFold};

/// The website folds a post that is higher than about 15 lines, and crops a card's picture to 1.91:1. The number of
/// characters is that of the longest post by default, so lines decide.
pub(crate) const WEBSITE: Appearance = Appearance {
    fold: Some(TextFold {
        characters: 500,
        lines: 15,
    }),
    title: None,
    picture: Some(CardPictureSize {
        ideal: (1200, 630),
        min_width: 400,
    }),
};

//! How LinkedIn's feed shows a post. LinkedIn documents none of it and changes it at will: these are
//! the figures that its feed on a phone and on a desktop comes near, kept here and nowhere else, for
//! previews alone. Nothing that is sent depends on them.

use syndicate_api::{Appearance, CardPictureSize, TextFold};

/// The feed: about three lines of text before "…see more", two lines of a card's title, and a picture
/// of 1.91:1 across the whole card. A picture narrower than 400 pixels gets a small square beside the
/// title instead.
pub(crate) const FEED: Appearance = Appearance {
    fold: Some(TextFold {
        characters: 210,
        lines: 3,
    }),
    title: Some(100),
    picture: Some(CardPictureSize {
        ideal: (1200, 627),
        min_width: 400,
    }),
};

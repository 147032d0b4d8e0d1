//! The layout of posts in LinkedIn's feed, for previews.
//!
//! LinkedIn does not document its layout and changes it without notice. These values are estimates
//! from the feed on a phone and on a desktop. They do not affect any request.

use syndicate_api::{AccentColour, Appearance, CardPictureSize, TextFold};

/// Returns the look of the feed. It shows about three lines of text before "…see more", two lines of a
/// card's title, and a picture of 1.91:1 across the card. A picture narrower than 400 pixels becomes a
/// small square beside the title.
pub(crate) fn feed() -> Appearance {
    Appearance {
        platform: "LinkedIn".into(),
        accent: Some(AccentColour(10, 102, 194)),
        fold: Some(TextFold {
            characters: 210,
            lines: 3,
        }),
        title: Some(100),
        picture: Some(CardPictureSize {
            ideal: (1200, 627),
            min_width: 400,
        }),
        ..Appearance::default()
    }
}

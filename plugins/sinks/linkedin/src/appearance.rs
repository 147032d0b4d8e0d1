//! The layout of posts in LinkedIn's feed, for previews.
//!
//! LinkedIn does not document its layout and changes it without notice. These values are estimates
//! from the feed on a phone and on a desktop. They do not affect any request.

use syndicate_api::{AccentColour, Appearance, CardPictureSize, ShownValue, TextFold};

use crate::dialect::Dialect;

/// Returns the look of the feed. It shows about three lines of text before "…see more", two lines of a
/// card's title, and a picture of 1.91:1 across the card. A picture narrower than 400 pixels becomes a
/// small square beside the title.
pub(crate) fn feed(dialect: Dialect) -> Appearance {
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
        values: visibility(dialect),
        ..Appearance::default()
    }
}

/// Returns the audience of a post, unless posts of this dialect always are public.
fn visibility(dialect: Dialect) -> &'static [ShownValue] {
    match dialect {
        Dialect::Posts => &[ShownValue {
            label: "visibility",
            pointer: "/visibility",
            default: "PUBLIC",
        }],
        Dialect::Ugc => &[ShownValue {
            label: "visibility",
            pointer: "/visibility/com.linkedin.ugc.MemberNetworkVisibility",
            default: "PUBLIC",
        }],
        Dialect::Shares => &[],
    }
}

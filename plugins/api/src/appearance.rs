//! The look of a post in a platform's feed, for previews. It does not change what is sent.
//!
//! Previews know no platform: a sink describes the parts of its platform's look with these types. Create a look with
//! `Appearance { …, ..Appearance::default() }`.

use crate::Name;

/// The look of a post in a platform's feed. The default is a post with a card across its width, of a platform without
/// known rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    /// The name of the platform, as its users write it. Empty for no platform in particular.
    pub platform: Name,
    /// The arrangement of the parts of a post.
    pub layout: PostLayout,
    /// The shape of the sender's picture.
    pub avatar: AvatarShape,
    /// The word beside the sender's name, such as `APP` for a program.
    pub badge: Option<Name>,
    /// The colour of links and of the card's bar. `None` for the colours of the preview.
    pub accent: Option<AccentColour>,
    /// The look of the link card.
    pub card: CardAppearance,
    /// The length after which a long commentary is folded. `None` if it is shown in full.
    pub fold: Option<TextFold>,
    /// The number of characters of a card's title that are visible.
    pub title: Option<usize>,
    /// The picture size that looks good on a card.
    pub picture: Option<CardPictureSize>,
    /// The values of the creating request that readers or moderators see beside the text, such as a content warning.
    pub values: &'static [ShownValue],
    /// `true` if the request has neither the commentary nor the card, except in a body that `values` show.
    pub has_own_body: bool,
}

impl Appearance {
    /// Returns `false` if readers do not see the card of a post: an article has a cover instead, and an own body has
    /// neither.
    #[must_use]
    pub fn has_card(&self) -> bool {
        self.layout != PostLayout::Article && !self.has_own_body
    }
}

/// A value of the creating request that readers or moderators see, although it is not a part of the post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownValue {
    /// The name of the value in previews.
    pub label: &'static str,
    /// The JSON pointer of the value in the body of the request (RFC 6901). Empty for the whole body.
    pub pointer: &'static str,
    /// The value that every reader expects, which previews leave out. Empty if there is none.
    pub default: &'static str,
}

/// The arrangement of the parts of a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PostLayout {
    /// The sender at the top. Text and card are below it, over the whole width.
    #[default]
    Stacked,
    /// The sender's picture in a column of its own. Name, text and card are beside it.
    Beside,
    /// A speech bubble with the sender's name at its top.
    Bubble,
    /// An article: cover, sender, title, tags and text.
    Article,
    /// A request for a program, without a feed.
    Request,
}

/// The shape of the sender's picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarShape {
    /// A circle.
    #[default]
    Circle,
    /// A square with round corners.
    RoundedSquare,
}

/// A colour in sRGB: red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccentColour(pub u8, pub u8, pub u8);

/// The look of a link card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CardAppearance {
    /// The frame.
    pub frame: CardFrame,
    /// The position of the picture.
    pub picture: CardPicturePosition,
    /// The position of the site's name.
    pub site: CardSitePosition,
    /// The number of lines of the description that are visible; 0 if it is not shown.
    pub description_lines: u8,
}

/// The frame of a link card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CardFrame {
    /// From edge to edge of the post.
    #[default]
    Edges,
    /// A box with round corners.
    Box,
    /// A bar at the left, in the accent colour.
    Bar,
}

/// The position of the picture on a link card. A picture narrower than [`CardPictureSize::min_width`] is small and
/// beside the title on any card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CardPicturePosition {
    /// Above the title, across the card.
    #[default]
    Above,
    /// Below the title, across the card.
    Below,
    /// A small square beside the title.
    Beside,
}

/// The position of the site's name on a link card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CardSitePosition {
    /// Below the title.
    #[default]
    BelowTitle,
    /// Above the title.
    AboveTitle,
    /// Not shown.
    Hidden,
}

/// The length after which a feed folds a commentary behind "see more": a number of characters or of lines,
/// whichever is reached first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextFold {
    /// The number of visible characters.
    pub characters: usize,
    /// The number of visible lines.
    pub lines: usize,
}

/// The picture size that looks good on a card, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardPictureSize {
    /// Width and height that fill the card. Pictures of another ratio are cropped to this one.
    pub ideal: (u32, u32),
    /// The smallest width that is shown at full size. Narrower pictures are shown small or not at all.
    pub min_width: u32,
}

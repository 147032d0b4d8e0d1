//! How a platform's feed shows a post: what of it readers see at once, and which pictures look good
//! there. It decides nothing about what is sent; it is what a preview draws by.

/// How a platform's feed shows a post. `None` stands for what the platform has no rule for, or for
/// what nobody found out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    /// Where a long commentary is folded.
    pub fold: Option<TextFold>,
    /// How many characters of a card's title are seen.
    pub title: Option<usize>,
    /// Which pictures look good on a card.
    pub picture: Option<CardPictureSize>,
}

/// Where a long commentary is folded: after so many characters or so many lines, whichever comes
/// first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextFold {
    /// How many characters are seen.
    pub characters: usize,
    /// How many lines are seen.
    pub lines: usize,
}

/// Which pictures look good on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardPictureSize {
    /// Width and height in pixels that fill the card; their ratio is what others are cropped to.
    pub ideal: (u32, u32),
    /// The width in pixels below which a picture is shown small, or not at all.
    pub min_width: u32,
}

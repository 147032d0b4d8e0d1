//! The look of a post in a platform's feed, for previews. It does not change what is sent.

/// The look of a post in a platform's feed. `None` means that no rule of the platform is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Appearance {
    /// The length after which a long commentary is folded.
    pub fold: Option<TextFold>,
    /// The number of characters of a card's title that are visible.
    pub title: Option<usize>,
    /// The picture size that looks good on a card.
    pub picture: Option<CardPictureSize>,
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

//! The gaps of a page: what a crawler does not find, or cannot use.

use head_editor::HeadElement;
use syndicate_api::{PageOccasion, PagePart};

/// A part of a page that a crawler does not find, or cannot use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageGap {
    /// The part of the card.
    pub part: PagePart,
    /// The kind of the gap.
    pub kind: GapKind,
    /// The problem with the page.
    pub message: String,
    /// The effect on readers.
    pub effect: String,
    /// The element that closes the gap.
    pub add: Option<String>,
    /// `true` if the card lacks something important. Others are improvements.
    pub is_important: bool,
    /// The occasion on which it matters.
    pub occasion: PageOccasion,
}

/// The kind of a gap. Gaps of many pages are summed up by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GapKind {
    /// The page cannot be read.
    Unread,
    /// The value is missing.
    Missing,
    /// Only an element that the crawler falls back to has a value.
    Fallback,
    /// The value is not as it should be.
    Value,
    /// The file of the picture does not exist or cannot be used.
    Unusable,
}

impl GapKind {
    /// Returns the name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Missing => "missing",
            Self::Fallback => "fallback",
            Self::Value => "value",
            Self::Unusable => "unusable",
        }
    }
}

impl PageGap {
    /// Returns `true` if posts of this program lack something important. Other gaps are remarks.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        self.is_important && self.occasion == PageOccasion::EachPost
    }

    /// Creates an important gap for each post.
    pub(super) fn new(
        part: PagePart,
        kind: GapKind,
        message: impl Into<String>,
        effect: impl Into<String>,
    ) -> Self {
        Self {
            part,
            kind,
            message: message.into(),
            effect: effect.into(),
            add: None,
            is_important: true,
            occasion: PageOccasion::EachPost,
        }
    }

    /// Sets the element that closes the gap.
    pub(super) fn with_element(mut self, element: Option<HeadElement>) -> Self {
        self.add = element.map(|element| element.to_string());
        self
    }

    /// Makes the gap one that only keeps the card from being better.
    pub(super) fn if_important(mut self, is_important: bool) -> Self {
        self.is_important = is_important;
        self
    }
}

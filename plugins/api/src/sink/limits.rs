//! The texts and files that a platform accepts.

use crate::{FileRules, Name, PostFormat};

/// The texts and files that a platform accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest commentary, in the unit of the first [`Measure`].
    pub text: usize,
    /// The action for a card without a picture.
    pub picture: PicturePolicy,
    /// The pictures that the platform accepts.
    pub media: MediaRules,
    /// The format of posts whose front matter sets no attachment.
    pub format: PostFormat,
    /// The documents that the platform accepts.
    pub documents: FileRules,
    /// The videos that the platform accepts.
    pub videos: FileRules,
}

impl Limits {
    /// Returns the limits of a platform that accepts text of at most `max` units and nothing else: no picture, no
    /// file. Override single fields with `Limits { media: …, ..Limits::text(500) }`.
    #[must_use]
    pub const fn text(max: usize) -> Self {
        Self {
            text: max,
            picture: PicturePolicy::Skip,
            media: MediaRules::NONE,
            format: PostFormat::Card,
            documents: FileRules::NONE,
            videos: FileRules::NONE,
        }
    }
}

/// The action for a card without a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PicturePolicy {
    /// The post is not sent.
    #[default]
    Require,
    /// The post is sent with a warning.
    Warn,
    /// No card has a picture.
    Skip,
    /// A post without a picture gets a drawn card, and is not sent if that cannot be drawn. The engine draws it.
    Draw,
}

/// The pictures that a platform accepts. The engine converts and scales other pictures to fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaRules {
    /// The MIME types that are sent unchanged.
    pub types: &'static [&'static str],
    /// The largest number of pixels, width times height.
    pub max_pixels: u64,
    /// The largest size in bytes.
    pub max_bytes: u64,
    /// The largest number of animation frames.
    pub max_frames: usize,
}

impl MediaRules {
    /// Accepts no picture.
    pub const NONE: Self = Self {
        types: &[],
        max_pixels: 0,
        max_bytes: 0,
        max_frames: 0,
    };
}

/// The length of a text by one rule of a platform. A text fits if every measure fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// The counted unit, in the plural, such as `characters` or `bytes`.
    pub unit: Name,
    /// The length of the text.
    pub used: usize,
    /// The largest length.
    pub limit: usize,
}

impl Measure {
    /// Returns a measure in this unit.
    #[must_use]
    pub fn new(unit: impl Into<Name>, used: usize, limit: usize) -> Self {
        Self {
            unit: unit.into(),
            used,
            limit,
        }
    }

    /// Returns `true` if the text is not too long.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.used <= self.limit
    }
}

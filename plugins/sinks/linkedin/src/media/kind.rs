//! The kinds of media.

use syndicate_api::Medium;

/// A kind of medium with its own API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MediaKind {
    Picture,
    Document,
    Video,
}

impl MediaKind {
    pub(super) fn of(medium: &Medium) -> Self {
        match medium.media_type.split('/').next() {
            Some("image") => Self::Picture,
            Some("video") => Self::Video,
            _ => Self::Document,
        }
    }

    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Document => "document",
            Self::Video => "video",
        }
    }
}

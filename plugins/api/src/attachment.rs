//! What a post may carry in place of a link card: pictures, a document, a video, a poll or another
//! post. First as its author names it ([`AttachmentSpec`]), then as a reader is to see it ([`Attachment`]).
//! Which of it a platform can show, and how it says so on its wire, is the sink's affair.

use std::fmt;

use crate::{Medium, Picture};

/// An attachment as the front matter names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttachmentSpec {
    /// Pages to leaf through.
    Document(FileRef),
    /// A film.
    Video(FileRef),
    /// Pictures, in their order; never empty.
    Gallery(Vec<FileRef>),
    /// A question.
    Poll(Poll),
    /// Another post of the platform, by the platform's own name for it.
    Reshare(String),
}

impl AttachmentSpec {
    /// The keys below `syndicate:` that name an attachment.
    pub const KEYS: &[&str] = &["document", "gallery", "poll", "reshare", "video"];

    /// Returns the key that named this.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Document(_) => "document",
            Self::Video(_) => "video",
            Self::Gallery(_) => "gallery",
            Self::Poll(_) => "poll",
            Self::Reshare(_) => "reshare",
        }
    }
}

/// A file that a post names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileRef {
    /// What the author calls it.
    pub name: String,
    /// The file on this machine, relative to pipeline.yaml; `None` where none of the site's is it.
    pub file: Option<String>,
    /// What it shows, for readers who cannot see it.
    pub alt: Option<String>,
    /// Its title; the post's own where the author gives none.
    pub title: Option<String>,
}

/// A question with answers to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Poll {
    /// The question.
    pub question: String,
    /// The answers, in their order.
    pub options: Vec<String>,
    /// How long votes are taken.
    pub days: u32,
}

/// What hangs below a commentary in place of a card.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Attachment {
    /// Pictures, one or several, fit for the sink's [`crate::MediaRules`].
    Pictures(Vec<Picture>),
    /// Pages to leaf through.
    Document {
        /// The bytes to upload.
        medium: Medium,
        /// Its headline; plain text.
        title: String,
        /// For readers who cannot see it.
        alt: Option<String>,
    },
    /// A film.
    Video {
        /// The bytes to upload.
        medium: Medium,
        /// Its headline; plain text.
        title: Option<String>,
        /// For readers who cannot see it.
        alt: Option<String>,
    },
    /// A question.
    Poll(Poll),
    /// Another post, by the platform's own name for it.
    Reshare(String),
}

impl Attachment {
    /// The bytes it consists of, in their order.
    #[must_use]
    pub fn media(&self) -> Vec<&Medium> {
        match self {
            Self::Pictures(pictures) => pictures.iter().map(|picture| &picture.medium).collect(),
            Self::Document { medium, .. } | Self::Video { medium, .. } => vec![medium],
            Self::Poll(_) | Self::Reshare(_) => Vec::new(),
        }
    }
}

/// What a post is, at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PostKind {
    /// Words alone.
    Text,
    /// A link card.
    Article,
    /// One picture.
    Image,
    /// Several pictures.
    Gallery,
    /// Pages to leaf through.
    Document,
    /// A film.
    Video,
    /// A question.
    Poll,
    /// Another post.
    Reshare,
}

impl PostKind {
    /// The word for it, which is also that of the front matter and of templates.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Article => "article",
            Self::Image => "image",
            Self::Gallery => "gallery",
            Self::Document => "document",
            Self::Video => "video",
            Self::Poll => "poll",
            Self::Reshare => "reshare",
        }
    }
}

impl fmt::Display for PostKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a post becomes that brings nothing along.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PostFormat {
    /// A link card.
    #[default]
    Card,
    /// Words alone.
    Text,
    /// Its picture, without a card.
    Picture,
}

/// Which files of one kind a platform takes. They are sent as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRules {
    /// The MIME types, as the bytes show them; none at all where it cannot show the kind.
    pub types: &'static [&'static str],
    /// The smallest number of bytes.
    pub min_bytes: u64,
    /// The largest number of bytes.
    pub max_bytes: u64,
    /// The shortest and the longest that it may play, in seconds, where it plays.
    pub seconds: (u64, u64),
    /// The largest number of pages of a PDF; `None` where they are not counted.
    pub max_pages: Option<usize>,
}

impl FileRules {
    /// No file at all.
    pub const NONE: Self = Self {
        types: &[],
        min_bytes: 0,
        max_bytes: 0,
        seconds: (0, 0),
        max_pages: None,
    };
}

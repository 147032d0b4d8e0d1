//! Attachments, which a post has instead of a link card: pictures, a document, a video, a poll or another
//! post. [`AttachmentSpec`] is the attachment as the front matter names it, [`Attachment`] has the bytes. The
//! sink decides which of them its platform supports.

use std::fmt;

use crate::{Medium, Picture};

/// An attachment as the front matter names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttachmentSpec {
    /// A document with pages, such as a PDF.
    Document(FileRef),
    /// A video.
    Video(FileRef),
    /// Pictures in order; never empty.
    Gallery(Vec<FileRef>),
    /// A poll.
    Poll(Poll),
    /// Another post of the platform, by the platform's identifier.
    Reshare(String),
}

impl AttachmentSpec {
    /// The keys of the `syndicate:` block that name an attachment.
    pub const KEYS: &[&str] = &["document", "gallery", "poll", "reshare", "video"];

    /// Returns the key that names this attachment.
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

/// A file that the front matter names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileRef {
    /// The name as the author wrote it.
    pub name: String,
    /// The file on this machine, relative to pipeline.yaml; `None` if no file of the site matches.
    pub file: Option<String>,
    /// The alternative text, for readers who cannot see the file.
    pub alt: Option<String>,
    /// The title; `None` for the title of the post.
    pub title: Option<String>,
}

/// A question with answers to vote on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Poll {
    /// The question.
    pub question: String,
    /// The answers, in order.
    pub options: Vec<String>,
    /// The number of days in which votes are accepted.
    pub days: u32,
}

/// An attachment that a post has instead of a card, with its bytes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Attachment {
    /// One or more pictures that satisfy the sink's [`crate::MediaRules`].
    Pictures(Vec<Picture>),
    /// A document with pages, such as a PDF.
    Document {
        /// The bytes to upload.
        medium: Medium,
        /// The title, as plain text.
        title: String,
        /// The alternative text.
        alt: Option<String>,
    },
    /// A video.
    Video {
        /// The bytes to upload.
        medium: Medium,
        /// The title, as plain text.
        title: Option<String>,
        /// The alternative text.
        alt: Option<String>,
    },
    /// A poll.
    Poll(Poll),
    /// Another post, by the platform's identifier.
    Reshare(String),
}

impl Attachment {
    /// Returns the media of the attachment, in order.
    #[must_use]
    pub fn media(&self) -> Vec<&Medium> {
        match self {
            Self::Pictures(pictures) => pictures.iter().map(|picture| &picture.medium).collect(),
            Self::Document { medium, .. } | Self::Video { medium, .. } => vec![medium],
            Self::Poll(_) | Self::Reshare(_) => Vec::new(),
        }
    }
}

/// The kind of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PostKind {
    /// Only text.
    Text,
    /// A link card.
    Article,
    /// One picture.
    Image,
    /// Several pictures.
    Gallery,
    /// A document.
    Document,
    /// A video.
    Video,
    /// A poll.
    Poll,
    /// Another post of the platform.
    Reshare,
}

impl PostKind {
    /// Returns the name of the kind, as front matter and templates use it.
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

/// The format of posts whose front matter sets no attachment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PostFormat {
    /// A link card.
    #[default]
    Card,
    /// Only text.
    Text,
    /// The picture of the post, without a card.
    Picture,
}

/// The files of one kind that a platform accepts. Files are sent unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRules {
    /// The accepted MIME types, as detected from the bytes. Empty if the platform does not support the kind.
    pub types: &'static [&'static str],
    /// The smallest size in bytes.
    pub min_bytes: u64,
    /// The largest size in bytes.
    pub max_bytes: u64,
    /// The shortest and longest duration in seconds, for videos.
    pub seconds: (u64, u64),
    /// The largest number of pages of a PDF; `None` if pages are not counted.
    pub max_pages: Option<usize>,
}

impl FileRules {
    /// Accepts no file.
    pub const NONE: Self = Self {
        types: &[],
        min_bytes: 0,
        max_bytes: 0,
        seconds: (0, 0),
        max_pages: None,
    };
}

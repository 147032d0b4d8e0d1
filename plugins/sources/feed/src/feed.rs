//! What a feed says, whichever format it says it in. Values are as the feed has them: nothing is
//! shortened, no date is read yet.

use url::Url;

/// A value and the element that gave it.
pub(crate) type FromElement<T> = (T, &'static str);

/// A feed.
#[derive(Debug, Default)]
pub(crate) struct Feed {
    pub(crate) title: Option<FeedText>,
    pub(crate) description: Option<FeedText>,
    /// The address of the site.
    pub(crate) home: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) lang: Option<String>,
    /// In the order of the feed.
    pub(crate) entries: Vec<Entry>,
}

/// An entry of a feed.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    /// The line of the feed that it begins in.
    pub(crate) line: Option<usize>,
    /// What the feed calls it.
    pub(crate) id: Option<String>,
    /// The address of its page: absolute, or as it is written where nothing tells to what it is
    /// relative.
    pub(crate) link: Option<FromElement<String>>,
    pub(crate) title: Option<FeedText>,
    pub(crate) summary: Option<FromElement<FeedText>>,
    pub(crate) content: Option<FromElement<FeedText>>,
    /// The address that `xml:base` gives for relative ones in the content, or in the summary of an
    /// entry without content.
    pub(crate) base: Option<Url>,
    /// The address of its picture, like `link`.
    pub(crate) picture: Option<FromElement<String>>,
    pub(crate) published: Option<FromElement<String>>,
    pub(crate) updated: Option<FromElement<String>>,
    pub(crate) tags: Vec<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) lang: Option<String>,
}

/// A text and what its characters mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FeedText {
    /// Characters that mean themselves.
    Plain(String),
    /// HTML.
    Html(String),
    /// One line of either, as RSS does not say which (RSS 2.0 leaves titles open).
    Line(String),
}

impl FeedText {
    /// The text as the feed has it.
    pub(crate) fn as_written(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Html(text) | Self::Line(text) => text,
        }
    }

    /// The text as a reader sees it, in one paragraph.
    pub(crate) fn plain(&self) -> String {
        match self {
            Self::Plain(text) => crate::html::collapse(text),
            Self::Html(html) => crate::html::read_visible(html).text,
            Self::Line(line) => crate::html::plain_line(line),
        }
    }
}

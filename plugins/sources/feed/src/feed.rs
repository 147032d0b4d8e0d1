//! A feed in a form that is the same for RSS, Atom and JSON Feed. Values are as the feed has them:
//! texts are not shortened and dates are not parsed.

use url::Url;

/// A value and the name of the element that it was read from.
pub(crate) type FromElement<T> = (T, &'static str);

/// A feed.
#[derive(Debug, Default)]
pub(crate) struct Feed {
    pub(crate) title: Option<FeedText>,
    pub(crate) description: Option<FeedText>,
    /// The URL of the site.
    pub(crate) home: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) lang: Option<String>,
    /// The entries, in the order of the feed.
    pub(crate) entries: Vec<Entry>,
}

/// An entry of a feed.
#[derive(Debug, Default)]
pub(crate) struct Entry {
    /// The line of the feed in which the entry begins; `None` for JSON.
    pub(crate) line: Option<usize>,
    /// The identifier that the feed gives the entry.
    pub(crate) id: Option<String>,
    /// The URL of the entry's page: absolute, or as written if the feed gives no base to resolve it.
    pub(crate) link: Option<FromElement<String>>,
    pub(crate) title: Option<FeedText>,
    pub(crate) summary: Option<FromElement<FeedText>>,
    pub(crate) content: Option<FromElement<FeedText>>,
    /// The base URL of relative URLs in the content (`xml:base`), or in the summary if the entry has no
    /// content.
    pub(crate) base: Option<Url>,
    /// The URL of the entry's picture, absolute or as written, like `link`.
    pub(crate) picture: Option<FromElement<String>>,
    pub(crate) published: Option<FromElement<String>>,
    pub(crate) updated: Option<FromElement<String>>,
    pub(crate) tags: Vec<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) lang: Option<String>,
}

/// A text and its format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FeedText {
    /// Plain text, in which no character is markup.
    Plain(String),
    /// HTML.
    Html(String),
    /// One line of plain text or HTML. RSS does not specify which; RSS 2.0 leaves the format of titles
    /// open.
    Line(String),
}

impl FeedText {
    /// Returns the text as the feed has it.
    pub(crate) fn as_written(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Html(text) | Self::Line(text) => text,
        }
    }

    /// Returns the text without markup, in one paragraph.
    pub(crate) fn plain(&self) -> String {
        match self {
            Self::Plain(text) => crate::html::collapse(text),
            Self::Html(html) => crate::html::read_visible(html).text,
            Self::Line(line) => crate::html::plain_line(line),
        }
    }
}

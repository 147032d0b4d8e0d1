//! The article: the whole text of an item, for platforms that publish it instead of a link to it.

use jiff::Timestamp;

use crate::Picture;

/// The whole text of an item with its metadata.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// A key of the item that survives a corrected date or title: the item's `syndicate.id`, else its normalised URL,
    /// else its path.
    pub key: String,
    /// The title, as plain text.
    pub title: String,
    /// One paragraph about the item, as plain text.
    pub description: Option<String>,
    /// The text as HTML. Links and pictures have absolute URLs, apart from links to places in the text itself.
    pub html: String,
    /// The text as Markdown without front matter, with the same links. Template tags of the site's generator are text.
    pub markdown: String,
    /// The text without markup.
    pub plain: String,
    /// The URL of the item on its site.
    pub url: String,
    /// The last segment of that URL.
    pub slug: Option<String>,
    /// The tags as the author wrote them.
    pub tags: Vec<String>,
    /// The name of the series that the item belongs to.
    pub series: Option<String>,
    /// The time of publication.
    pub published: Option<Timestamp>,
    /// The time of the last change.
    pub updated: Option<Timestamp>,
    /// The cover picture.
    pub cover: Option<Picture>,
    /// The public URL of the cover picture, for platforms that fetch it.
    pub cover_url: Option<String>,
}

//! The abilities of a sink, which do not depend on a post or a server.

/// The abilities of a sink.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// The shape of the posts.
    pub shape: Shape,
    /// `true` if the sink reads [`Post::article`](crate::Post::article) although its shape is [`Shape::Post`]. The
    /// engine makes no article for other sinks of that shape.
    pub reads_article: bool,
    /// The part of the system that makes the card. Unless it is [`CardBy::None`], an item without a URL is
    /// not sent.
    pub card: CardBy,
    /// `true` if the platform returns neither an identifier nor the URL of a created post, so that a user who records
    /// such a post need not name one.
    pub omits_id: bool,
    /// `true` if published posts can be updated.
    pub edits: bool,
    /// `true` if published posts can be retracted.
    pub retracts: bool,
    /// `true` if [`Sink::find`](super::Sink::find) reads the platform.
    pub finds: bool,
    /// `true` if [`Sink::list`](super::Sink::list) reads the platform.
    pub lists: bool,
    /// `true` if pages of the site contain links of this sink ([`Sink::page_links`](super::Sink::page_links)).
    pub page_links: bool,
    /// `true` if each delivery needs an approval unless the pipeline says otherwise.
    pub approve_by_default: bool,
}

impl Capabilities {
    /// Returns `true` if posts need an article.
    #[must_use]
    pub fn needs_article(&self) -> bool {
        self.reads_article || self.shape != Shape::Post
    }
}

/// The shape of the posts of a sink.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// A commentary with a card or an attachment.
    #[default]
    Post,
    /// The whole text of the item ([`Post::article`](crate::Post::article)).
    Article,
    /// A mail with the whole text of the item.
    Mail,
}

/// The part of the system that makes the link card of a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CardBy {
    /// The engine prepares title, description and picture, and the sink sends them.
    Us,
    /// The platform reads the page behind the link and makes the card itself. The engine prepares no
    /// picture, and previews draw the card from the page's metadata and say so.
    Platform {
        /// `true` if the platform takes the link from the text. A text without the link then has no card.
        /// `false` if the sink sends the link in a field of its own ([`Card::url`](crate::Card::url)).
        reads_text: bool,
    },
    /// The platform shows no cards.
    #[default]
    None,
}

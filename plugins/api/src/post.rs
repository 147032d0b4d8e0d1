//! The post: an item rendered for one sink, before the sink encodes it.

use crate::{Article, Attachment, Picture, PostKind};

/// An item rendered for one sink.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Post {
    /// The commentary.
    pub text: RichText,
    /// The link card below it.
    pub card: Option<Card>,
    /// The attachment that the post has instead of a card.
    pub attachment: Option<Attachment>,
    /// The language of the text, as a BCP 47 tag.
    pub lang: Option<String>,
    /// The tags of the item, as the author wrote them.
    pub tags: Vec<String>,
    /// The whole text of the item, for sinks of the shapes [`Shape::Article`](crate::Shape) and
    /// [`Shape::Mail`](crate::Shape), and for those with [`reads_article`](crate::Capabilities::reads_article).
    pub article: Option<Article>,
}

impl Post {
    /// Returns a post of plain text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: RichText::text(text),
            ..Self::default()
        }
    }

    /// Returns the kind of the post.
    #[must_use]
    pub fn kind(&self) -> PostKind {
        match &self.attachment {
            Some(Attachment::Pictures(pictures)) if pictures.len() > 1 => PostKind::Gallery,
            Some(Attachment::Pictures(_)) => PostKind::Image,
            Some(Attachment::Document { .. }) => PostKind::Document,
            Some(Attachment::Video { .. }) => PostKind::Video,
            Some(Attachment::Poll(_)) => PostKind::Poll,
            Some(Attachment::Reshare(_)) => PostKind::Reshare,
            None if self.card.is_some() => PostKind::Article,
            None => PostKind::Text,
        }
    }
}

/// A link card.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// The URL that it opens.
    pub url: String,
    /// The title, as plain text.
    pub title: String,
    /// The description, as plain text.
    pub description: Option<String>,
    /// The picture, which satisfies the sink's [`crate::MediaRules`].
    pub picture: Option<Picture>,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TextSpan {
    /// Plain text. The sink escapes characters that have a meaning on its platform.
    Text(String),
    /// A hashtag, without its `#`.
    Hashtag(String),
    /// An account of the platform.
    Mention {
        /// The displayed name.
        name: String,
        /// The platform's identifier of the account.
        target: String,
    },
    /// A URL.
    Link(String),
}

/// Text as typed spans, which each sink encodes by its own rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RichText(pub Vec<TextSpan>);

impl RichText {
    /// Returns text without hashtags, mentions and links.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self(if text.is_empty() {
            Vec::new()
        } else {
            vec![TextSpan::Text(text)]
        })
    }

    /// Returns the text as readers see it.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut plain = String::new();
        for span in &self.0 {
            match span {
                TextSpan::Text(text) | TextSpan::Link(text) => plain.push_str(text),
                TextSpan::Hashtag(word) => {
                    plain.push('#');
                    plain.push_str(word);
                }
                TextSpan::Mention { name, .. } => plain.push_str(name),
            }
        }
        plain
    }

    /// Returns `true` if readers would see only white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.plain().trim().is_empty()
    }
}

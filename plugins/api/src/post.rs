//! The post: an item rendered for one sink. It says what a reader is to see; how a platform writes
//! that on its wire is the sink's affair alone.

use crate::{Attachment, Picture, PostKind};

/// An item rendered for one sink.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Post {
    /// The commentary.
    pub text: RichText,
    /// The link card below it.
    pub card: Option<Card>,
    /// What hangs below it in the card's place.
    pub attachment: Option<Attachment>,
    /// The language of the text, as a BCP 47 tag.
    pub lang: Option<String>,
}

impl Post {
    /// What it is, at a glance.
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

/// A link with its own title, description and picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// What it opens.
    pub url: String,
    /// Its headline; plain text.
    pub title: String,
    /// The line below; plain text.
    pub description: Option<String>,
    /// Its picture, already fit for the sink's [`crate::MediaRules`].
    pub picture: Option<Picture>,
}

/// A stretch of text of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TextSpan {
    /// Characters that mean themselves, whatever the platform makes of them elsewhere.
    Text(String),
    /// A hashtag, without its `#`.
    Hashtag(String),
    /// Somebody or something with an account on the platform.
    Mention {
        /// The displayed name.
        name: String,
        /// The platform's own identifier.
        target: String,
    },
    /// A web address.
    Link(String),
}

/// Text as typed stretches, so that each sink encodes each kind by its own rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RichText(pub Vec<TextSpan>);

impl RichText {
    /// Text without any hashtag, mention or link.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self(if text.is_empty() {
            Vec::new()
        } else {
            vec![TextSpan::Text(text)]
        })
    }

    /// What a reader sees.
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

    /// Whether a reader would see nothing.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.plain().trim().is_empty()
    }
}

//! A post as sinks get it. The bytes of its media stay with the host.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An item rendered for one sink.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct SinkPost {
    /// The commentary as readers see it.
    pub text: String,
    /// The commentary in parts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<SinkSpan>,
    /// The link card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub card: Option<SinkCard>,
    /// The pictures that the post has in place of a card.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<SinkPicture>,
    /// The language of the commentary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// The tags as the author wrote them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The whole text of the item, for sinks of the shape `article`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<SinkArticle>,
    /// The files that pictures refer to by index.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub media: Vec<SinkMedium>,
}

/// A part of a commentary.
#[derive(Clone, Debug, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SinkSpan {
    /// Plain text.
    Text(String),
    /// A hashtag without its `#`.
    Hashtag(String),
    /// An account of the platform.
    Mention {
        /// The displayed name.
        name: String,
        /// The identifier of the account.
        target: String,
    },
    /// A URL.
    Link(String),
}

/// A link card.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct SinkCard {
    /// The URL that it opens.
    pub url: String,
    /// The title.
    pub title: String,
    /// The description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<SinkPicture>,
}

/// A picture.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct SinkPicture {
    /// The index of its file among the media of the post.
    pub medium: usize,
    /// The alternative text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// Its public URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A file of a post. Its bytes stay with the host.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct SinkMedium {
    /// The SHA-256 of the bytes in hexadecimal.
    pub sha256: String,
    /// The media type.
    #[serde(rename = "type")]
    pub media_type: String,
    /// The size in bytes.
    pub bytes: u64,
    /// Width and height.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pixels: Option<(u32, u32)>,
    /// The alternative text that the upload sends, as `compose` returned it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
    /// The file name that the upload sends, as `compose` returned it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
}

/// The whole text of an item.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct SinkArticle {
    /// A key of the item that survives a corrected date or title.
    pub key: String,
    /// The title.
    pub title: String,
    /// One paragraph about the item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The URL of the item on its site.
    pub url: String,
    /// The last segment of that URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// The tags as the author wrote them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The name of the series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// The time of publication, by RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The time of the last change, by RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// The cover picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<SinkPicture>,
    /// The public URL of the cover picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture_url: Option<String>,
    /// The text as HTML, if `needs` names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// The text as Markdown, if `needs` names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub markdown: Option<String>,
    /// The text without markup, if `needs` names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plain: Option<String>,
}

/// The forms of an article's text, which requests contain only if `needs` names them.
pub const ARTICLE_FORMS: &[&str] = &["html", "markdown", "plain"];

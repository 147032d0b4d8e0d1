//! The items of a scan, and the names of item fields.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The fields of items that transforms can change.
pub const WRITABLE_FIELDS: &[&str] = &[
    "author",
    "commentary",
    "description",
    "draft",
    "image",
    "lang",
    "link",
    "tags",
    "title",
    "vars",
];

/// The fields of items that transforms can read and not change.
pub const READ_ONLY_FIELDS: &[&str] = &[
    "authors",
    "body",
    "canonical",
    "format",
    "front",
    "id",
    "page",
    "path",
    "published",
    "site",
    "source",
    "updated",
    "url",
];

/// The fields of the items of a scan.
pub const SOURCE_FIELDS: &[&str] = &[
    "aliases",
    "authors",
    "body",
    "description",
    "draft",
    "format",
    "front",
    "id",
    "image",
    "lang",
    "path",
    "published",
    "syndicate",
    "tags",
    "title",
    "updated",
    "url",
];

/// An item of a scan. It needs a `url`, a `path` or an `id`, from which the host makes the keys that identify the post
/// for ever.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct SourceItem {
    /// A name that identifies the item within its source, for items without `path`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The file of the item, relative to the folder of pipeline.yaml, with `/` between folders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The address of the post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Further addresses that lead to the post, such as earlier ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The title, without markup.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// One paragraph about the post, without markup.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The picture of the card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<ItemImage>,
    /// The date of publication, such as `2026-11-22` or `2026-11-22T09:30:00+01:00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The date of the last change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// The tags as the author wrote them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The names of the authors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// The language, as a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// `true` if the post is not published yet.
    pub draft: bool,
    /// The text, without front matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The format of `body`.
    pub format: ItemFormat,
    /// The front matter. Templates can use it as `front`.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub front: Map<String, Value>,
    /// The settings of the author for this post, as under `syndicate` in front matter. Without it, those of `front`
    /// are used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub syndicate: Option<Value>,
}

/// A picture.
#[derive(Clone, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(default)]
pub struct ItemImage {
    /// The public address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The file, relative to the folder of pipeline.yaml and below it; or the absolute path of a file in `scratch`, which
    /// the host copies at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The alternative text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
}

/// The format of a text.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ItemFormat {
    /// Markdown.
    #[default]
    Markdown,
    /// HTML of the text alone.
    Html,
    /// Text without markup.
    Text,
}

/// A file that could not be read. The scan goes on.
#[derive(Clone, Debug, Default, Deserialize, Eq, JsonSchema, PartialEq, Serialize)]
pub struct SourceFault {
    /// The file, relative to the folder of pipeline.yaml.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The line, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The error, in lower case and without a full stop.
    pub message: String,
    /// The next step for the user, in the imperative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

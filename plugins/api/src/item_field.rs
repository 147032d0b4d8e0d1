//! Origins of field values. `items` prints them, so that users can see the source of a title or a picture.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};

/// The fields of an item with a recorded origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "all but the first are the fields of `Item` of the same name"
)]
#[non_exhaustive]
pub enum ItemField {
    /// The fact that the file is a post, if not every file of its kind is one.
    Post,
    Url,
    Title,
    Description,
    Image,
    Published,
    Updated,
    Tags,
    Author,
    Lang,
    Draft,
}

/// The origin of a value, from the most to the least explicit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldOrigin {
    /// A key of the front matter.
    FrontMatter(String),
    /// A key of pipeline.yaml.
    Pipeline(String),
    /// A setting of the generator's own config file.
    Generator(String),
    /// An element of the built page, such as `og:title`.
    Page(String),
    /// An element of a feed's entry.
    Feed(String),
    /// A part of the text, such as the first picture.
    Body(String),
    /// The file's name or folder.
    Path,
    /// The site's permalink rule applied to this post.
    Permalink(String),
    /// A transform of this name.
    Transform(String),
    /// The plugin of the source of this name.
    Plugin(String),
}

impl fmt::Display for FieldOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FrontMatter(key) => write!(f, "front matter `{key}`"),
            Self::Pipeline(key) => write!(f, "pipeline.yaml `{key}`"),
            Self::Generator(key) => write!(f, "site config `{key}`"),
            Self::Page(what) => write!(f, "page `{what}`"),
            Self::Feed(what) => write!(f, "feed `{what}`"),
            Self::Body(what) => f.write_str(what),
            Self::Path => f.write_str("file path"),
            Self::Permalink(pattern) => write!(f, "permalink `{pattern}`"),
            Self::Transform(name) => write!(f, "transform `{name}`"),
            Self::Plugin(name) => write!(f, "plugin of `{name}`"),
        }
    }
}

impl Serialize for FieldOrigin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The origin of each field that has a value.
pub type FieldOrigins = BTreeMap<ItemField, FieldOrigin>;

/// Returns the value, if there is one, and adds its origin to `origins`.
pub fn record_origin<T>(
    origins: &mut FieldOrigins,
    field: ItemField,
    found: Option<(T, FieldOrigin)>,
) -> Option<T> {
    let (value, origin) = found?;
    origins.insert(field, origin);
    Some(value)
}

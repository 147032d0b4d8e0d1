//! The fields in which text can be replaced.

use schemars::JsonSchema;
use serde::Deserialize;

/// A field in which text can be replaced.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The title.
    Title,
    /// The description.
    Description,
    /// The link that the card opens.
    Link,
    /// Each tag.
    Tags,
    /// The names of the authors.
    Author,
    /// The language.
    Lang,
    /// The commentary that a transform set.
    Commentary,
}

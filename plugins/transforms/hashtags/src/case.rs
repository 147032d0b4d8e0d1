//! The case of hashtags.

use schemars::JsonSchema;
use serde::Deserialize;

/// The case of hashtags.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    /// As the author wrote the tag.
    #[default]
    AsWritten,
    /// Without capital letters.
    Lower,
    /// With a capital letter for each word.
    Title,
}

//! The result of a creating request.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A created post, as the platform names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The platform's identifier, unchanged. `None` if the platform returns none; such a post can be neither
    /// updated nor retracted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The public URL of the post.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The time of publication, if the platform returned it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// Other values that address the post later, such as its version or channel. It never contains a secret.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub extra: Map<String, Value>,
}

impl Receipt {
    /// Returns the receipt of a post with this identifier.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: Some(id.into()),
            ..Self::default()
        }
    }

    /// Sets the public URL.
    #[must_use]
    pub fn with_url(self, url: impl Into<String>) -> Self {
        Self {
            url: Some(url.into()),
            ..self
        }
    }

    /// Returns the identifier, else the URL, else `without an identifier`: the name of the post in messages.
    #[must_use]
    pub fn label(&self) -> &str {
        let name = self.id.as_deref().or(self.url.as_deref());
        name.unwrap_or("without an identifier")
    }
}

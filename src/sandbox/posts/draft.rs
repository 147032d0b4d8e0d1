//! A post as it was sent, typed, after the schema check. It serves the checks of its values and
//! the view of its readers.

use serde::Deserialize;
use serde_json::Value;

use crate::sandbox::errors::Refusal;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Draft {
    pub(super) author: String,
    pub(super) commentary: String,
    pub(super) visibility: String,
    pub(super) lifecycle_state: String,
    pub(super) distribution: Distribution,
    pub(super) content: Option<Content>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Distribution {
    pub(super) feed_distribution: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Content {
    pub(super) article: Article,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Article {
    pub(super) source: String,
    pub(super) title: String,
    pub(super) description: Option<String>,
    pub(super) thumbnail: Option<String>,
    pub(super) thumbnail_alt_text: Option<String>,
}

impl Draft {
    /// The post in `body`, which has passed the schema check.
    pub(super) fn of(body: &Value) -> Result<Self, Refusal> {
        Self::deserialize(body)
            .map_err(|error| Refusal::schema(&[format!("ERROR :: / :: {error}")]))
    }

    /// The article, if the post has one.
    pub(super) fn article(&self) -> Option<&Article> {
        self.content.as_ref().map(|content| &content.article)
    }
}

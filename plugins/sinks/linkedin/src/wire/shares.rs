//! The body of a creating request to `v2/shares`, as documented in 2019. The picture of a card is a
//! URL from which LinkedIn fetches it.

use serde::Serialize;
use serde_json::Value;

/// A share.
#[derive(Serialize)]
pub(crate) struct Share {
    /// The author's URN or its slot.
    pub(crate) owner: Value,
    pub(crate) text: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) content: Option<Content>,
    pub(crate) distribution: Distribution,
}

/// The commentary in plain text.
#[derive(Serialize)]
pub(crate) struct Text {
    pub(crate) text: String,
}

/// A link card.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Content {
    pub(crate) title: String,
    pub(crate) content_entities: [Entity; 1],
}

/// The linked page of a card and its picture.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entity {
    pub(crate) entity_location: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) thumbnails: Vec<Thumbnail>,
}

/// A picture.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Thumbnail {
    /// The public URL of the picture.
    pub(crate) resolved_url: String,
}

/// The audience of the share, which is always public.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Distribution {
    pub(crate) linked_in_distribution_target: Empty,
}

/// An object without fields.
#[derive(Default, Serialize)]
pub(crate) struct Empty {}

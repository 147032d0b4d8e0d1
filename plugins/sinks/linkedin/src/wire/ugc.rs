//! The body of a creating request to `v2/ugcPosts` ("Share on LinkedIn" of LinkedIn's consumer
//! documentation).

use serde::Serialize;
use serde_json::Value;

/// A post.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Post {
    /// The author's URN or its slot.
    pub(crate) author: Value,
    pub(crate) lifecycle_state: &'static str,
    pub(crate) specific_content: SpecificContent,
    pub(crate) visibility: Visibility,
}

/// The content under the name of its type.
#[derive(Serialize)]
pub(crate) struct SpecificContent {
    #[serde(rename = "com.linkedin.ugc.ShareContent")]
    pub(crate) share: ShareContent,
}

/// The commentary and the attached media.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ShareContent {
    /// The commentary in plain text, without escapes.
    pub(crate) share_commentary: Text,
    /// The type of [`ShareContent::media`]: `NONE`, `ARTICLE`, `IMAGE` or `VIDEO`.
    pub(crate) share_media_category: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) media: Vec<Media>,
}

/// A text in its own object.
#[derive(Serialize)]
pub(crate) struct Text {
    pub(crate) text: String,
}

/// A card, a picture or a video.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Media {
    pub(crate) status: &'static str,
    /// The URL of a card's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) original_url: Option<String>,
    /// The slot of the uploaded asset's URN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) media: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<Text>,
    /// The description of a card, or the alternative text of a picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<Text>,
}

/// The audience of a post.
#[derive(Serialize)]
pub(crate) struct Visibility {
    #[serde(rename = "com.linkedin.ugc.MemberNetworkVisibility")]
    pub(crate) network: &'static str,
}

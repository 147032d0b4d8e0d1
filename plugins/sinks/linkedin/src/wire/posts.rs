//! The body of a creating request of today ("Posts API" of LinkedIn's documentation).

use serde::Serialize;
use serde_json::Value;

/// A post.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Post {
    /// The author's URN, or its slot.
    pub(crate) author: Value,
    /// Little text.
    pub(crate) commentary: String,
    pub(crate) visibility: &'static str,
    pub(crate) distribution: Distribution,
    pub(crate) lifecycle_state: &'static str,
    pub(crate) is_reshare_disabled_by_author: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) content: Option<Content>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reshare_context: Option<ReshareContext>,
}

/// The post that is shared once more.
#[derive(Serialize)]
pub(crate) struct ReshareContext {
    /// Its URN.
    pub(crate) parent: String,
}

/// Where the post is shown.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Distribution {
    feed_distribution: &'static str,
    target_entities: [Value; 0],
    third_party_distribution_channels: [Value; 0],
}

impl Distribution {
    /// The feed of everybody who may see the post.
    pub(crate) const MAIN_FEED: Self = Self {
        feed_distribution: "MAIN_FEED",
        target_entities: [],
        third_party_distribution_channels: [],
    };
}

/// What hangs below the commentary; one kind to a post.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Content {
    Article(Article),
    Media(Media),
    MultiImage { images: Vec<Image> },
    Poll(Poll),
}

/// One picture, document or video.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Media {
    /// The slot of its URN.
    pub(crate) id: Value,
    /// Plain text; documents need one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) alt_text: Option<String>,
}

/// A picture among several.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Image {
    /// The slot of its URN.
    pub(crate) id: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) alt_text: Option<String>,
}

/// A question with answers to choose from.
#[derive(Serialize)]
pub(crate) struct Poll {
    pub(crate) question: String,
    pub(crate) options: Vec<PollOption>,
    pub(crate) settings: PollSettings,
}

/// An answer to choose.
#[derive(Serialize)]
pub(crate) struct PollOption {
    pub(crate) text: String,
}

/// How a vote is held.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PollSettings {
    pub(crate) duration: &'static str,
    pub(crate) vote_selection_type: &'static str,
    pub(crate) is_voter_visible_to_author: bool,
}

/// A link card. LinkedIn reads nothing from the page: what is not given here is not shown.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Article {
    /// The absolute address that the card opens.
    pub(crate) source: String,
    /// Plain text; LinkedIn refuses a card without it.
    pub(crate) title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    #[serde(flatten)]
    pub(crate) thumbnail: Option<Thumbnail>,
}

/// A card's picture.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Thumbnail {
    /// The slot of the uploaded picture's URN; an address would not do.
    pub(crate) thumbnail: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) thumbnail_alt_text: Option<String>,
}

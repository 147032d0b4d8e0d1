//! The body of a creating request to `rest/posts` ("Posts API" of LinkedIn's documentation).

use serde::Serialize;
use serde_json::Value;

/// A post.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Post {
    /// The author's URN or its slot.
    pub(crate) author: Value,
    /// The commentary in little text.
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

/// The reference to the post that is reshared.
#[derive(Serialize)]
pub(crate) struct ReshareContext {
    /// The URN of that post.
    pub(crate) parent: String,
}

/// The feeds in which the post is shown.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Distribution {
    feed_distribution: &'static str,
    target_entities: [Value; 0],
    third_party_distribution_channels: [Value; 0],
}

impl Distribution {
    /// The main feed of all members who may see the post.
    pub(crate) const MAIN_FEED: Self = Self {
        feed_distribution: "MAIN_FEED",
        target_entities: [],
        third_party_distribution_channels: [],
    };
}

/// The content that is attached to the commentary.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Content {
    Article(Article),
    Media(Media),
    MultiImage { images: Vec<Image> },
    Poll(Poll),
}

/// A single picture, document or video.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Media {
    /// The slot of its URN.
    pub(crate) id: Value,
    /// The title in plain text. Documents require one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) alt_text: Option<String>,
}

/// One of several pictures.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Image {
    /// The slot of its URN.
    pub(crate) id: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) alt_text: Option<String>,
}

/// A poll.
#[derive(Serialize)]
pub(crate) struct Poll {
    pub(crate) question: String,
    pub(crate) options: Vec<PollOption>,
    pub(crate) settings: PollSettings,
}

/// An option of a poll.
#[derive(Serialize)]
pub(crate) struct PollOption {
    pub(crate) text: String,
}

/// The settings of a poll.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PollSettings {
    pub(crate) duration: &'static str,
    pub(crate) vote_selection_type: &'static str,
    pub(crate) is_voter_visible_to_author: bool,
}

/// A link card. LinkedIn does not read the linked page, so only these fields are shown.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Article {
    /// The absolute URL of the linked page.
    pub(crate) source: String,
    /// The title in plain text. LinkedIn refuses a card without one.
    pub(crate) title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    #[serde(flatten)]
    pub(crate) thumbnail: Option<Thumbnail>,
}

/// The picture of a card.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Thumbnail {
    /// The slot of the uploaded picture's URN. LinkedIn does not accept a URL.
    pub(crate) thumbnail: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) thumbnail_alt_text: Option<String>,
}

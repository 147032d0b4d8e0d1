//! A post as it was sent, typed, after the schema check. It serves the checks of its values and
//! the view of its readers.

use serde::Deserialize;
use serde_json::Value;

use crate::sandbox::errors::Refusal;
use crate::sandbox::media::Kind;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Draft {
    pub(super) author: String,
    pub(super) commentary: String,
    pub(super) visibility: String,
    pub(super) lifecycle_state: String,
    pub(super) distribution: Distribution,
    pub(super) content: Option<Content>,
    pub(super) reshare_context: Option<ReshareContext>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Distribution {
    pub(super) feed_distribution: String,
}

/// What stands below the text: one of these.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Content {
    Article(Article),
    Media(Media),
    MultiImage(MultiImage),
    Poll(Poll),
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

/// A picture, a document or a video; of several pictures, one.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Media {
    pub(super) id: String,
    pub(super) title: Option<String>,
    pub(super) alt_text: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct MultiImage {
    pub(super) images: Vec<Media>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Poll {
    pub(super) question: String,
    pub(super) options: Vec<PollOption>,
    pub(super) settings: PollSettings,
}

#[derive(Debug, Deserialize)]
pub(super) struct PollOption {
    pub(super) text: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PollSettings {
    pub(super) duration: String,
    pub(super) vote_selection_type: Option<String>,
    pub(super) is_voter_visible_to_author: Option<bool>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ReshareContext {
    pub(super) parent: String,
}

impl Draft {
    /// The post in `body`, which has passed the schema check.
    pub(super) fn of(body: &Value) -> Result<Self, Refusal> {
        Self::deserialize(body)
            .map_err(|error| Refusal::schema(&[format!("ERROR :: / :: {error}")]))
    }

    /// The article, if the post has one.
    pub(super) fn article(&self) -> Option<&Article> {
        match &self.content {
            Some(Content::Article(article)) => Some(article),
            _ => None,
        }
    }

    /// The media that the post shows, without an article's picture.
    pub(super) fn media(&self) -> &[Media] {
        match &self.content {
            Some(Content::Media(media)) => std::slice::from_ref(media),
            Some(Content::MultiImage(MultiImage { images })) => images,
            _ => &[],
        }
    }

    /// The URNs of everything that was uploaded for the post.
    pub(super) fn uploads(&self) -> impl Iterator<Item = &str> {
        let thumbnail = self
            .article()
            .and_then(|article| article.thumbnail.as_deref());
        let media = self.media().iter().map(|medium| medium.id.as_str());
        thumbnail.into_iter().chain(media)
    }

    /// The word in the post's URN: videos and polls have another one than the rest.
    pub(super) fn urn_kind(&self) -> &'static str {
        match &self.content {
            Some(Content::Poll(_)) => "ugcPost",
            Some(Content::Media(media)) if Kind::of(&media.id) == Some(Kind::Video) => "ugcPost",
            _ => "share",
        }
    }
}

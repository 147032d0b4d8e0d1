//! A post as it was sent, typed, after the schema check. It serves the checks of its values and
//! the view of its readers.

use serde::Deserialize;
use serde_json::Value;

use crate::errors::ErrorResponse;
use crate::state::medium::MediaKind;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PostBody {
    pub(crate) author: String,
    pub(crate) commentary: String,
    pub(crate) visibility: String,
    pub(crate) lifecycle_state: String,
    pub(crate) distribution: Distribution,
    pub(crate) content: Option<Content>,
    pub(crate) reshare_context: Option<ReshareContext>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Distribution {
    pub(crate) feed_distribution: String,
}

/// What stands below the text: one of these.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Content {
    Article(Article),
    Media(Media),
    MultiImage(MultiImage),
    Poll(Poll),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Article {
    pub(crate) source: String,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) thumbnail: Option<String>,
    pub(crate) thumbnail_alt_text: Option<String>,
}

/// A picture, a document or a video; of several pictures, one.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Media {
    pub(crate) id: String,
    pub(crate) title: Option<String>,
    pub(crate) alt_text: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct MultiImage {
    pub(crate) images: Vec<Media>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Poll {
    pub(crate) question: String,
    pub(crate) options: Vec<PollOption>,
    pub(crate) settings: PollSettings,
}

#[derive(Debug, Deserialize)]
pub(crate) struct PollOption {
    pub(crate) text: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PollSettings {
    pub(crate) duration: String,
    pub(crate) vote_selection_type: Option<String>,
    pub(crate) is_voter_visible_to_author: Option<bool>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ReshareContext {
    pub(crate) parent: String,
}

impl PostBody {
    /// The post in `body`, which has passed the schema check.
    pub(crate) fn of(body: &Value) -> Result<Self, ErrorResponse> {
        Self::deserialize(body)
            .map_err(|error| ErrorResponse::schema(&[format!("ERROR :: / :: {error}")]))
    }

    /// The article, if the post has one.
    pub(crate) fn article(&self) -> Option<&Article> {
        match &self.content {
            Some(Content::Article(article)) => Some(article),
            _ => None,
        }
    }

    /// The media that the post shows, without an article's picture.
    pub(crate) fn media(&self) -> &[Media] {
        match &self.content {
            Some(Content::Media(media)) => std::slice::from_ref(media),
            Some(Content::MultiImage(MultiImage { images })) => images,
            _ => &[],
        }
    }

    /// The URNs of everything that was uploaded for the post.
    pub(crate) fn uploads(&self) -> impl Iterator<Item = &str> {
        let thumbnail = self
            .article()
            .and_then(|article| article.thumbnail.as_deref());
        let media = self.media().iter().map(|medium| medium.id.as_str());
        thumbnail.into_iter().chain(media)
    }

    /// The word in the post's URN: videos and polls have another one than the rest.
    pub(crate) fn urn_kind(&self) -> &'static str {
        match &self.content {
            Some(Content::Poll(_)) => "ugcPost",
            Some(Content::Media(media)) if MediaKind::of(&media.id) == Some(MediaKind::Video) => {
                "ugcPost"
            }
            _ => "share",
        }
    }
}

//! The typed body of a post, after the schema check. It is used to check the values and to show the
//! post to readers.

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

/// The content below the text.
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

/// A picture, a document or a video, or one of several pictures.
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
    /// Parses a body that has passed the schema check.
    pub(crate) fn of(body: &Value) -> Result<Self, ErrorResponse> {
        Self::deserialize(body)
            .map_err(|error| ErrorResponse::schema(&[format!("ERROR :: / :: {error}")]))
    }

    /// Returns the article, if the post has one.
    pub(crate) fn article(&self) -> Option<&Article> {
        match &self.content {
            Some(Content::Article(article)) => Some(article),
            _ => None,
        }
    }

    /// Returns the media of the post, without the picture of an article.
    pub(crate) fn media(&self) -> &[Media] {
        match &self.content {
            Some(Content::Media(media)) => std::slice::from_ref(media),
            Some(Content::MultiImage(MultiImage { images })) => images,
            _ => &[],
        }
    }

    /// Returns the URNs of all uploads of the post.
    pub(crate) fn uploads(&self) -> impl Iterator<Item = &str> {
        let thumbnail = self
            .article()
            .and_then(|article| article.thumbnail.as_deref());
        let media = self.media().iter().map(|medium| medium.id.as_str());
        thumbnail.into_iter().chain(media)
    }

    /// Returns the kind in the post's URN: `ugcPost` for videos and polls, `share` for all others.
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

//! A post as readers see it: the displayed text, the content below it, and its visibility. LinkedIn
//! reports none of this to the sender.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::post_body::{Article, Content, Media, Poll, PostBody};
use crate::little_text::{self, RenderedText, TextCut};
use crate::state::SandboxState;
use crate::state::medium::{MediaKind, MediaStatus, id_of};
use crate::state::stored_post::StoredPost;

/// A post as a reader sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SandboxPost {
    /// URN of the post, `urn:li:share:…` or `urn:li:ugcPost:…`.
    pub id: String,
    /// The author's URN.
    pub author: String,
    /// The displayed commentary: escapes resolved, hashtags and mentions as readers see them, without
    /// the part after `cut_at`.
    pub text: String,
    /// The position at which LinkedIn cuts the commentary off, if it does.
    pub cut_at: Option<TextCut>,
    /// `true` if readers can see the post.
    pub visible: bool,
    /// The reason if they cannot.
    pub hidden_because: Option<String>,
    /// The card, if the post has one.
    pub article: Option<SandboxArticle>,
    /// Pictures, document or video of the post.
    pub media: Vec<SandboxMedium>,
    /// The poll, if the post has one.
    pub poll: Option<SandboxPoll>,
    /// The reshared post, if there is one.
    pub reshared: Option<SandboxReshare>,
    /// The body of the request that created it.
    pub raw: Value,
    /// The time at which it was accepted.
    pub created: Timestamp,
    /// The time of the last edit, if it was edited.
    pub edited: Option<Timestamp>,
    /// The displayed commentary, in the parts that the page formats differently.
    #[serde(skip)]
    pub(crate) rendered: RenderedText,
}

/// A link card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SandboxArticle {
    /// The URL of the linked page.
    pub source: String,
    /// Headline of the card.
    pub title: String,
    /// Description of the card, which LinkedIn stores and rarely shows.
    pub description: Option<String>,
    /// The path of its picture on this server, `/media/…`; `None` for a card without a picture.
    pub image: Option<String>,
    /// The picture's alternative text.
    pub alt: Option<String>,
}

/// A picture, a document or a video.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SandboxMedium {
    /// URN of the medium.
    pub id: String,
    /// Media type, such as `image/png`. `None` until the file was uploaded and processed.
    pub media_type: Option<&'static str>,
    /// Path of the file on this server, `/media/…`. `None` until it was uploaded and processed.
    pub url: Option<String>,
    /// The title of a document or a video.
    pub title: Option<String>,
    /// Alternative text.
    pub alt: Option<String>,
}

/// A poll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SandboxPoll {
    /// The question.
    pub question: String,
    /// The options.
    pub options: Vec<String>,
    /// The number of days that it is open.
    pub days: i64,
}

/// A reshared post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SandboxReshare {
    /// URN of the reshared post.
    pub id: String,
    /// Author of the post. `None` if the post is not in this sandbox.
    pub author: Option<String>,
    /// Text of the post. `None` if the post is not in this sandbox.
    pub text: Option<String>,
}

/// Returns the posts that are not deleted as readers see them at `now`, the newest last.
pub(crate) fn posts(state: &SandboxState, now: Timestamp) -> Vec<SandboxPost> {
    state
        .posts
        .iter()
        .filter(|post| post.deleted.is_none())
        .map(|post| SandboxPost::view(post, state, now))
        .collect()
}

impl SandboxPost {
    /// Returns `post` as readers see it at `now`, with the media of `state`.
    pub(crate) fn view(post: &StoredPost, state: &SandboxState, now: Timestamp) -> Self {
        let body = PostBody::of(&post.fields).expect("only parsed posts are stored");
        let rendered = rendered(post, &body);
        let hidden_because = hidden_because(&body, state, now);
        let article = body.article();
        let media = body.media().iter();
        let reshared = body.reshare_context.as_ref();
        Self {
            id: post.id.clone(),
            text: rendered.plain(),
            cut_at: rendered.cut.clone(),
            rendered,
            visible: hidden_because.is_none(),
            hidden_because,
            article: article.map(|article| SandboxArticle::view(article, state, now)),
            media: media
                .map(|medium| SandboxMedium::view(medium, state, now))
                .collect(),
            poll: match &body.content {
                Some(Content::Poll(poll)) => Some(SandboxPoll::view(poll)),
                _ => None,
            },
            reshared: reshared.map(|reshare| SandboxReshare::view(&reshare.parent, state)),
            raw: post.raw.clone(),
            created: post.created,
            edited: post.edited,
            author: body.author,
        }
    }

    /// Returns a line about the post, with the problems that LinkedIn does not report to the sender.
    pub(crate) fn summary(&self) -> String {
        let mut summary = self.id.clone();
        if let Some(cut) = &self.cut_at {
            summary.push_str(&format!(", cut at {cut}"));
        }
        if let Some(reason) = &self.hidden_because {
            summary.push_str(&format!(", invisible: {reason}"));
        }
        summary
    }
}

impl SandboxArticle {
    fn view(article: &Article, state: &SandboxState, now: Timestamp) -> Self {
        let thumbnail = article.thumbnail.as_deref();
        Self {
            source: article.source.clone(),
            title: article.title.clone(),
            description: article.description.clone(),
            image: thumbnail.and_then(|urn| shown(urn, state, now).map(|(_, url)| url)),
            alt: article.thumbnail_alt_text.clone(),
        }
    }
}

impl SandboxMedium {
    fn view(medium: &Media, state: &SandboxState, now: Timestamp) -> Self {
        let shown = shown(&medium.id, state, now);
        Self {
            id: medium.id.clone(),
            media_type: shown.as_ref().map(|(media_type, _)| *media_type),
            url: shown.map(|(_, url)| url),
            title: medium.title.clone(),
            alt: medium.alt_text.clone(),
        }
    }
}

impl SandboxPoll {
    fn view(poll: &Poll) -> Self {
        Self {
            question: poll.question.clone(),
            options: poll
                .options
                .iter()
                .map(|option| option.text.clone())
                .collect(),
            days: match poll.settings.duration.as_str() {
                "ONE_DAY" => 1,
                "THREE_DAYS" => 3,
                "SEVEN_DAYS" => 7,
                _ => 14,
            },
        }
    }
}

impl SandboxReshare {
    fn view(parent: &str, state: &SandboxState) -> Self {
        let mut posts = state.posts.iter();
        let post = posts.find(|post| post.id == parent && post.deleted.is_none());
        let body = post.and_then(|post| Some((post, PostBody::of(&post.fields).ok()?)));
        Self {
            id: parent.to_owned(),
            text: body
                .as_ref()
                .map(|(post, body)| rendered(post, body).plain()),
            author: body.map(|(_, body)| body.author),
        }
    }
}

fn rendered(post: &StoredPost, body: &PostBody) -> RenderedText {
    if post.plain {
        little_text::parse_plain(&body.commentary)
    } else {
        little_text::parse(&body.commentary)
    }
}

/// Returns the media type and the path of a medium, if it can be shown.
fn shown(urn: &str, state: &SandboxState, now: Timestamp) -> Option<(&'static str, String)> {
    match state.media.get(urn)?.state(now) {
        MediaStatus::Available { media_type, .. } => {
            Some((media_type, format!("/media/{}", id_of(urn))))
        }
        _ => None,
    }
}

fn hidden_because(body: &PostBody, state: &SandboxState, now: Timestamp) -> Option<String> {
    if body.distribution.feed_distribution == "NONE" {
        return Some("its feedDistribution is NONE, so it appears in no feed".to_owned());
    }
    body.uploads().find_map(|urn| {
        let medium = state.media.get(urn)?;
        let word = match medium.kind {
            MediaKind::Image => "picture",
            MediaKind::Document => "document",
            MediaKind::Video => "video",
            MediaKind::Asset => "asset",
        };
        match medium.state(now) {
            MediaStatus::Available { .. } => None,
            MediaStatus::Waiting => Some(format!("its {word} was never uploaded")),
            MediaStatus::Processing => Some(format!("its {word} is still being processed")),
            MediaStatus::Failed(why) => Some(format!("its {word} failed: {why}")),
        }
    })
}

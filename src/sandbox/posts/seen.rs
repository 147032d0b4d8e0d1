//! A post as a reader sees it, or does not: what is left of its text, the card, and whether it is
//! shown at all. LinkedIn tells the sender of none of this.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::draft::{Article, Draft};
use crate::sandbox::images::{Upload, id_of};
use crate::sandbox::little_text::{self, Cut, Reading};
use crate::sandbox::state::{StoredPost, World};

/// A post as a reader sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SandboxPost {
    /// Its URN, `urn:li:share:…`.
    pub id: String,
    /// The author's URN.
    pub author: String,
    /// The commentary that is shown: escapes resolved, hashtags and mentions as readers see them,
    /// and nothing from the cut on.
    pub text: String,
    /// Where LinkedIn stops showing the commentary, if it does.
    pub cut_at: Option<Cut>,
    /// Whether readers see the post.
    pub visible: bool,
    /// Why they do not.
    pub hidden_because: Option<String>,
    /// The card, if the post has one.
    pub article: Option<SandboxArticle>,
    /// The body of the request that created it.
    pub raw: Value,
    /// When it was accepted.
    pub created: Timestamp,
    /// When it was last edited, if it was.
    pub edited: Option<Timestamp>,
    /// The commentary as it stands, in the parts that the page draws apart.
    #[serde(skip)]
    pub(in crate::sandbox) reading: Reading,
}

/// A link card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SandboxArticle {
    /// What it opens.
    pub source: String,
    /// Its headline.
    pub title: String,
    /// Its description, which LinkedIn keeps and mostly does not show.
    pub description: Option<String>,
    /// Where this server shows its picture, `/media/…`; `None` for a bare card.
    pub image: Option<String>,
    /// The picture's alternative text.
    pub alt: Option<String>,
}

impl SandboxPost {
    /// `post` as it is seen with the images of `world`.
    pub(in crate::sandbox) fn seen(post: &StoredPost, world: &World) -> Self {
        let draft = Draft::of(&post.fields).expect("only drafts that were read are stored");
        let reading = little_text::read(&draft.commentary);
        let hidden_because = hidden_because(&draft, world);
        Self {
            id: post.id.clone(),
            text: reading.plain(),
            cut_at: reading.cut.clone(),
            reading,
            visible: hidden_because.is_none(),
            hidden_because,
            article: draft
                .article()
                .map(|article| SandboxArticle::seen(article, world)),
            raw: post.raw.clone(),
            created: post.created,
            edited: post.edited,
            author: draft.author,
        }
    }

    /// The post in a line, with what its sender would not be told.
    pub(super) fn summary(&self) -> String {
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
    fn seen(article: &Article, world: &World) -> Self {
        let image = article.thumbnail.as_deref().and_then(|urn| {
            let upload = &world.images.get(urn)?.upload;
            matches!(upload, Upload::Available { .. }).then(|| id_of(urn))?
        });
        Self {
            source: article.source.clone(),
            title: article.title.clone(),
            description: article.description.clone(),
            image: image.map(|id| format!("/media/{id}")),
            alt: article.thumbnail_alt_text.clone(),
        }
    }
}

fn hidden_because(draft: &Draft, world: &World) -> Option<String> {
    if draft.distribution.feed_distribution == "NONE" {
        return Some("its feedDistribution is NONE, which keeps it out of every feed".to_owned());
    }
    let thumbnail = draft.article()?.thumbnail.as_ref()?;
    match &world.images.get(thumbnail)?.upload {
        Upload::Available { .. } => None,
        Upload::Waiting => Some("its picture was never uploaded".to_owned()),
        Upload::Failed(why) => Some(format!("its picture failed: {why}")),
    }
}

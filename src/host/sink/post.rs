//! Posts as plugins get them. Media are named by their index and hash; their bytes stay here.

use plugin_protocol::{
    Manifest, SinkArticle, SinkCard, SinkMedium, SinkPicture, SinkPost, SinkSpan,
};
use syndicate_api::{Article, Attachment, Card, Code, Diagnostic, Medium, Picture, Post, TextSpan};

/// A post and the media that it refers to.
pub(super) struct SentPost {
    pub(super) message: SinkPost,
    pub(super) media: Vec<Medium>,
}

impl SentPost {
    /// Returns `post` with the forms of its article that the plugin needs.
    ///
    /// # Errors
    /// If the post has an attachment that plugins do not get.
    pub(super) fn of(post: &Post, manifest: &Manifest) -> Result<Self, Diagnostic> {
        let mut media = MediaList::default();
        let pictures = match &post.attachment {
            None => &[][..],
            Some(Attachment::Pictures(pictures)) => pictures,
            Some(_) => {
                let message = format!("plugin `{}` gets no {}s", manifest.name, post.kind());
                return Err(Diagnostic::new(Code::KindUnsupported, message));
            }
        };
        let card = post.card.as_ref().map(|card| media.card(card));
        let pictures = pictures
            .iter()
            .map(|picture| media.picture(picture))
            .collect();
        let article = post.article.as_ref();
        let article = article.map(|article| media.article(article, &manifest.needs));
        let message = SinkPost {
            text: post.text.plain(),
            spans: post.text.0.iter().filter_map(span).collect(),
            card,
            pictures,
            lang: post.lang.clone(),
            tags: post.tags.clone(),
            article,
            media: media.0.iter().map(medium).collect(),
        };
        Ok(Self {
            message,
            media: media.0,
        })
    }
}

/// The media of a post, each once.
#[derive(Default)]
struct MediaList(Vec<Medium>);

impl MediaList {
    fn index(&mut self, medium: &Medium) -> usize {
        let known = self
            .0
            .iter()
            .position(|known| known.sha256() == medium.sha256());
        known.unwrap_or_else(|| {
            self.0.push(medium.clone());
            self.0.len() - 1
        })
    }

    fn picture(&mut self, picture: &Picture) -> SinkPicture {
        SinkPicture {
            medium: self.index(&picture.medium),
            alt: picture.alt.clone(),
            url: picture.url.clone(),
        }
    }

    fn card(&mut self, card: &Card) -> SinkCard {
        SinkCard {
            url: card.url.clone(),
            title: card.title.clone(),
            description: card.description.clone(),
            picture: card.picture.as_ref().map(|picture| self.picture(picture)),
        }
    }

    fn article(&mut self, article: &Article, needs: &[String]) -> SinkArticle {
        let form = |name: &str, text: &String| {
            let is_needed = needs.iter().any(|need| need == name);
            is_needed.then(|| text.clone())
        };
        SinkArticle {
            key: article.key.clone(),
            title: article.title.clone(),
            description: article.description.clone(),
            url: article.url.clone(),
            slug: article.slug.clone(),
            tags: article.tags.clone(),
            series: article.series.clone(),
            published: article.published.map(|time| time.to_string()),
            updated: article.updated.map(|time| time.to_string()),
            picture: article.cover.as_ref().map(|cover| self.picture(cover)),
            picture_url: article.cover_url.clone(),
            html: form("html", &article.html),
            markdown: form("markdown", &article.markdown),
            plain: form("plain", &article.plain),
        }
    }
}

/// Returns `medium` as plugins see it.
pub(super) fn medium(medium: &Medium) -> SinkMedium {
    SinkMedium {
        sha256: medium.sha256().to_owned(),
        media_type: medium.media_type.to_string(),
        bytes: medium.bytes.length(),
        pixels: medium.pixels,
        alt: medium.alt.clone(),
        file_name: medium.file_name.clone(),
    }
}

/// Returns `None` for a kind of span of a later version.
fn span(span: &TextSpan) -> Option<SinkSpan> {
    Some(match span {
        TextSpan::Text(text) => SinkSpan::Text(text.clone()),
        TextSpan::Hashtag(word) => SinkSpan::Hashtag(word.clone()),
        TextSpan::Mention { name, target } => SinkSpan::Mention {
            name: name.clone(),
            target: target.clone(),
        },
        TextSpan::Link(url) => SinkSpan::Link(url.clone()),
        _ => return None,
    })
}

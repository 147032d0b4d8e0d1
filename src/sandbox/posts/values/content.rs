//! The values of what stands below the text, kind by kind.

use super::{Faults, LONG_TEXT, TITLE};
use crate::sandbox::errors::Refusal;
use crate::sandbox::media::{Kind, State};
use crate::sandbox::posts::draft::{Article, Content, Draft, Media, MultiImage, Poll};
use crate::sandbox::state::World;
use jiff::Timestamp;

/// How many pictures several pictures are.
const IMAGES: std::ops::RangeInclusive<usize> = 2..=20;
/// The longest question of a poll.
const QUESTION: usize = 140;
/// The longest option of a poll.
const OPTION: usize = 30;
/// How many options a poll has.
const OPTIONS: std::ops::RangeInclusive<usize> = 2..=4;

/// What the values of content are checked against.
pub(super) struct Scene<'s> {
    pub(super) author: &'s str,
    pub(super) world: &'s World,
    pub(super) now: Timestamp,
}

impl Faults {
    pub(super) fn content(&mut self, draft: &Draft, scene: &Scene<'_>) -> Result<(), Refusal> {
        match &draft.content {
            None => Ok(()),
            Some(Content::Article(article)) => self.article(article, scene),
            Some(Content::Media(media)) => self.media(media, scene),
            Some(Content::MultiImage(images)) => self.multi_image(images, scene),
            Some(Content::Poll(poll)) => {
                self.poll(poll);
                Ok(())
            }
        }
    }

    fn article(&mut self, article: &Article, scene: &Scene<'_>) -> Result<(), Refusal> {
        self.address("/content/article/source", &article.source);
        self.length("/content/article/title", &article.title, TITLE);
        let description = article.description.as_deref().unwrap_or_default();
        self.length("/content/article/description", description, LONG_TEXT);
        let alt = article.thumbnail_alt_text.as_deref().unwrap_or_default();
        self.length("/content/article/thumbnailAltText", alt, LONG_TEXT);
        let Some(thumbnail) = &article.thumbnail else {
            return Ok(());
        };
        let path = "/content/article/thumbnail";
        if Kind::of(thumbnail) == Some(Kind::Image) {
            return self.upload(path, thumbnail, Kind::Image, scene);
        }
        let rule = "must be the URN of an image, urn:li:image:…, and not an address";
        self.push("INVALID_URN_TYPE", path, rule, thumbnail);
        Ok(())
    }

    fn media(&mut self, media: &Media, scene: &Scene<'_>) -> Result<(), Refusal> {
        const PATH: &str = "/content/media/id";
        self.alt("/content/media/altText", media);
        let title = media.title.as_deref().unwrap_or_default();
        self.length("/content/media/title", title, TITLE);
        match Kind::of(&media.id) {
            None | Some(Kind::Asset) => {
                let rule = "must be the URN of an image, a document or a video";
                self.push("INVALID_URN_TYPE", PATH, rule, &media.id);
                Ok(())
            }
            Some(kind) => {
                if kind == Kind::Document && title.trim().is_empty() {
                    let path = "/content/media/title";
                    self.push("MISSING_FIELD", path, "is required for documents", title);
                }
                self.upload(PATH, &media.id, kind, scene)
            }
        }
    }

    fn multi_image(&mut self, images: &MultiImage, scene: &Scene<'_>) -> Result<(), Refusal> {
        const PATH: &str = "/content/multiImage/images";
        let count = images.images.len();
        if count < *IMAGES.start() {
            let rule = "must hold at least 2 images; a single one goes as media";
            self.field(PATH, rule, &count.to_string());
        }
        self.array(PATH, count, *IMAGES.end());
        for (index, image) in images.images.iter().enumerate() {
            let path = format!("{PATH}/{index}");
            self.alt(&format!("{path}/altText"), image);
            let id = format!("{path}/id");
            if Kind::of(&image.id) == Some(Kind::Image) {
                self.upload(&id, &image.id, Kind::Image, scene)?;
            } else {
                let rule = "must be the URN of an image";
                self.push("INVALID_URN_TYPE", &id, rule, &image.id);
            }
        }
        Ok(())
    }

    fn poll(&mut self, poll: &Poll) {
        const PATH: &str = "/content/poll";
        let question = format!("{PATH}/question");
        self.not_blank(&question, &poll.question);
        self.length(&question, &poll.question, QUESTION);
        let options = format!("{PATH}/options");
        let count = poll.options.len();
        if count < *OPTIONS.start() {
            self.field(&options, "must hold at least 2 options", &count.to_string());
        }
        self.array(&options, count, *OPTIONS.end());
        for (index, option) in poll.options.iter().enumerate() {
            let path = format!("{options}/{index}/text");
            self.not_blank(&path, &option.text);
            self.length(&path, &option.text, OPTION);
        }
        let settings = &poll.settings;
        let selection = settings.vote_selection_type.as_deref();
        if let Some(other) = selection.filter(|selection| *selection != "SINGLE_VOTE") {
            let path = format!("{PATH}/settings/voteSelectionType");
            self.field(&path, "must be SINGLE_VOTE", other);
        }
        if settings.is_voter_visible_to_author == Some(false) {
            let path = format!("{PATH}/settings/isVoterVisibleToAuthor");
            self.field(&path, "must be true", "false");
        }
    }

    /// The upload behind a URN of the right kind. LinkedIn finds out in silence that a picture is of
    /// no use; a video it refuses.
    fn upload(
        &mut self,
        path: &str,
        urn: &str,
        kind: Kind,
        scene: &Scene<'_>,
    ) -> Result<(), Refusal> {
        let Some(medium) = scene.world.media.get(urn) else {
            let code = match kind {
                Kind::Image => "INVALID_IMAGE_ID",
                Kind::Video => "INVALID_VIDEO_ID",
                Kind::Document | Kind::Asset => "INVALID_URN_ID",
            };
            let rule = format!("is no {} known here", kind.word());
            self.push(code, path, &rule, urn);
            return Ok(());
        };
        if medium.owner != scene.author {
            return Err(Refusal::value_denied(path));
        }
        if kind == Kind::Video {
            match medium.state(scene.now) {
                State::Waiting => {
                    self.push(
                        "MEDIA_ASSET_WAITING_UPLOAD",
                        path,
                        "was never uploaded",
                        urn,
                    );
                }
                State::Failed(why) => {
                    let rule = format!("cannot be shown: {why}");
                    self.push("MEDIA_ASSET_PROCESSING_FAILED", path, &rule, urn);
                }
                State::Processing | State::Available { .. } => {}
            }
        }
        Ok(())
    }

    fn alt(&mut self, path: &str, media: &Media) {
        let alt = media.alt_text.as_deref().unwrap_or_default();
        self.length(path, alt, LONG_TEXT);
    }
}

//! Sinks: where posts go. A sink encodes a post (`compose`, pure), makes ready what the platform
//! needs beforehand (`prepare`, repeatable and invisible to readers) and sends exactly one creating
//! request (`publish`). The engine puts the intent on record between the last two.

use std::time::Duration;

use async_trait::async_trait;
use serde_json::Value;

use crate::{
    Appearance, Code, Context, Diagnostic, FileRules, Payload, Post, PostFormat, Prepared,
    PublishError, PublishErrorKind, Receipt, Request, RichText, SignIn,
};

/// Whether a creating request may be repeated when its outcome is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// No: the platform would create a second post.
    Never,
    /// Yes: the platform knows a key of ours and creates one post per key.
    Keyed,
    /// Yes: the answer to a repetition tells whether the first one arrived
    /// ([`PublishError::existing`]), as long as it is neither too early nor too late.
    Evidence {
        /// How long the platform needs to know of the first one.
        after: Duration,
        /// How long it certainly refuses an equal one.
        within: Duration,
        /// Whether a run may do so by itself; if not, it is for a person to ask for.
        by_itself: bool,
    },
}

/// What a platform lets one change about a post that is out, worked out from the payload of the post
/// as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// The change, as it is sent. `{id}` in a path stands for the post's identifier, encoded.
    pub requests: Vec<Request>,
    /// What the payload holds besides, which stays as it was sent.
    pub fixed: Value,
    /// What the requests change, for people, such as `the commentary`.
    pub changes: &'static str,
    /// What stays, for people, such as `the card`.
    pub keeps: &'static str,
}

/// The part of the system that makes the link card of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardBy {
    /// The engine prepares title, description and picture, and the sink sends them.
    Us,
    /// The platform reads the page behind the link and makes the card itself. The engine prepares no
    /// picture, and previews draw the card from the page's metadata and say so.
    Platform {
        /// `true` if the platform takes the link from the text. A text without the link then has no card.
        /// `false` if the sink sends the link in a field of its own ([`Card::url`](crate::Card::url)).
        reads_text: bool,
    },
    /// The platform shows no cards.
    None,
}

/// The texts, cards and files that a platform accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest commentary, in the unit of [`Sink::measure`].
    pub text: usize,
    /// The part of the system that makes the card. Unless it is [`CardBy::None`], an item without a URL is
    /// not sent.
    pub card: CardBy,
    /// The action for a card without a picture.
    pub picture: PicturePolicy,
    /// Which pictures the platform takes.
    pub media: MediaRules,
    /// What a post becomes that brings nothing along.
    pub format: PostFormat,
    /// Which documents the platform takes.
    pub documents: FileRules,
    /// Which videos it takes.
    pub videos: FileRules,
}

impl Limits {
    /// Returns the limits of a platform that accepts text of at most `max` units and nothing else: no card,
    /// no picture, no file. Override single fields with `Limits { card: …, ..Limits::text(500) }`.
    #[must_use]
    pub const fn text(max: usize) -> Self {
        Self {
            text: max,
            card: CardBy::None,
            picture: PicturePolicy::Skip,
            media: MediaRules::NONE,
            format: PostFormat::Card,
            documents: FileRules::NONE,
            videos: FileRules::NONE,
        }
    }
}

/// What to do about a card without a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PicturePolicy {
    /// The post is not sent.
    #[default]
    Require,
    /// The post is sent, and the run says so.
    Warn,
    /// Pictures are left out.
    Skip,
}

/// Which pictures a platform takes. The engine converts and scales what does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaRules {
    /// MIME types that are taken as they are.
    pub types: &'static [&'static str],
    /// The largest number of pixels, width times height.
    pub max_pixels: u64,
    /// The largest number of bytes.
    pub max_bytes: u64,
    /// The largest number of frames of an animation.
    pub max_frames: usize,
}

impl MediaRules {
    /// No picture at all.
    pub const NONE: Self = Self {
        types: &[],
        max_pixels: 0,
        max_bytes: 0,
        max_frames: 0,
    };
}

/// One finding of `syndicate check`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// All is well with this.
    Passed(String),
    /// It works now but wants attention.
    Warning {
        /// What was found.
        message: String,
        /// What to do.
        hint: String,
    },
    /// It will not work.
    Failed(Diagnostic),
}

/// A place that posts go to.
#[async_trait]
pub trait Sink: Send + Sync {
    /// What the platform allows.
    fn limits(&self) -> Limits;

    /// The length of `text` as the platform counts it.
    fn measure(&self, text: &RichText) -> usize;

    /// How the platform's feed shows a post, for previews.
    fn appearance(&self) -> Appearance {
        Appearance::default()
    }

    /// Encodes `post`. Pure: the same post always yields the same payload.
    ///
    /// # Errors
    /// [`Diagnostic`] when the platform could not take the post.
    fn compose(&self, post: &Post) -> Result<Payload, Diagnostic>;

    /// Checks the identifier of an account that templates may mention. Pure.
    ///
    /// # Errors
    /// [`Diagnostic`] when the platform has no such identifiers.
    fn check_mention(&self, target: &str) -> Result<(), Diagnostic> {
        let _ = target;
        Ok(())
    }

    /// Looks up who we are and uploads media. Dying in here leaves the delivery free.
    ///
    /// # Errors
    /// Any kind but `Unknown`: nothing that a reader could see was asked for.
    async fn prepare(&self, cx: &Context, payload: &Payload) -> Result<Prepared, PublishError>;

    /// Sends the creating request, once.
    ///
    /// # Errors
    /// `Unknown` whenever the platform may have accepted it.
    async fn publish(&self, cx: &Context, prepared: &Prepared) -> Result<Receipt, PublishError>;

    /// Whether people get to see what it publishes, as they do not where its endpoint is this very
    /// machine. Their links must work.
    fn reaches_readers(&self) -> bool {
        true
    }

    /// Whether a creating request may be repeated.
    fn repeat(&self) -> Repeat {
        Repeat::Never
    }

    /// What `payload` could change about the post that was made of an earlier one; `None` where the
    /// platform lets one change nothing. Pure.
    fn revise(&self, payload: &Payload) -> Option<Revision> {
        let _ = payload;
        None
    }

    /// Changes the post that `receipt` names. To be repeated without harm.
    ///
    /// # Errors
    /// Any kind but `Unknown`, since the same change may be made again.
    async fn update(
        &self,
        cx: &Context,
        receipt: &Receipt,
        revision: &Revision,
    ) -> Result<(), PublishError> {
        let _ = (cx, receipt, revision);
        Err(unsupported("this sink cannot change a post that is out"))
    }

    /// Returns the account that requests are made under now, as the platform names it; `None` where
    /// the sink has no account. It is compared with the one that created a post before that post is
    /// changed, taken back or repeated.
    ///
    /// # Errors
    /// Any kind but `Unknown`.
    async fn account(&self, cx: &Context) -> Result<Option<String>, PublishError> {
        let _ = cx;
        Ok(None)
    }

    /// Returns the receipt of the post that `address` names: an identifier of the platform, or an
    /// address that a person copied from it.
    ///
    /// # Errors
    /// `Rejected` where `address` names no post of this platform; other kinds where the platform was
    /// asked and did not answer.
    async fn locate(&self, cx: &Context, address: &str) -> Result<Receipt, PublishError> {
        let _ = cx;
        let id = address.trim();
        if id.is_empty() || id.contains(|c: char| c.is_whitespace() || c.is_control()) {
            let message = format!("invalid identifier `{}`", address.escape_debug());
            return Err(PublishError::new(
                PublishErrorKind::Rejected,
                Code::Unsupported,
                message,
            ));
        }
        Ok(Receipt {
            id: id.to_owned(),
            url: None,
        })
    }

    /// Takes the post that `receipt` names back. A post that is gone already is a success.
    ///
    /// # Errors
    /// Any kind but `Unknown`, since it may be asked for again.
    async fn retract(&self, cx: &Context, receipt: &Receipt) -> Result<(), PublishError> {
        let _ = (cx, receipt);
        Err(unsupported("this sink cannot take a post back"))
    }

    /// What a doctor would say about options and credentials, without using the network.
    fn check(&self, cx: &Context) -> Vec<Finding> {
        // Not every sink has anything that could be wrong.
        let _ = cx;
        Vec::new()
    }

    /// The same for what only the platform can tell, without anything that a reader could see.
    async fn check_online(&self, cx: &Context) -> Vec<Finding> {
        let _ = cx;
        Vec::new()
    }

    /// How one signs in, where that is how a token is had.
    fn sign_in(&self) -> Option<&dyn SignIn> {
        None
    }
}

fn unsupported(message: &str) -> PublishError {
    PublishError::new(PublishErrorKind::Rejected, Code::Unsupported, message)
        .with_hint("do it on the platform itself")
}

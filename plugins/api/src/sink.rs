//! Sinks: where posts go. A sink encodes a post (`compose`, pure), makes ready what the platform
//! needs beforehand (`prepare`, repeatable and invisible to readers) and sends exactly one creating
//! request (`publish`). The engine puts the intent on record between the last two.

use std::time::Duration;

use async_trait::async_trait;
use serde::Serialize;

use crate::{ComposeError, Context, Payload, Post, Prepared, PublishError, RichText};

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
    },
}

/// What a sink allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest commentary, in the unit of [`Sink::measure`].
    pub text: usize,
    /// Whether a card can be shown, and so an address is needed.
    pub card: bool,
    /// What to do about a card without a picture.
    pub picture: PicturePolicy,
    /// Which pictures the platform takes.
    pub media: MediaRules,
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

/// What the platform answered to a creating request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The platform's identifier, word for word.
    pub id: String,
    /// Where readers find it.
    pub url: Option<String>,
}

/// One finding of `syndicate check`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// All is well with this.
    Good(String),
    /// It works now but wants attention.
    Warning {
        /// What was found.
        message: String,
        /// What to do.
        hint: String,
    },
    /// It will not work.
    Bad {
        /// What was found.
        message: String,
        /// What to do.
        hint: String,
    },
}

/// A place that posts go to.
#[async_trait]
pub trait Sink: Send + Sync {
    /// What the platform allows.
    fn limits(&self) -> Limits;

    /// The length of `text` as the platform counts it.
    fn measure(&self, text: &RichText) -> usize;

    /// Encodes `post`. Pure: the same post always yields the same payload.
    ///
    /// # Errors
    /// [`ComposeError`] when the platform could not take the post.
    fn compose(&self, post: &Post) -> Result<Payload, ComposeError>;

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

    /// What a doctor would say about options and credentials, without using the network.
    fn check(&self, cx: &Context) -> Vec<Finding> {
        // Not every sink has anything that could be wrong.
        let _ = cx;
        Vec::new()
    }
}

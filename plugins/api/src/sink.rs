//! Sinks publish posts. A sink encodes a post (`compose`, pure), uploads media (`prepare`, repeatable and
//! invisible to readers) and sends exactly one creating request (`publish`). The engine records the intent
//! between `prepare` and `publish`.

use std::collections::BTreeMap;
use std::time::Duration;

use async_trait::async_trait;
use serde_json::Value;

use crate::{
    Appearance, Code, Context, Diagnostic, FileRules, Payload, Post, PostFormat, Prepared,
    PublishError, PublishErrorKind, Receipt, Request, RichText, Sender, SignIn,
};

/// The rule for repeating a creating request whose outcome is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Never repeat it: the platform would create a second post.
    Never,
    /// Repeat it: the request has a key, and the platform creates one post for each key.
    Keyed,
    /// Repeat it within a time window: the platform refuses a duplicate and names the first post
    /// ([`PublishError::existing`]).
    Evidence {
        /// The time after which the platform recognises the first post.
        after: Duration,
        /// The time within which the platform certainly refuses a duplicate.
        within: Duration,
        /// `true` if a run may repeat the request without a command of the user.
        by_itself: bool,
    },
}

/// The changes that a platform allows to a published post, computed from the post's current payload.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// The requests that make the change. `{id}` in a path is replaced by the encoded identifier of the post.
    pub requests: Vec<Request>,
    /// The part of the payload that cannot be changed.
    pub fixed: Value,
    /// The part that the requests change, for messages, such as `the commentary`.
    pub changes: &'static str,
    /// The part that stays, for messages, such as `the card`.
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
    /// The pictures that the platform accepts.
    pub media: MediaRules,
    /// The format of posts whose front matter sets no attachment.
    pub format: PostFormat,
    /// The documents that the platform accepts.
    pub documents: FileRules,
    /// The videos that the platform accepts.
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

    /// Sets the part of the system that makes the card.
    #[must_use]
    pub const fn with_card(self, card: CardBy) -> Self {
        Self { card, ..self }
    }
}

/// The action for a card without a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PicturePolicy {
    /// The post is not sent.
    #[default]
    Require,
    /// The post is sent with a warning.
    Warn,
    /// No card has a picture.
    Skip,
}

/// The pictures that a platform accepts. The engine converts and scales other pictures to fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaRules {
    /// The MIME types that are sent unchanged.
    pub types: &'static [&'static str],
    /// The largest number of pixels, width times height.
    pub max_pixels: u64,
    /// The largest size in bytes.
    pub max_bytes: u64,
    /// The largest number of animation frames.
    pub max_frames: usize,
}

impl MediaRules {
    /// Accepts no picture.
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
    /// A check that passed.
    Passed(String),
    /// A condition that works now but needs attention.
    Warning {
        /// The condition.
        message: String,
        /// The next step, in the imperative.
        hint: String,
    },
    /// An error.
    Failed(Diagnostic),
}

/// Publishes posts on one platform.
#[async_trait]
pub trait Sink: Send + Sync {
    /// Returns the texts, cards and files that the platform accepts.
    fn limits(&self) -> Limits;

    /// Returns the length of `text` in the platform's unit. The default counts Unicode code points.
    fn measure(&self, text: &RichText) -> usize {
        text.plain().chars().count()
    }

    /// Returns the look of a post in the platform's feed, for previews.
    fn appearance(&self) -> Appearance {
        Appearance::default()
    }

    /// Encodes `post`. Pure: the same post always becomes the same payload.
    ///
    /// # Errors
    /// Returns a [`Diagnostic`] if the platform cannot accept the post.
    fn compose(&self, post: &Post) -> Result<Payload, Diagnostic>;

    /// Checks the identifier of an account that templates may mention. Pure.
    ///
    /// # Errors
    /// Returns a [`Diagnostic`] if the platform has no such identifiers.
    fn check_mention(&self, target: &str) -> Result<(), Diagnostic> {
        let _ = target;
        Ok(())
    }

    /// Looks up the account and uploads media, and fills the slots with the results. It creates nothing that
    /// readers can see, so it may run again. The default is for payloads without slots.
    ///
    /// # Errors
    /// Returns any kind but `Unknown`.
    async fn prepare(&self, cx: &Context, payload: &Payload) -> Result<Prepared, PublishError> {
        let _ = cx;
        let prepared = payload.fill(BTreeMap::new());
        prepared.map_err(|error| {
            PublishError::new(
                PublishErrorKind::Rejected,
                Code::Rejected,
                error.to_string(),
            )
        })
    }

    /// Sends the creating request once. [`ErrorTable`](crate::ErrorTable) maps its response.
    ///
    /// # Errors
    /// Returns `Unknown` whenever the platform may have accepted the request.
    async fn publish(&self, cx: &Context, prepared: &Prepared) -> Result<Receipt, PublishError>;

    /// Returns `true` if readers can see the posts, so that links must be public. Return `false` if the endpoint is
    /// this machine.
    fn reaches_readers(&self) -> bool {
        true
    }

    /// Returns the rule for repeating the creating request.
    fn repeat(&self) -> Repeat {
        Repeat::Never
    }

    /// Returns the changes that `payload` allows to a post made from an earlier payload. Returns `None` if the
    /// platform allows no change. Pure.
    fn revise(&self, payload: &Payload) -> Option<Revision> {
        let _ = payload;
        None
    }

    /// Changes the post of `receipt`. It must be safe to repeat.
    ///
    /// # Errors
    /// Returns any kind but `Unknown`, because the same change may be made again.
    async fn update(
        &self,
        cx: &Context,
        receipt: &Receipt,
        revision: &Revision,
    ) -> Result<(), PublishError> {
        let _ = (cx, receipt, revision);
        Err(unsupported("this sink cannot change a published post"))
    }

    /// Requests the account of the current token, by the platform's identifier. Returns `None` if the sink has no
    /// account. Before a post is changed, retracted or repeated, it is compared with the account that created the
    /// post.
    ///
    /// # Errors
    /// Returns any kind but `Unknown`.
    async fn account(&self, cx: &Context) -> Result<Option<String>, PublishError> {
        let _ = cx;
        Ok(None)
    }

    /// Returns the receipt of the post at `address`: an identifier of the platform, or a URL that a user copied
    /// from it.
    ///
    /// # Errors
    /// Returns `Rejected` if `address` is not a post of this platform, and other kinds if the platform does not
    /// answer.
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

    /// Deletes the post of `receipt`. Succeeds if the post does not exist.
    ///
    /// # Errors
    /// Returns any kind but `Unknown`, because the request may be repeated.
    async fn retract(&self, cx: &Context, receipt: &Receipt) -> Result<(), PublishError> {
        let _ = (cx, receipt);
        Err(unsupported("this sink cannot retract a post"))
    }

    /// Returns the account that the posts are sent as, as far as options and stored credentials name it. It makes no
    /// request and needs no token. Plans and previews show it beside each delivery.
    fn sender(&self, cx: &Context) -> Sender {
        let _ = cx;
        Sender::default()
    }

    /// Checks options and credentials without the network, for `syndicate check`.
    fn check(&self, cx: &Context) -> Vec<Finding> {
        // Most sinks have nothing to check.
        let _ = cx;
        Vec::new()
    }

    /// Checks what only the platform knows, for `syndicate check`. It creates nothing that readers can see.
    async fn check_online(&self, cx: &Context) -> Vec<Finding> {
        let _ = cx;
        Vec::new()
    }

    /// Returns the platform's OAuth login. Returns `None` if users get a token in another way.
    fn sign_in(&self) -> Option<&dyn SignIn> {
        None
    }
}

fn unsupported(message: &str) -> PublishError {
    PublishError::new(PublishErrorKind::Rejected, Code::Unsupported, message)
        .with_hint("do it on the platform itself")
}

//! The search for posts on a platform, which resolves unknown deliveries and restores lost ledgers.

use jiff::{SignedDuration, Timestamp};

use crate::{Prepared, Receipt, Slots};

/// The post that [`Sink::find`](crate::Sink::find) looks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sought<'a> {
    /// The time of the intent and the recorded slots. `None` if the ledger has no attempt.
    pub intent: Option<(Timestamp, &'a Slots)>,
    /// The URLs that the post links to.
    pub links: &'a [String],
    /// The title of the item.
    pub title: Option<&'a str>,
    /// The request that was sent. `None` if the item has changed since and this machine did not send it.
    pub prepared: Option<&'a Prepared>,
}

/// The time by which a post that was recognised by its link may be older than the intent, because clocks differ.
pub const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(2);

impl Sought<'_> {
    /// Returns the earliest time of the post. Posts have to be read back to it before the post counts as missing.
    #[must_use]
    pub fn earliest(&self) -> Option<Timestamp> {
        let (intent, _) = self.intent?;
        intent.checked_sub(CLOCK_TOLERANCE).ok()
    }
}

/// The answer of a platform about one post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// The post exists.
    Here {
        /// The receipt of the post.
        receipt: Receipt,
        /// The property by which it was recognised.
        by: FoundBy,
    },
    /// The platform was read without gaps back to before the intent, and the post does not exist.
    NotThere,
    /// The answer proves nothing, for this reason.
    Unclear(String),
}

/// The property by which a post was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// A key of the attempt, which no other post has.
    Key,
    /// The link. It counts only if no other post has it and the post is at most two minutes older than the intent.
    Link,
}

/// A post that [`Sink::list`](crate::Sink::list) read from the platform.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The receipt of the post, with its time.
    pub receipt: Receipt,
    /// The URLs that the post links to.
    pub links: Vec<String>,
    /// The title, or the beginning of the text.
    pub title: Option<String>,
}

/// One page of [`Sink::list`](crate::Sink::list).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListPage {
    /// The posts, newest first.
    pub posts: Vec<Listed>,
    /// The position of the next page; `None` if this is the last one.
    pub next: Option<String>,
}

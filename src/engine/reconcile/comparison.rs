//! The result of a comparison with a platform.

use syndicate_api::{Listed, Receipt};

/// The result of comparing the ledger with one sink's platform.
#[derive(Clone, Debug)]
pub(crate) struct SinkReport {
    /// The sink.
    pub sink: String,
    /// The digest of the account whose posts were compared, if the sink has one.
    pub account: Option<String>,
    /// The result.
    pub result: ComparisonResult,
}

/// The result of a comparison.
#[derive(Clone, Debug)]
pub(crate) enum ComparisonResult {
    /// The sink cannot list the posts of its platform.
    Unsupported,
    /// The listing is empty or ended early, so it proves nothing.
    Incomplete {
        /// The number of posts that were read.
        posts: usize,
        /// The reason.
        reason: String,
    },
    /// The listing is of an account that no post in the ledger is of, so it says nothing about them.
    OtherAccount {
        /// The account, by the platform's identifier.
        account: String,
    },
    /// The listing is complete.
    Compared(Comparison),
}

/// The comparison of a complete listing with the ledger and the items.
#[derive(Clone, Debug, Default)]
pub(crate) struct Comparison {
    /// The number of listed posts that the ledger has.
    pub known: usize,
    /// Listed posts that are recorded as the posts of items.
    pub found: Vec<FoundPost>,
    /// Listed posts that are posts of no item.
    pub without_item: Vec<Listed>,
    /// Listed posts that a person must decide on.
    pub ambiguous: Vec<AmbiguousPost>,
    /// Posts that are recorded as sent and that the platform does not list.
    pub missing: Vec<MissingPost>,
    /// The number of items that are neither recorded nor listed.
    pub unsent: usize,
}

/// A listed post that belongs to exactly one item, which has no other.
#[derive(Clone, Debug)]
pub(crate) struct FoundPost {
    /// The index of the item in the scan.
    pub index: usize,
    /// The item, for display.
    pub item: String,
    /// The receipt of the post.
    pub receipt: Receipt,
    /// The property by which the post was recognised.
    pub by: MatchedBy,
}

/// The property by which the item of a listed post was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MatchedBy {
    /// A link of the post is a URL of the item.
    Link,
    /// The post has no link, and its title is that of the item and of no other.
    Title,
}

impl MatchedBy {
    /// Returns the name of the property in output.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Title => "title",
        }
    }
}

/// A listed post that a person must decide on.
#[derive(Clone, Debug)]
pub(crate) struct AmbiguousPost {
    /// The receipt of the post.
    pub receipt: Receipt,
    /// The indices in the scan of the items that it may belong to.
    pub indices: Vec<usize>,
    /// These items, for display.
    pub items: Vec<String>,
    /// The reason.
    pub reason: String,
}

/// A post that is recorded as sent and that the platform does not list.
#[derive(Clone, Debug)]
pub(crate) struct MissingPost {
    /// The item in the ledger, for display.
    pub item: String,
    /// The receipt of the post.
    pub receipt: Receipt,
}

impl SinkReport {
    /// Returns the posts that a person must decide on.
    pub(crate) fn ambiguous(&self) -> &[AmbiguousPost] {
        match &self.result {
            ComparisonResult::Compared(comparison) => &comparison.ambiguous,
            ComparisonResult::Unsupported
            | ComparisonResult::Incomplete { .. }
            | ComparisonResult::OtherAccount { .. } => &[],
        }
    }

    /// Returns `true` if the listing is complete.
    pub(crate) fn is_complete(&self) -> bool {
        matches!(self.result, ComparisonResult::Compared(_))
    }

    /// Returns the posts that are to be recorded.
    pub(crate) fn found(&self) -> &[FoundPost] {
        match &self.result {
            ComparisonResult::Compared(comparison) => &comparison.found,
            ComparisonResult::Unsupported
            | ComparisonResult::Incomplete { .. }
            | ComparisonResult::OtherAccount { .. } => &[],
        }
    }
}

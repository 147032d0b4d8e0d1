//! The relation of an item to the recorded posts.

use crate::ledger::GroupId;

/// The identity of an item in the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::engine) struct Identity {
    /// The groups of the item's events.
    pub(in crate::engine) groups: Vec<GroupId>,
    pub(in crate::engine) relation: Relation,
}

/// The relation of an item to the recorded posts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::engine) enum Relation {
    /// The keys determine it: the item is recorded or new.
    #[default]
    Keys,
    /// The item is recorded with other keys, as the evidence shows.
    Moved(KnownPost),
    /// The item may be a recorded post that was renamed.
    Renamed(KnownPost),
    /// The item has the same text as another recorded post.
    Copy(KnownPost),
    /// The URL belonged to another post: title, date and text all differ.
    Replaced(KnownPost),
    /// The URL or path belonged to another recorded post, which now has different ones.
    Displaced(KnownPost),
}

/// A recorded post with its display name and events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::engine) struct KnownPost {
    pub(in crate::engine) name: String,
    pub(in crate::engine) group: GroupId,
    /// `true` if no other recorded post is a possible match.
    pub(in crate::engine) is_only: bool,
}

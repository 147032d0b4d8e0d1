//! The relation of an item to the posts on record.

use crate::ledger::GroupId;

/// What an item is to the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::engine) struct Identity {
    /// The groups of events that are about it.
    pub(in crate::engine) groups: Vec<GroupId>,
    pub(in crate::engine) relation: Relation,
}

/// How an item relates to what is on record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::engine) enum Relation {
    /// Its keys decide: it is on record, or it is new.
    #[default]
    Keys,
    /// It is on record under other keys, as the evidence shows.
    Moved(KnownPost),
    /// It may be a post on record that was renamed.
    Renamed(KnownPost),
    /// Its text equals that of another post on record.
    Copy(KnownPost),
    /// Another post stood at its address: title, day and text all differ.
    Replaced(KnownPost),
    /// Its address or path is one that another post on record had, which has other ones now.
    Displaced(KnownPost),
}

/// A post on record, as a person would name it, and its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::engine) struct KnownPost {
    pub(in crate::engine) name: String,
    pub(in crate::engine) group: GroupId,
    /// Whether no other post on record may be it.
    pub(in crate::engine) is_only: bool,
}

//! The relation of an item to the recorded posts.

use syndicate_api::{Item, normalise_key};

use crate::engine::keys::is_path;
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
    /// The item has the same text as another recorded post, `of`. It may also be the renamed post `or_renamed`, which counts
    /// at the sinks that do not have `of`.
    Copy {
        of: KnownPost,
        or_renamed: Option<Box<KnownPost>>,
    },
    /// The URL belonged to another post: title, date and text all differ.
    Replaced(KnownPost),
    /// The URL or path belonged to another recorded post, which now has different ones.
    Displaced(KnownPost),
}

/// A recorded post with its display name and events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::engine) struct KnownPost {
    pub(in crate::engine) name: String,
    /// The URL that was recorded last.
    pub(in crate::engine) url: Option<String>,
    pub(in crate::engine) group: GroupId,
    /// `true` if no other recorded post is a possible match.
    pub(in crate::engine) is_only: bool,
}

impl KnownPost {
    /// Returns the name that distinguishes the post from `item`: its address if only that differs, otherwise its display
    /// name.
    pub(in crate::engine) fn name_beside(&self, item: &Item) -> &str {
        let url = self.url.as_deref().filter(|_| self.has_path_of(item));
        url.unwrap_or(&self.name)
    }

    fn has_path_of(&self, item: &Item) -> bool {
        let mut paths = item.keys.iter().filter(|key| is_path(key));
        paths.any(|key| {
            let key = normalise_key(key);
            key.split_once(':')
                .is_some_and(|(_, path)| path == self.name)
        })
    }
}

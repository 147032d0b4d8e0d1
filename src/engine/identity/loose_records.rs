//! The recorded posts whose keys lead to no item of a scan. A single changed item is compared with them.

use std::collections::BTreeSet;

use super::recorded_post::RecordedPost;
use crate::ledger::GroupId;

/// The recorded posts whose keys lead to no item of a scan.
#[derive(Debug, Default)]
pub(in crate::engine) struct LooseRecords {
    /// `true` if there are some.
    pub(super) has_any: bool,
    /// Their titles.
    pub(super) titles: BTreeSet<String>,
    /// Those that vanished.
    pub(super) vanished: BTreeSet<GroupId>,
}

impl LooseRecords {
    /// Adds a post.
    pub(super) fn add(&mut self, group: GroupId, known: &RecordedPost) {
        let titles = known.versions.iter();
        self.titles
            .extend(titles.filter_map(|version| version.title.clone()));
        if known.has_vanished {
            self.vanished.insert(group);
        }
        self.has_any = true;
    }
}

//! Digests of the recorded posts, against which a single changed item is checked.

use std::collections::{BTreeSet, HashSet};

use syndicate_api::ItemEvidence;

use super::vanished::{Vanished, text_key};
use crate::engine::keys::digest;

/// The values of the recorded posts that an item can match.
#[derive(Default)]
pub(in crate::engine) struct RecordDigests {
    /// Digests of their texts.
    pub(super) texts: HashSet<u64>,
    /// Titles of the posts whose keys lead to no item.
    pub(super) loose_titles: BTreeSet<String>,
    /// `true` if the keys of some posts lead to no item.
    pub(super) has_loose: bool,
    /// The posts that vanished.
    pub(super) vanished: Vanished,
}

impl RecordDigests {
    /// Returns `true` if an item with this evidence, whose keys lead to no recorded post, may be one.
    pub(super) fn may_match(&self, evidence: &ItemEvidence) -> bool {
        self.has_text(evidence) || !self.vanished.alike(evidence).is_empty()
    }

    /// Adds the post of an item that was recorded.
    pub(in crate::engine) fn add(&mut self, evidence: &ItemEvidence) {
        let text = evidence.text.as_ref();
        self.texts.extend(text.map(|text| digest(text_key(text))));
    }

    fn has_text(&self, evidence: &ItemEvidence) -> bool {
        let text = evidence.text.as_ref();
        text.is_some_and(|text| self.texts.contains(&digest(text_key(text))))
    }
}

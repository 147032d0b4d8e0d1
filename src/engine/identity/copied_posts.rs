//! Finds the recorded posts that items are copies of.

use syndicate_api::{Item, ItemEvidence};

use super::compare::Comparison;
use super::records::{Records, settle};
use super::relation::{Identity, KnownPost, Relation};
use crate::engine::keys::is_shadow;

impl Records<'_> {
    /// Finds items with the same text as another recorded post.
    pub(super) fn find_copies(&self, identities: &mut [Identity]) {
        if !self.ledger_state.has_evidence() {
            return;
        }
        for (index, (_, item)) in self.scanned.items.iter().enumerate() {
            let identity = &mut identities[index];
            if !self.is_open(identity) || is_shadow(item) {
                continue;
            }
            if let Some(of) = self.copied(item, &item.evidence()) {
                let or_renamed = None;
                settle(identity, Relation::Copy { of, or_renamed });
            }
        }
    }

    /// Returns the recorded post with the same text as `item`, if there is one.
    pub(super) fn copied(&self, item: &Item, evidence: &ItemEvidence) -> Option<KnownPost> {
        let groups = self.ledger_state.groups_with_text(evidence.text.as_ref()?);
        let copied = groups.into_iter().find(|group| {
            self.known(*group).is_some_and(|known| {
                let same_text =
                    |version: &ItemEvidence| Comparison::of(version, evidence, |_| false).is_copy();
                !known.is_apart(item) && known.versions.iter().any(same_text)
            })
        });
        copied.map(|group| self.old(group))
    }
}

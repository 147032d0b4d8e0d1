//! Matches a single changed item with the recorded posts, if the change affects no other item: then the result is the
//! same as that of matching the whole scan.

use syndicate_api::{Item, normalise_key};

use super::item_index::ItemIndex;
use super::record_digests::RecordDigests;
use super::recorded_post::RecordedPost;
use super::records::is_on_record;
use super::relation::{Identity, Relation};
use crate::engine::StageChain;
use crate::engine::keys::is_shadow;
use crate::engine::pipeline_names::site_of;
use crate::ledger::LedgerState;

/// The other items, without those that change, and the recorded posts.
pub(in crate::engine) struct LoneItems<'a> {
    pub(in crate::engine) stages: &'a StageChain,
    pub(in crate::engine) ledger_state: &'a LedgerState,
    pub(in crate::engine) records: &'a RecordDigests,
    pub(in crate::engine) others: &'a ItemIndex,
}

impl LoneItems<'_> {
    /// Returns `true` if no other item is affected when `new` replaces `old`. Both were matched alone.
    pub(in crate::engine) fn is_lone_change(
        &self,
        old: Option<(&Item, &Identity)>,
        new: Option<(&Item, &Identity)>,
    ) -> bool {
        let groups =
            |of: Option<(&Item, &Identity)>| of.map(|(_, identity)| identity.groups.clone());
        let (before, after) = (groups(old), groups(new));
        // A recorded post that gets or loses its item can be matched with others.
        let keeps_records = before.unwrap_or_default() == after.unwrap_or_default();
        let site = |of: Option<(&Item, &Identity)>| of.and_then(|(item, _)| site_of(item));
        let mut sites = [site(old), site(new)].into_iter().flatten();
        let keeps_sites = site(old) == site(new) || sites.all(|site| self.others.has_site(&site));
        keeps_records && keeps_sites && self.keeps_titles(old, new)
    }

    /// Returns `true` if no other comparison depends on the number of items with the titles of `old` and `new`.
    fn keeps_titles(
        &self,
        old: Option<(&Item, &Identity)>,
        new: Option<(&Item, &Identity)>,
    ) -> bool {
        let title =
            |of: Option<(&Item, &Identity)>| of.and_then(|(item, _)| item.evidence.title.clone());
        let (before, after) = (title(old), title(new));
        if !self.records.has_loose || before == after {
            return true;
        }
        let mut titles = before.iter().chain(&after);
        titles.all(|title| {
            !self.others.has_title(title) && !self.records.loose_titles.contains(title)
        })
    }

    /// Returns the identity of an item that shares no key with the others and is like no other recorded post. Returns
    /// `None` if it has to be matched together with the others.
    pub(in crate::engine) fn identity(&self, item: &Item) -> Option<Identity> {
        let Self {
            stages,
            ledger_state,
            records,
            others,
        } = self;
        let keys: Vec<String> = item.keys.iter().map(|key| normalise_key(key)).collect();
        if is_shadow(item) || keys.iter().any(|key| others.has_key(key)) {
            return None;
        }
        let groups = ledger_state.groups_of(&item.keys);
        let is_own = |key: &String| {
            let having = ledger_state.groups_at_path(key);
            having.iter().all(|group| groups.contains(group))
        };
        if !keys.iter().all(is_own) {
            return None;
        }
        let sinks = stages.sink_names();
        let mut is_known = false;
        for group in &groups {
            let record = ledger_state.record(*group);
            let mut recorded = record.ids.iter().chain(record.urls).chain(record.paths);
            if recorded.any(|key| others.has_key(key)) {
                return None;
            }
            if is_on_record(ledger_state, *group, &sinks) {
                is_known = true;
                if RecordedPost::of(&record, true).is_replaced_by(item) {
                    return None;
                }
            }
        }
        if !is_known && records.may_match(&item.evidence) {
            return None;
        }
        Some(Identity {
            groups,
            relation: Relation::Keys,
        })
    }
}

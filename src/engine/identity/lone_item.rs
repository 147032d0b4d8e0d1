//! Matches a single changed item with the recorded posts, if the change affects no other item: then the result is the
//! same as that of matching the whole scan.

use syndicate_api::{Item, ItemEvidence, normalise_key};

use super::item_index::ItemIndex;
use super::loose_records::LooseRecords;
use super::record_lookup::{has_other_evidence, is_on_record};
use super::recorded_post::RecordedPost;
use super::relation::{Identity, Relation};
use super::vanished_posts::VanishedPosts;
use crate::engine::StageChain;
use crate::engine::keys::is_shadow;
use crate::engine::pipeline_names::site_of;
use crate::ledger::LedgerState;

/// The other items, without those that change, and the recorded posts.
pub(in crate::engine) struct LoneItems<'a> {
    pub(in crate::engine) stages: &'a StageChain,
    pub(in crate::engine) ledger_state: &'a LedgerState,
    pub(in crate::engine) loose: &'a LooseRecords,
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
        let title = |of: Option<(&Item, &Identity)>| {
            of.and_then(|(item, _)| item.evidence_without_text().title.clone())
        };
        let (before, after) = (title(old), title(new));
        if !self.loose.has_any || before == after {
            return true;
        }
        let mut titles = before.iter().chain(&after);
        titles.all(|title| !self.others.has_title(title) && !self.loose.titles.contains(title))
    }

    /// Returns the identity of an item that shares no key with the others and is like no other recorded post. Returns
    /// `None` if it has to be matched together with the others.
    pub(in crate::engine) fn identity(&self, item: &Item) -> Option<Identity> {
        let Self {
            stages,
            ledger_state,
            others,
            ..
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
            let mut recorded = record.ids.iter().chain(&record.urls).chain(&record.paths);
            if recorded.any(|key| others.has_key(key)) {
                return None;
            }
            if is_on_record(ledger_state, *group, &sinks) {
                is_known = true;
                let is_another = has_other_evidence(ledger_state, *group, item);
                if is_another && RecordedPost::of(&record, true).has_only_url_of(item) {
                    return None;
                }
            }
        }
        if !is_known && self.may_match(&item.evidence(), &sinks) {
            return None;
        }
        Some(Identity {
            groups,
            relation: Relation::Keys,
        })
    }

    /// Returns `true` if an item with this evidence, whose keys lead to no recorded post, may be one.
    fn may_match(&self, evidence: &ItemEvidence, sinks: &[&str]) -> bool {
        let text = evidence.text.as_ref();
        let same = text.map(|text| self.ledger_state.groups_with_text(text));
        let mut same = same.into_iter().flatten();
        let has_vanished = |group| self.loose.vanished.contains(&group);
        let alike = VanishedPosts::default().alike(self.ledger_state, evidence, has_vanished);
        !alike.is_empty() || same.any(|group| is_on_record(self.ledger_state, group, sinks))
    }
}

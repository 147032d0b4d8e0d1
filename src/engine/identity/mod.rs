//! Matches items with recorded posts.
//!
//! Keys have precedence, by rank. Other items are compared by evidence (title, date, text); if the result
//! is uncertain, the user is asked instead of the post being sent again. Matching needs the whole scan,
//! because a path or URL that belongs to another item is not evidence.

mod claims;
mod compare;
mod copied_posts;
mod item_index;
mod lone_item;
mod loose_records;
mod moves;
mod planned_texts;
mod record_lookup;
mod recorded_post;
mod records;
mod relation;
mod vanished_posts;

use syndicate_api::{Code, Diagnostic, Item};

use self::claims::Claims;
use self::record_lookup::is_on_record;
use self::records::Records;
use super::{PipelineScan, StageChain};
use crate::ledger::LedgerState;

pub(super) use self::claims::{last_path, last_url};
pub(super) use self::item_index::ItemIndex;
pub(super) use self::lone_item::LoneItems;
pub(super) use self::loose_records::LooseRecords;
pub(super) use self::moves::{is_recorded, keys_of, moved_events};
pub(super) use self::planned_texts::PlannedTexts;
pub(super) use self::relation::{Identity, KnownPost, Relation};

/// The identity of each item of a scan, in the order of its items.
#[derive(Clone, Debug, Default)]
pub(super) struct Identities {
    identities: Vec<Identity>,
    /// Errors about items that lead to the same delivery.
    pub(super) faults: Vec<Diagnostic>,
    /// The indices of the items that lead to the same delivery.
    clashing: Vec<usize>,
}

impl Identities {
    /// Matches each item of `scanned` with the recorded posts.
    pub(super) fn of(
        scanned: &PipelineScan,
        ledger_state: &LedgerState,
        stages: &StageChain,
    ) -> Self {
        Self::with(scanned, ledger_state, stages, |_| ()).0
    }

    /// Returns the given identities, for the items of a scan in their order.
    pub(super) fn given(identities: Vec<Identity>) -> Self {
        Self {
            identities,
            ..Self::default()
        }
    }

    /// Matches each item of `scanned` with the recorded posts, and returns those that no item has.
    pub(super) fn with_loose(
        scanned: &PipelineScan,
        ledger_state: &LedgerState,
        stages: &StageChain,
    ) -> (Self, LooseRecords) {
        Self::with(scanned, ledger_state, stages, |records| records.loose())
    }

    /// Matches each item of `scanned` with the recorded posts, and returns the result of `read` about these.
    fn with<T>(
        scanned: &PipelineScan,
        ledger_state: &LedgerState,
        stages: &StageChain,
        read: impl FnOnce(&Records<'_>) -> T,
    ) -> (Self, T) {
        let claims = Claims::of(scanned, ledger_state);
        let mut identities: Vec<Identity> = claims
            .groups
            .iter()
            .map(|groups| Identity {
                groups: groups.clone(),
                relation: Relation::Keys,
            })
            .collect();
        let records = Records::of(scanned, ledger_state, stages, &claims);
        records.find_displaced(&mut identities, &claims);
        records.find_replaced(&mut identities);
        records.find_moved(&mut identities);
        records.find_copies(&mut identities);
        let faults = claims
            .clashes
            .iter()
            .flat_map(|clash| faults(scanned, clash));
        let identities = Self {
            identities,
            faults: faults.collect(),
            clashing: claims.clashes.iter().flatten().copied().collect(),
        };
        (identities, read(&records))
    }

    /// Returns the identity of the item with this index.
    pub(super) fn get(&self, index: usize) -> &Identity {
        &self.identities[index]
    }

    /// Returns the items of `scanned` without a recorded post.
    pub(super) fn without_post<'a>(
        &self,
        scanned: &'a PipelineScan,
        ledger_state: &LedgerState,
        stages: &StageChain,
    ) -> impl Iterator<Item = &'a Item> {
        let sinks = stages.sink_names();
        let items = scanned.items.iter().zip(&self.identities);
        let is_open = move |identity: &Identity| {
            let mut groups = identity.groups.iter();
            !groups.any(|group| is_on_record(ledger_state, *group, &sinks))
        };
        let open = items.filter(move |(_, identity)| is_open(identity));
        open.map(|((_, item), _)| &**item)
    }

    /// Returns `true` if the item with this index leads to the same delivery as another one.
    pub(super) fn is_clashing(&self, index: usize) -> bool {
        self.clashing.contains(&index)
    }
}

fn faults(scanned: &PipelineScan, clash: &[usize]) -> Vec<Diagnostic> {
    let label = |index: &usize| scanned.items[*index].1.label().to_owned();
    clash
        .iter()
        .map(|index| {
            let others = clash.iter().filter(|other| *other != index);
            let others: Vec<String> = others.map(|other| format!("`{}`", label(other))).collect();
            let others = others.join(", ");
            let message = format!("the ledger records it as the same post as {others}");
            Diagnostic::new(Code::IdentityClash, message)
                .in_file(label(index))
                .with_hint("set a different `syndicate.id` in one of them")
        })
        .collect()
}

//! Which item is which post on record. Keys decide first, by rank; what no key decides is compared by
//! evidence (title, day, text), and where that is not clear a person is asked rather than the post sent
//! again. Matching needs the whole scan, since a path or an address that another item has is no sign.

mod claims;
mod compare;
mod known;
mod moves;
mod records;

use syndicate_api::{Code, Diagnostic, Item};

use self::claims::Claims;
use self::records::Records;
use super::{Scanned, Stages};
use crate::ledger::{Book, GroupId};

pub(super) use self::claims::{last_path, last_url};
pub(super) use self::known::author_ids;
pub(super) use self::moves::{keys_of, moved_events};

/// What an item is to the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Identity {
    /// The groups of events that are about it.
    pub(super) groups: Vec<GroupId>,
    pub(super) relation: Relation,
}

/// How an item relates to what is on record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Relation {
    /// Its keys decide: it is on record, or it is new.
    #[default]
    Keys,
    /// It is on record under other keys, as the evidence shows.
    Moved(Old),
    /// It may be a post on record that was renamed.
    Renamed(Old),
    /// Its text equals that of another post on record.
    Copy(Old),
    /// Another post stood at its address: title, day and text all differ.
    Replaced(Old),
    /// Its address or path is one that another post on record had, which has other ones now.
    Displaced(Old),
}

/// A post on record, as a person would name it, and its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Old {
    pub(super) name: String,
    pub(super) group: GroupId,
    /// Whether no other post on record may be it.
    pub(super) is_only: bool,
}

/// The identity of each item of a scan, in the order of its items.
#[derive(Clone, Debug, Default)]
pub(super) struct Identities {
    identities: Vec<Identity>,
    /// Items that lead to the same delivery.
    pub(super) faults: Vec<Diagnostic>,
    /// The indices of those items.
    clashing: Vec<usize>,
}

impl Identities {
    /// Finds out which post on record each item of `scanned` is.
    pub(super) fn of(scanned: &Scanned, book: &Book, stages: &Stages) -> Self {
        let claims = Claims::of(scanned, book);
        let mut identities: Vec<Identity> = claims
            .groups
            .iter()
            .map(|groups| Identity {
                groups: groups.clone(),
                relation: Relation::Keys,
            })
            .collect();
        let records = Records::of(scanned, book, stages, &claims);
        records.find_displaced(&mut identities, &claims);
        records.find_replaced(&mut identities);
        records.find_moved(&mut identities);
        records.find_copies(&mut identities);
        let faults = claims
            .clashes
            .iter()
            .flat_map(|clash| faults(scanned, clash));
        Self {
            identities,
            faults: faults.collect(),
            clashing: claims.clashes.iter().flatten().copied().collect(),
        }
    }

    /// Returns the identity of the item with this index.
    pub(super) fn get(&self, index: usize) -> &Identity {
        &self.identities[index]
    }

    /// Returns whether the item with this index leads to the same delivery as another one.
    pub(super) fn is_clashing(&self, index: usize) -> bool {
        self.clashing.contains(&index)
    }
}

/// Returns whether a source further up has the same post.
fn is_shadow(item: &Item) -> bool {
    matches!(item.hold, Some((Code::SamePost, _)))
}

fn faults(scanned: &Scanned, clash: &[usize]) -> Vec<Diagnostic> {
    let label = |index: &usize| scanned.items[*index].1.label().to_owned();
    clash
        .iter()
        .map(|index| {
            let others = clash.iter().filter(|other| *other != index);
            let others: Vec<String> = others.map(|other| format!("`{}`", label(other))).collect();
            let others = others.join(", ");
            let message = format!("the ledger knows it as the same post as {others}");
            Diagnostic::new(Code::IdentityClash, message)
                .in_file(label(index))
                .with_hint("give one of them a `syndicate.id` of its own")
        })
        .collect()
}

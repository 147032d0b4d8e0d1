//! Matches listed posts with items and with the recorded deliveries.

use std::collections::BTreeMap;

use jiff::Timestamp;
use syndicate_api::{CLOCK_TOLERANCE, Listed, Receipt};

use super::comparison::{AmbiguousPost, Comparison, FoundPost, MatchedBy, MissingPost};
use super::items::SinkItems;
use crate::engine::identity::Identities;
use crate::engine::{PipelineScan, StageChain};
use crate::ledger::{DeliveryState, LedgerState};

/// Compares a complete listing of `account`, given by its digest, with the items that reach `sink` and with the ledger.
pub(super) fn compare(
    posts: &[Listed],
    (sink, account): (&str, Option<&str>),
    (stages, scanned): (&StageChain, &PipelineScan),
    ledger_state: &LedgerState,
    now: Timestamp,
) -> Comparison {
    let identities = Identities::of(scanned, ledger_state, stages);
    let items = SinkItems::of(sink, (stages, scanned), &identities);
    let recorded = recorded_posts(sink, ledger_state);
    let is_recorded = |post: &Listed| {
        let mut recorded = recorded.iter();
        recorded.any(|post_on_record| is_same(&post_on_record.receipt, &post.receipt))
    };
    let label = |index: &usize| scanned.items[*index].1.label().to_owned();
    let mut comparison = Comparison::default();
    let mut candidates: BTreeMap<usize, Vec<(MatchedBy, &Listed)>> = BTreeMap::new();
    for post in posts {
        if is_recorded(post) {
            comparison.known += 1;
            continue;
        }
        let (by, found) = items.of_post(post);
        let ambiguous = |reason: &str| AmbiguousPost {
            receipt: post.receipt.clone(),
            indices: found.clone(),
            items: found.iter().map(label).collect(),
            reason: reason.to_owned(),
        };
        match found.as_slice() {
            [] => comparison.without_item.push(post.clone()),
            [_] if by == MatchedBy::Title && !post.links.is_empty() => {
                let reason = "it has the title of this item, but links to another page";
                comparison.ambiguous.push(ambiguous(reason));
            }
            [index] => candidates.entry(*index).or_default().push((by, post)),
            _ => {
                let reason = match by {
                    MatchedBy::Link => "it links to several items",
                    MatchedBy::Title => "several items have its title",
                };
                comparison.ambiguous.push(ambiguous(reason));
            }
        }
    }
    for index in &items.indices {
        let state = ledger_state.state_of(&identities.get(*index).groups, sink);
        let posts = candidates.remove(index).unwrap_or_default();
        let is_held = |post: &AmbiguousPost| post.indices.contains(index);
        let is_new = matches!(state, DeliveryState::New) && posts.is_empty();
        if is_new && !comparison.ambiguous.iter().any(is_held) {
            comparison.unsent += 1;
        }
        let several = (posts.len() > 1)
            .then(|| "several posts on the platform belong to this item".to_owned());
        for (by, post) in posts {
            let reason = several
                .clone()
                .or_else(|| obstacle(&state, post, ledger_state, now));
            match reason {
                Some(reason) => comparison.ambiguous.push(AmbiguousPost {
                    receipt: post.receipt.clone(),
                    indices: vec![*index],
                    items: vec![label(index)],
                    reason,
                }),
                None => comparison.found.push(FoundPost {
                    index: *index,
                    item: label(index),
                    receipt: post.receipt.clone(),
                    by,
                }),
            }
        }
    }
    let is_listed = |receipt: &Receipt| posts.iter().any(|post| is_same(receipt, &post.receipt));
    let gone = recorded.into_iter().filter(|post| {
        let is_of_account =
            account.is_none() || post.account.is_none() || post.account.as_deref() == account;
        is_of_account && post.receipt.id.is_some() && !is_listed(&post.receipt)
    });
    let missing = gone.map(|RecordedPost { item, receipt, .. }| MissingPost { item, receipt });
    comparison.missing = missing.collect();
    comparison
}

/// A post that is recorded as existing.
struct RecordedPost {
    item: String,
    /// The digest of the account that created it.
    account: Option<String>,
    receipt: Receipt,
}

/// Returns the posts that are recorded as existing on `sink`.
fn recorded_posts(sink: &str, ledger_state: &LedgerState) -> Vec<RecordedPost> {
    let mut recorded = Vec::new();
    for history in ledger_state.histories() {
        let attempts = ledger_state.live_attempts(&[history.group], sink);
        recorded.extend(attempts.into_iter().filter_map(|(attempt, receipt)| {
            Some(RecordedPost {
                item: history.item.to_owned(),
                account: attempt.account.clone(),
                receipt: receipt?,
            })
        }));
    }
    recorded
}

fn is_same(recorded: &Receipt, listed: &Receipt) -> bool {
    let is_equal = |left: &Option<String>, right: &Option<String>| left.is_some() && left == right;
    is_equal(&recorded.id, &listed.id)
        || (recorded.id.is_none() && is_equal(&recorded.url, &listed.url))
}

/// Returns the reason why a listed post cannot be recorded as the post of a delivery in this state.
fn obstacle(
    state: &DeliveryState,
    post: &Listed,
    ledger_state: &LedgerState,
    now: Timestamp,
) -> Option<String> {
    match state {
        DeliveryState::New | DeliveryState::Adopted { .. } | DeliveryState::Failed { .. } => None,
        DeliveryState::Sent { receipt, .. } => Some(match receipt {
            Some(receipt) => {
                format!("the item is recorded as sent, as `{}`", receipt.label())
            }
            None => "the item is recorded as sent, without an identifier".to_owned(),
        }),
        DeliveryState::Retracted { .. } => {
            Some("the post of the item is recorded as retracted".to_owned())
        }
        DeliveryState::Duplicate { existing, .. } => {
            let existing = existing.as_ref()?;
            (!is_same(existing, &post.receipt)).then(|| {
                let id = existing.label();
                format!("the platform refused the item as equal to another post, `{id}`")
            })
        }
        DeliveryState::Unknown { attempt, .. } => {
            if ledger_state
                .live()
                .state_claimed_until(state, now)
                .is_some()
            {
                return Some("another run is sending the item".to_owned());
            }
            let intent = ledger_state.attempt(&attempt.id);
            let intent = intent.into_iter().map(|event| event.at).min()?;
            let is_later = post
                .receipt
                .at
                .is_some_and(|at| at >= intent - CLOCK_TOLERANCE);
            (!is_later).then(|| {
                "the outcome of the item is unknown, and the post may be older than its attempt"
                    .to_owned()
            })
        }
    }
}

//! Records the user's decisions about identity: that an item is a certain recorded post, or that a post
//! was published by hand.

use std::sync::Arc;

use syndicate_api::{Context, Item, Receipt};

use super::identity::{Identities, Relation, keys_of};
use super::{PipelineScan, Plan, SinkStage, StageChain, find_groups};
use crate::ledger::{
    Attempt, DeliveryState, Event, EventKind, GroupId, Ids, LedgerError, LedgerSession,
    LedgerState, Settlement,
};

/// The hint for a post that is on record as that of another item.
pub(crate) const HINT_OF_OTHER: &str = "compare the addresses of the two posts; if the two are one post, use `syndicate settle POST --same-as OTHER`";

/// The reason why a decision could not be recorded.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SameError {
    /// The name matches no recorded post.
    #[error("no post on record is named `{0}`")]
    NotOnRecord(String),
    /// The name matches several recorded posts.
    #[error("`{0}` names several posts on record")]
    Ambiguous(String),
    /// They already are the same post.
    #[error("`{0}` is that post already")]
    Already(String),
    /// It is recorded as sent.
    #[error("`{item}` is on record as sent, as `{id}`")]
    Sent {
        /// The item.
        item: String,
        /// The platform's id of the post.
        id: String,
    },
    /// The post is recorded for another item.
    #[error("`{id}` is on record as the post of `{other}`")]
    OfOther {
        /// The platform's id of the post.
        id: String,
        /// The other item.
        other: String,
    },
    /// The ledger could not be written.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

/// An item that is the same post as a recorded one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SamePost {
    /// The item, for display.
    pub item: String,
    /// The recorded post, for display.
    pub old: String,
}

/// Records that `item` is the recorded post `old`.
///
/// # Errors
/// [`SameError`] if `old` is not one other recorded post, or the ledger cannot be written.
pub(crate) async fn same_as(
    item: &Item,
    old: &str,
    session: &mut dyn LedgerSession,
    cx: &Context,
    ids: &dyn Ids,
) -> Result<(), SameError> {
    let ledger_state = session.ledger_state();
    let own = ledger_state.groups_of(&item.keys);
    let groups = find_groups(old, ledger_state, None);
    let others: Vec<GroupId> = groups
        .iter()
        .copied()
        .filter(|group| !own.contains(group))
        .collect();
    let [group] = others.as_slice() else {
        return Err(match (groups.is_empty(), others.is_empty()) {
            (true, _) => SameError::NotOnRecord(old.to_owned()),
            (false, true) => SameError::Already(item.label().to_owned()),
            (false, false) => SameError::Ambiguous(old.to_owned()),
        });
    };
    let kind = moved(item, keys_of(*group, ledger_state));
    session.append(Event::new(ids, cx.now(), kind)).await?;
    Ok(session.finish().await?)
}

/// Records each item that matches exactly one renamed post, matched by no other item, as that post.
/// Returns the pairs.
///
/// # Errors
/// If the ledger cannot be written.
pub(crate) async fn renamed(
    (stages, scanned): (&StageChain, &PipelineScan),
    session: &mut dyn LedgerSession,
    cx: &Context,
    ids: &dyn Ids,
) -> Result<Vec<SamePost>, LedgerError> {
    let ledger_state = session.ledger_state();
    let identities = Identities::of(scanned, ledger_state, stages);
    let relations: Vec<_> = (0..scanned.items.len())
        .filter_map(|index| match &identities.get(index).relation {
            Relation::Renamed(old) if old.is_only => Some((&scanned.items[index].1, old)),
            _ => None,
        })
        .collect();
    let is_only = |group: GroupId| {
        relations
            .iter()
            .filter(|(_, old)| old.group == group)
            .count()
            == 1
    };
    let pairs: Vec<_> = relations
        .iter()
        .filter(|(_, old)| is_only(old.group))
        .collect();
    let events = pairs.iter().map(|(item, old)| {
        let kind = moved(item, keys_of(old.group, ledger_state));
        Event::new(ids, cx.now(), kind)
    });
    let events: Vec<Event> = events.collect();
    let same = pairs
        .iter()
        .map(|(item, old)| SamePost {
            item: item.label().to_owned(),
            old: old.name.clone(),
        })
        .collect();
    session.append_all(events).await?;
    session.finish().await?;
    Ok(same)
}

/// Returns a message and a hint for each delivery that exists as several posts, which happens when the
/// ledgers of two machines that both sent it are merged.
#[must_use]
pub(crate) fn live_posts(ledger_state: &LedgerState) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for history in ledger_state.unsettled_histories() {
        for sink in history
            .deliveries
            .iter()
            .filter_map(|delivery| delivery.sink)
        {
            let ids = ledger_state.live_posts(&[history.group], sink);
            if ids.len() < 2 {
                continue;
            }
            let quoted: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
            found.push((
                format!("`{}` is out on `{sink}` as {}", history.item, quoted.join(" and ")),
                "delete all but one on the platform, then run `syndicate retract POST --by-hand --id \
                 ID` for each that is gone"
                    .to_owned(),
            ));
        }
    }
    found
}

fn moved(item: &Item, from: Vec<String>) -> EventKind {
    EventKind::Moved {
        item: item.id().to_owned(),
        keys: item.keys.clone(),
        from: Some(from),
        evidence: item.recorded_evidence(),
    }
}

/// Records that the post of `item` exists on the platform of `stage` as `receipt`. The payload in `plan`
/// is recorded as the sent one, to detect later changes.
///
/// # Errors
/// [`SameError`] if the item is already recorded as sent, `receipt` is the post of another item, or the ledger cannot be
/// written.
pub(crate) async fn adopt(
    post @ (_, groups, stage): (&Item, &[GroupId], &SinkStage),
    receipt: Receipt,
    plan: &Plan,
    session: &mut dyn LedgerSession,
    env: (&Context, &dyn Ids),
) -> Result<(), SameError> {
    let ledger_state = session.ledger_state();
    if let Some(other) = ledger_state.other_item_of(&receipt, &stage.name, groups) {
        let id = receipt.label().to_owned();
        return Err(SameError::OfOther { id, other });
    }
    let event = adoption(post, receipt, plan, ledger_state, env)?;
    session.append(event).await?;
    Ok(session.finish().await?)
}

/// Returns the event that records the post of `item` on the platform of `stage`, as [`adopt`] does.
pub(super) fn adoption(
    (item, groups, stage): (&Item, &[GroupId], &SinkStage),
    receipt: Receipt,
    plan: &Plan,
    ledger_state: &LedgerState,
    (cx, ids): (&Context, &dyn Ids),
) -> Result<Event, SameError> {
    let state = ledger_state.state_of(groups, &stage.name);
    let attempt = match state {
        DeliveryState::Sent { receipt: there, .. } => {
            return Err(SameError::Sent {
                item: item.label().to_owned(),
                id: there
                    .map(|there| there.label().to_owned())
                    .unwrap_or_default(),
            });
        }
        DeliveryState::Unknown { attempt, .. } | DeliveryState::Duplicate { attempt, .. } => {
            attempt
        }
        _ => Arc::new(new_attempt(item, stage, plan, cx, ids)),
    };
    let kind = EventKind::Settled {
        attempt,
        settlement: Settlement::Sent {
            remote: Some(receipt),
        },
    };
    Ok(Event::new(ids, cx.now(), kind))
}

fn new_attempt(
    item: &Item,
    stage: &SinkStage,
    plan: &Plan,
    cx: &Context,
    ids: &dyn Ids,
) -> Attempt {
    let mut entries = plan.entries.iter();
    let entry = entries.find(|entry| entry.sink == stage.name && entry.item.keys == item.keys);
    let composed = entry.and_then(|entry| entry.composed.as_deref());
    Attempt {
        id: ids.next(cx.now()),
        item: item.id().to_owned(),
        keys: item.keys.clone(),
        sink: stage.name.clone(),
        hash: composed
            .map(|composed| composed.hash.clone())
            .unwrap_or_default(),
        digests: composed.and_then(|composed| composed.digests.clone()),
        sink_type: Some(stage.kind.to_string()),
        account: None,
        evidence: item.recorded_evidence(),
    }
}

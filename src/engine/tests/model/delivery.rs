//! The model of a delivery: each attempt has a rank, derived from the set of its events, and the delivery
//! has the highest rank of its attempts. Time and order, which wrong clocks and merges change, are ignored.

use std::collections::BTreeMap;

use syndicate_api::{Code, Item};

use crate::ledger::{DeliveryState, Event, EventKind, LedgerState, Settlement};

/// The state of an attempt or a delivery, ordered by rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Model {
    /// No attempt that counts was made.
    Free,
    /// Nothing was created.
    Failed,
    /// The post was retracted.
    Retracted,
    /// The post may exist.
    Open,
    /// The post exists.
    Sent,
}

impl Model {
    /// Returns the model of the delivery of `item` according to `ledger_state`.
    pub(super) fn of(ledger_state: &LedgerState, item: &Item) -> Self {
        let attempts = attempts(ledger_state, item);
        let ranks = attempts.values().map(|events| Self::of_attempt(events));
        ranks.max().unwrap_or(Self::Free)
    }

    fn of_attempt(events: &[&Event]) -> Self {
        let any = |is: fn(&EventKind) -> bool| events.iter().any(|event| is(&event.kind));
        let is_duplicate = |kind: &EventKind| matches!(kind, EventKind::Failed { code, .. } if code == Code::Duplicate.as_str());
        let is_denial = |event: &&Event| match &event.kind {
            EventKind::Settled { .. } => true,
            EventKind::Failed { code, .. } => code != Code::Duplicate.as_str(),
            _ => false,
        };
        let denied = events.iter().rposition(is_denial);
        let is_open_again = denied.is_some_and(|at| {
            let mut later = events[at..].iter();
            later.any(|event| matches!(event.kind, EventKind::Probed { .. }))
        });
        if any(|kind| matches!(kind, EventKind::Retracted { .. })) {
            Self::Retracted
        } else if any(is_creation) {
            Self::Sent
        } else if is_open_again {
            Self::Open
        } else if any(|kind| matches!(kind, EventKind::Settled { .. })) {
            Self::Free
        } else if any(|kind| matches!(kind, EventKind::Unknown { .. })) || any(is_duplicate) {
            Self::Open
        } else if any(|kind| matches!(kind, EventKind::Failed { .. })) {
            Self::Failed
        } else if events.is_empty() {
            Self::Free
        } else {
            Self::Open
        }
    }

    /// Converts a state of the ledger.
    pub(super) fn from_state(state: &DeliveryState) -> Self {
        match state {
            DeliveryState::New | DeliveryState::Adopted { .. } => Self::Free,
            DeliveryState::Failed { .. } => Self::Failed,
            DeliveryState::Unknown { .. } | DeliveryState::Duplicate { .. } => Self::Open,
            DeliveryState::Sent { .. } => Self::Sent,
            DeliveryState::Retracted { .. } => Self::Retracted,
        }
    }

    /// Returns `true` if a build sends the post without a request for it.
    pub(super) fn is_free(self) -> bool {
        matches!(self, Self::Free | Self::Failed)
    }
}

fn is_creation(kind: &EventKind) -> bool {
    let is_seen = |settlement: &Settlement| matches!(settlement, Settlement::Sent { .. });
    match kind {
        EventKind::Sent { .. } => true,
        EventKind::Settled { settlement, .. } => is_seen(settlement),
        _ => false,
    }
}

/// Returns the events of each attempt for `item`, by attempt id.
fn attempts<'b>(ledger_state: &'b LedgerState, item: &Item) -> BTreeMap<&'b str, Vec<&'b Event>> {
    let mut attempts: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in ledger_state.events() {
        let mut keys = event.keys().into_iter();
        let is_of_item = keys.any(|key| item.keys.iter().any(|own| own == key));
        if let Some(attempt) = event.kind.attempt().filter(|_| is_of_item) {
            attempts.entry(&attempt.id).or_default().push(event);
        }
    }
    attempts
}

/// Returns `true` if `all` has an event of `item` that `ledger_state` lacks and that raises an attempt's
/// rank.
pub(super) fn lacks_event(ledger_state: &LedgerState, all: &LedgerState, item: &Item) -> bool {
    let known = attempts(ledger_state, item);
    attempts(all, item).into_iter().any(|(id, events)| {
        let alone = known.get(id).cloned().unwrap_or_default();
        let rank = Model::of_attempt(&alone);
        let missing = events
            .into_iter()
            .filter(|event| !ledger_state.has(&event.id));
        missing.into_iter().any(|event| {
            let with: Vec<&Event> = alone.iter().copied().chain([event]).collect();
            let with = Model::of_attempt(&with);
            !with.is_free() && with != rank
        })
    })
}

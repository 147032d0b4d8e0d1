//! Tests of the items that are not settled, which are tracked as events are added.

use proptest::prelude::*;

use super::merge::{any_events, states};
use super::*;
use crate::ledger::{DeliveryState, LedgerState};

/// Returns the open deliveries among `histories`, and those with several posts.
fn open(ledger_state: &LedgerState, is_complete: bool) -> Vec<String> {
    let histories = match is_complete {
        true => ledger_state.histories(),
        false => ledger_state.unsettled_histories(),
    };
    let mut open = Vec::new();
    for history in &histories {
        for delivery in &history.deliveries {
            let is_open = match &delivery.state {
                DeliveryState::Unknown { .. } | DeliveryState::Duplicate { .. } => true,
                DeliveryState::Sent { follow_ups, .. } => !follow_ups.is_empty(),
                _ => false,
            };
            let posts = delivery
                .sink
                .map(|sink| ledger_state.live_posts(&[history.group], sink));
            if is_open || posts.as_ref().is_some_and(|posts| posts.len() > 1) {
                let attempts = delivery
                    .events
                    .iter()
                    .filter_map(|event| event.kind.attempt());
                let attempts = attempts.map(|of| ledger_state.attempt(&of.id).len());
                let attempts: Vec<usize> = attempts.collect();
                open.push(format!("{delivery:?} {posts:?} {attempts:?}"));
            }
        }
    }
    open
}

/// Gives some posts a follow-up step.
fn with_follow_ups(mut events: Vec<Event>, which: &[bool]) -> Vec<Event> {
    for (event, has_step) in events.iter_mut().zip(which) {
        if let (EventKind::Sent { follow_ups, .. }, true) = (&mut event.kind, has_step) {
            follow_ups.push("tag".to_owned());
        }
    }
    events
}

proptest! {
    #[test]
    fn unsettled_items_have_every_open_delivery(
        events in any_events(),
        more in any_events(),
        which in proptest::collection::vec(any::<bool>(), 14),
    ) {
        let events = with_follow_ups(events, &which);
        let mut added: LedgerState = events.iter().cloned().collect();
        prop_assert_eq!(open(&added, true), open(&added, false));
        let before = added.clone();
        for event in &more {
            added.insert(event.clone());
            prop_assert_eq!(open(&added, true), open(&added, false));
        }
        let whole: LedgerState = events.iter().chain(&more).cloned().collect();
        prop_assert_eq!(open(&added, true), open(&whole, false));
        prop_assert_eq!(states(&added), states(&whole));
        prop_assert_eq!(added.events(), whole.events());
        prop_assert_eq!(added.seen(), whole.seen());
        prop_assert_eq!(added.ledger_ids(), whole.ledger_ids());
        for sink in ["s", "t"] {
            prop_assert_eq!(added.last_account(sink), whole.last_account(sink));
            let (one, other) = (added.send_history(sink), whole.send_history(sink));
            prop_assert_eq!(one.since(&other) + other.since(&one), 0);
            prop_assert_eq!(added.last_sent(sink), whole.last_sent(sink));
            prop_assert_eq!(added.throttled(sink), whole.throttled(sink));
        }
        // The shared events of an earlier clone do not change.
        let same: LedgerState = events.iter().cloned().collect();
        prop_assert_eq!(states(&before), states(&same));
        prop_assert_eq!(before.events(), same.events());
    }

    #[test]
    fn events_added_at_once_give_the_same_state(
        events in proptest::collection::vec(any_events(), 4),
        turns in proptest::collection::vec(0..4_usize, 4),
    ) {
        let mut at_once = LedgerState::default();
        let mut one_by_one = LedgerState::default();
        for turn in turns {
            at_once.extend(events[turn].iter().chain(&events[(turn + 1) % 4]).cloned());
            for event in events[turn].iter().chain(&events[(turn + 1) % 4]) {
                one_by_one.insert(event.clone());
            }
            prop_assert_eq!(states(&at_once), states(&one_by_one));
            prop_assert_eq!(open(&at_once, false), open(&one_by_one, false));
        }
    }
}

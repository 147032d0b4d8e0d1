//! Property tests of merging. The state depends only on the set of events: no order, repetition or merge
//! of lines changes it, and a post that exists or may exist is never in a state in which it would be
//! sent.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::ledger::lines::read;
use crate::ledger::wire::line;
use crate::ledger::{DeliveryState, LedgerState};

const KEYS: [&str; 5] = ["k0", "k1", "k2", "k3", "k4"];
const SINKS: [&str; 2] = ["s", "t"];

fn any_kind() -> impl Strategy<Value = EventKind> {
    let known_by = subsequence(KEYS.to_vec(), 1..=2);
    let parts = (
        0..12,
        select(&["a", "b", "c", "d"][..]),
        known_by,
        select(&SINKS[..]),
    );
    parts.prop_map(|(kind, id, known_by, sink)| {
        // An attempt belongs to one sink, as in real ledgers.
        let attempt = attempt(&format!("{id}-{sink}"), &known_by, sink);
        match kind {
            0 => adopted(&known_by, None),
            1 => adopted(&known_by, Some(sink)),
            2 => intent(attempt),
            3 => sent(attempt),
            4 => failed(attempt),
            5 => unknown(attempt),
            6 => settled(attempt, Settlement::NotSent),
            7 => settled(attempt, Settlement::Sent { remote: None }),
            8 => retracted(attempt),
            9 => probed(attempt),
            10 => updated(attempt),
            _ => EventKind::Moved {
                item: known_by[0].to_owned(),
                keys: keys(&known_by),
                from: None,
                evidence: None,
            },
        }
    })
}

/// Generates events, several of which may share a time or an id.
pub(super) fn any_events() -> impl Strategy<Value = Vec<Event>> {
    let timed = (0..6_i64, any_kind()).prop_map(|(second, kind)| event(second, kind));
    proptest::collection::vec(timed, 0..14)
}

pub(super) fn states(ledger_state: &LedgerState) -> Vec<DeliveryState> {
    SINKS
        .iter()
        .flat_map(|sink| {
            KEYS.iter()
                .map(|key| ledger_state.state(&keys(&[key]), sink))
        })
        .collect()
}

fn text(events: &[Event]) -> String {
    events.iter().map(line).collect()
}

fn book_of(text: &str) -> LedgerState {
    read("l", text.as_bytes())
        .unwrap()
        .events
        .into_iter()
        .collect()
}

/// Returns every key joined to `key`, with a simple reference algorithm.
fn joined(events: &[Event], key: &'static str) -> BTreeSet<String> {
    let mut known = BTreeSet::from([key.to_owned()]);
    loop {
        let before = known.len();
        for event in events {
            if event.keys().iter().any(|key| known.contains(*key)) {
                known.extend(event.keys().into_iter().map(str::to_owned));
            }
        }
        if known.len() == before {
            return known;
        }
    }
}

proptest! {
    #[test]
    fn order_and_repetition_of_lines_change_nothing(
        (events, shuffled) in any_events().prop_flat_map(|events| {
            let twice: Vec<_> = events.iter().chain(&events).cloned().collect();
            (Just(events), Just(twice).prop_shuffle())
        }),
    ) {
        let (plain, shuffled) = (book_of(&text(&events)), book_of(&text(&shuffled)));
        prop_assert_eq!(states(&plain), states(&shuffled));
        prop_assert_eq!(plain.events(), shuffled.events());
        let histories = |ledger_state: &LedgerState| format!("{:?}", ledger_state.histories());
        prop_assert_eq!(histories(&plain), histories(&shuffled));
    }

    #[test]
    fn two_branches_merge_line_by_line_in_any_way(
        common in any_events(),
        ours in any_events(),
        theirs in any_events(),
        turns in proptest::collection::vec(any::<bool>(), 28),
    ) {
        let whole: LedgerState = common.iter().chain(&ours).chain(&theirs).cloned().collect();
        let mut merged = text(&common);
        let (mut ours, mut theirs) = (ours.iter().map(line), theirs.iter().map(line));
        for turn in turns {
            let next = if turn { ours.next() } else { theirs.next() };
            merged.extend(next);
        }
        merged.extend(ours.chain(theirs));
        prop_assert_eq!(states(&book_of(&merged)), states(&whole));
    }

    #[test]
    fn a_post_that_is_there_or_may_be_is_never_free_to_send(events in any_events()) {
        let ledger_state: LedgerState = events.iter().cloned().collect();
        for sink in SINKS {
            for key in KEYS {
                let known = joined(&events, key);
                let of_it: Vec<_> = events
                    .iter()
                    .filter(|event| event.keys().iter().any(|key| known.contains(*key)))
                    .filter_map(|event| Some((&event.kind, event.kind.attempt()?)))
                    .filter(|(_, attempt)| attempt.sink == sink)
                    .collect();
                let has = |id: &str, names: &[&str]| {
                    of_it.iter().any(|(kind, about)| about.id == id && names.contains(&kind.name()))
                };
                let state = ledger_state.state(&keys(&[key]), sink);
                for (_, attempt) in &of_it {
                    let id = &attempt.id;
                    if has(id, &["sent"]) && !has(id, &["retracted"]) {
                        let is_sent = matches!(state, DeliveryState::Sent { .. });
                        prop_assert!(is_sent, "{key} {sink} {state:?}");
                    }
                    let open = has(id, &["intent"]) && !has(id, &["sent", "failed", "settled", "retracted"]);
                    if open || (has(id, &["unknown"]) && !has(id, &["sent", "settled", "retracted"])) {
                        let asks = matches!(state, DeliveryState::Sent { .. } | DeliveryState::Unknown { .. });
                        prop_assert!(asks, "{key} {sink} {state:?}");
                    }
                }
            }
        }
    }
}

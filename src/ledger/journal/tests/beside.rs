//! Tests of reading a journal beside its ledger. What is left out must change no comparison of the two.

use proptest::prelude::*;
use syndicate_api::testkit::trials;

use super::*;
use crate::ledger::LedgerState;
use crate::ledger::journal::lines::{JournalReader, line};
use crate::ledger::journal::memory::{JournalContents, JournalEntry};
use crate::ledger::tests::merge::any_events;

/// Returns what the comparison of a journal with a ledger depends on.
fn compared(memory: &JournalContents, ledger_state: &LedgerState) -> String {
    let pending = memory.pending();
    let mut all = ledger_state.clone();
    all.extend_shared(memory.events(true).cloned().collect());
    let mut events: Vec<String> = all.events().iter().map(|of| format!("{of:?}")).collect();
    events.sort();
    format!(
        "{pending:?}\n{:?}\n{:?}\n{:?}\n{events:?}",
        memory.lacking(ledger_state),
        memory.about_attempts_of(&pending, ledger_state),
        memory.runs(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: trials(300), ..ProptestConfig::default() })]

    #[test]
    fn left_out_events_change_no_comparison(
        events in any_events(),
        (in_ledger, in_journal) in (any::<u16>(), any::<u16>()),
        marks in proptest::collection::vec((any::<bool>(), any::<bool>()), 28),
        turn in 0..14_usize,
    ) {
        let has = |bits: u16, place: usize| bits >> place & 1 == 1;
        let with_run = |mut event: Event| {
            if let EventKind::Intent { claim, .. } = &mut event.kind {
                claim.run = Some(format!("run {}", event.id));
            }
            event
        };
        let events: Vec<Event> = events.into_iter().map(with_run).collect();
        let of_ledger = events.iter().enumerate();
        let of_ledger = of_ledger.filter(|(place, _)| has(in_ledger, *place));
        let ledger_state: LedgerState = of_ledger.map(|(_, event)| event.clone()).collect();
        let mut text: Vec<String> = events
            .iter()
            .chain(&events)
            .enumerate()
            .filter(|(place, _)| has(in_journal, place % 14))
            .map(|(place, event)| {
                let (is_own, is_pending) = marks[place];
                let event = Arc::new(event.clone());
                line(&JournalEntry { event, is_own, is_pending: is_own && is_pending })
            })
            .collect();
        let turn = turn.min(text.len());
        text.rotate_left(turn);
        let read = |mut reader: JournalReader<'_>| {
            for line in &text {
                reader.add(line.trim_end().as_bytes());
            }
            reader.finish()
        };
        let (whole, beside) = (
            read(JournalReader::default()),
            read(JournalReader::beside(&ledger_state)),
        );
        prop_assert_eq!(compared(&whole, &ledger_state), compared(&beside, &ledger_state));
        let is_kept = beside.entries().filter(|of| ledger_state.has_exactly(&of.event));
        prop_assert!(is_kept.count() <= whole.len());
    }
}

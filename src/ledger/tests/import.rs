//! Lines that may be imported into a ledger.

use super::{adopted, attempt, created, event, receipt};
use crate::ledger::import::{Import, NumberedEvent, plan_import};
use crate::ledger::{
    Claim, Event, EventKind, LedgerState, PipelineNames, Settlement, ledger_line, read_lines,
};

const KEYS: &[&str] = &["https://a.example/one"];

fn intent(second: i64, id: &str) -> Event {
    let kind = EventKind::Intent {
        attempt: attempt(id, KEYS, "s").into(),
        slots: std::collections::BTreeMap::new(),
        claim: Claim::default(),
        repeat: None,
        follow_ups: Vec::new(),
    };
    event(second, kind)
}

fn failed(second: i64, id: &str) -> Event {
    let kind = EventKind::Failed {
        attempt: attempt(id, KEYS, "s").into(),
        code: "rejected".to_owned(),
        message: "no".to_owned(),
        until: None,
        existing: None,
    };
    event(second, kind)
}

fn sent(second: i64, id: &str, sink: &str) -> Event {
    let kind = EventKind::Sent {
        attempt: attempt(id, KEYS, sink).into(),
        remote: receipt("1"),
        follow_ups: Vec::new(),
    };
    event(second, kind)
}

fn not_sent(second: i64, id: &str) -> Event {
    let kind = EventKind::Settled {
        attempt: attempt(id, KEYS, "s").into(),
        settlement: Settlement::NotSent,
    };
    event(second, kind)
}

fn plan(ledger: &[Event], lines: &[Event]) -> Result<Import, String> {
    let ledger_state: LedgerState = ledger.iter().cloned().collect();
    let numbered = lines
        .iter()
        .enumerate()
        .map(|(index, event)| NumberedEvent {
            line: index + 1,
            event: event.clone(),
        });
    let numbered: Vec<NumberedEvent> = numbered.collect();
    plan_import("f", &numbered, &ledger_state).map_err(|faults| faults.to_string())
}

#[test]
fn outcome_of_own_attempt_is_imported() {
    let ledger = [event(0, created()), intent(1, "a")];
    for outcome in [failed(2, "a"), not_sent(2, "a"), sent(2, "a", "s")] {
        let import = plan(&ledger, &[outcome.clone(), ledger[1].clone()]).unwrap();
        assert_eq!(import.new, [outcome]);
        assert_eq!(import.known, 1);
    }
}

#[test]
fn denial_of_unknown_attempt_is_refused() {
    let ledger = [event(0, created()), intent(1, "a")];
    for denial in [failed(2, "b"), not_sent(2, "b")] {
        let refused = plan(&ledger, &[denial]).unwrap_err();
        assert!(refused.contains("the attempt `b`"), "{refused}");
    }
    // A post that may exist protects, so it is taken if its sink is known.
    assert!(plan(&ledger, &[sent(2, "b", "s")]).is_ok());
    let refused = plan(&ledger, &[sent(2, "b", "other")]).unwrap_err();
    assert!(refused.contains("the sink `other`"), "{refused}");
}

#[test]
fn import_never_frees_a_delivery() {
    let head = event(0, created());
    let backfill = EventKind::Known {
        pipeline_names: PipelineNames::default(),
        backfill: vec!["s".to_owned()],
    };
    let ledger = [head.clone(), event(1, adopted(KEYS, None)), failed(2, "x")];
    let refused = plan(&ledger, &[head.clone(), event(5, backfill)]).unwrap_err();
    assert!(refused.contains("would free"), "{refused}");
    // A failure after the post was sent changes nothing.
    let ledger = [head, intent(1, "a"), sent(2, "a", "s")];
    assert!(plan(&ledger, &[failed(3, "a")]).is_ok());
}

#[test]
fn move_and_repeated_line_are_skipped() {
    let ledger = [event(0, created()), intent(1, "a")];
    let closed = event(3, EventKind::Closed { to: "x".to_owned() });
    let outcome = sent(2, "a", "s");
    let import = plan(&ledger, &[closed, outcome.clone(), outcome.clone()]).unwrap();
    assert_eq!(
        (import.new, import.known, import.closed),
        (vec![outcome], 1, 1)
    );
}

#[test]
fn changed_line_is_refused() {
    let ledger = [event(0, created()), intent(1, "a"), sent(2, "a", "s")];
    let mut changed = sent(2, "a", "s");
    changed.at = failed(9, "a").at;
    let refused = plan(&ledger, &[changed]).unwrap_err();
    assert!(refused.contains("another line with the id"), "{refused}");
}

#[test]
fn every_invalid_line_is_reported() {
    let good = ledger_line(&intent(1, "a"));
    let text = format!("\n{good}{{\n  {good}[1]\n");
    let faults = read_lines("f", text.as_bytes()).unwrap_err();
    let lines: Vec<Option<usize>> = faults.0.iter().map(|fault| fault.line()).collect();
    assert_eq!(lines, [Some(3), Some(5)]);
    let events = read_lines("f", good.as_bytes()).unwrap();
    assert_eq!(events[0].line, 1);
}

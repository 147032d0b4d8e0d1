use jiff::SignedDuration;
use syndicate_api::{Code, Found, FoundBy, PublishErrorKind, Receipt};

use super::machine::{Machine, start};
use super::sink::ScriptedSink;
use crate::engine::{Action, Outcome};

/// Leaves a post whose outcome is unknown to `machine`, one second after the start.
fn leave_open(sink: &ScriptedSink, machine: &Machine) {
    sink.script().create.push_back(PublishErrorKind::Unknown);
    sink.script().found = Some(Found::Unclear("not read".to_owned()));
    let (entry, _) = machine.build();
    assert_eq!(entry.outcome, Some(Outcome::Unknown));
}

/// Returns a post that was created so many seconds before its intent.
fn post(earlier: i64) -> Receipt {
    Receipt {
        at: Some(start() + SignedDuration::from_secs(1 - earlier)),
        ..super::sink::receipt(1)
    }
}

#[test]
fn hit_counts_by_key_or_recent_link() {
    use FoundBy::{Key, Link};
    let without_time = Receipt {
        at: None,
        ..post(0)
    };
    for (receipt, by, counts) in [
        (without_time.clone(), Key, true),
        (post(3600), Key, true),
        (post(0), Link, true),
        (post(-60), Link, true),
        (post(120), Link, true),
        (post(121), Link, false),
        (without_time, Link, false),
    ] {
        let sink = ScriptedSink::new();
        let machine = Machine::new(&sink);
        leave_open(&sink, &machine);
        sink.script().found = Some(Found::Here {
            receipt: receipt.clone(),
            by,
        });
        let (entry, notes) = machine.build();
        let case = format!("{receipt:?} {by:?}: {notes}");
        if counts {
            assert_eq!(entry.code, Code::AlreadySent, "{case}");
        } else {
            assert_eq!(entry.action, Action::Ask, "{case}");
            machine.wait(86_400);
            assert_eq!(
                machine.build().0.action,
                Action::Ask,
                "a doubtful hit is not a miss: {case}"
            );
        }
        assert_eq!(sink.requests("post").len(), 1, "{case}");
    }
}

#[test]
fn hit_on_other_item_is_unclear() {
    for by in [FoundBy::Key, FoundBy::Link] {
        let sink = ScriptedSink::new();
        let machine = Machine::new(&sink);
        leave_open(&sink, &machine);
        machine.record_other(post(0));
        let receipt = post(0);
        sink.script().found = Some(Found::Here { receipt, by });
        let (entry, notes) = machine.build();
        assert_eq!(entry.action, Action::Ask, "{by:?}: {notes}");
        assert!(
            notes.contains("`post-1` is on record as the post of"),
            "{notes}"
        );
    }
}

#[test]
fn miss_of_own_attempt_counts_after_two_minutes() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    leave_open(&sink, &machine);
    sink.script().found = Some(Found::NotThere);
    // However old the attempt is, the two minutes begin when a run first finds it abandoned.
    machine.wait(600);
    let (entry, notes) = machine.build();
    assert_eq!(entry.action, Action::Ask);
    assert!(notes.contains("may still arrive"), "{notes}");
    machine.wait(110);
    assert_eq!(machine.build().0.action, Action::Ask);
    assert_eq!(sink.requests("post").len(), 1);
    machine.wait(10);
    let (entry, notes) = machine.build();
    assert_eq!(entry.outcome, Some(Outcome::Sent), "{notes}");
    assert_eq!(sink.requests("post").len(), 2);
}

/// The other machine died after its intent, so that nothing shows when its request left.
#[test]
fn miss_of_other_machine_counts_after_deadline() {
    let sink = ScriptedSink::new();
    let [machine, other] = Machine::two(&sink);
    sink.script().crash = true;
    assert!(other.run().is_none(), "it should crash");
    sink.script().crash = false;
    sink.script().found = Some(Found::NotThere);
    let (entry, _) = machine.build();
    assert_eq!((entry.action, entry.code), (Action::Wait, Code::Claimed));
    machine.wait(14 * 60);
    assert_eq!(machine.build().0.code, Code::Claimed);
    machine.wait(60);
    let (entry, notes) = machine.build();
    assert_eq!(entry.outcome, Some(Outcome::Sent), "{notes}");
    assert_eq!(sink.requests("post").len(), 2);
}

/// A runner that is thrown away keeps no journal, so that the recorded deadline alone decides.
#[test]
fn miss_counts_after_deadline_without_journal() {
    let sink = ScriptedSink::new();
    let [machine, other] = Machine::two(&sink);
    leave_open(&sink, &other);
    sink.script().found = Some(Found::NotThere);
    for minutes in [3, 3, 3, 3] {
        let (entry, notes) = machine.build();
        assert_eq!(entry.action, Action::Ask, "{notes}");
        machine.wait(minutes * 60);
    }
    machine.wait(3 * 60);
    machine.forget();
    let (entry, notes) = machine.build();
    assert_eq!(entry.outcome, Some(Outcome::Sent), "{notes}");
    assert_eq!(sink.requests("post").len(), 2);
}

#[test]
fn unclear_answer_frees_nothing() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    leave_open(&sink, &machine);
    for _ in 0..3 {
        machine.wait(86_400);
        let (entry, notes) = machine.build();
        assert_eq!(entry.action, Action::Ask);
        assert!(notes.contains("not read"), "{notes}");
    }
    assert_eq!(sink.requests("post").len(), 1);
}

#[test]
fn other_account_finds_nothing() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    leave_open(&sink, &machine);
    sink.script().found = Some(Found::NotThere);
    sink.script().account = "someone-else";
    for _ in 0..3 {
        machine.wait(600);
        assert_eq!(machine.build().0.action, Action::Ask);
    }
    assert_eq!(sink.requests("post").len(), 1);
}

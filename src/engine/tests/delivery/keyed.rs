use syndicate_api::{Code, PublishErrorKind};

use super::machine::Machine;
use super::sink::ScriptedSink;
use crate::engine::{Action, Outcome};

/// Leaves a post whose outcome is unknown, after four requests with a key that the platform knows for this time.
fn leave_open(sink: &ScriptedSink, seconds: u64) -> Machine {
    let machine = Machine::new(sink);
    sink.script().keyed_for = Some(seconds);
    sink.script().create.extend([PublishErrorKind::Unknown; 4]);
    let (entry, _) = machine.build();
    assert_eq!(entry.outcome, Some(Outcome::Unknown));
    assert_eq!(sink.requests("post").len(), 4);
    machine
}

#[test]
fn known_key_is_repeated_with_same_bytes() {
    let sink = ScriptedSink::new();
    let mut machine = leave_open(&sink, 600);
    machine.title = "Edited".to_owned();
    sink.script()
        .updates
        .push_back(Err(PublishErrorKind::Rejected));
    machine.wait(500);
    machine.build();
    let requests = sink.requests("post");
    assert_eq!(requests.len(), 5);
    assert!(requests.iter().all(|request| *request == requests[0]));
}

#[test]
fn expired_key_is_never_repeated() {
    let sink = ScriptedSink::new();
    let machine = leave_open(&sink, 600);
    for _ in 0..3 {
        machine.wait(600);
        let (entry, _) = machine.build();
        assert_eq!(entry.action, Action::Ask);
        assert_eq!(entry.code, Code::OutcomeUnknown);
    }
    assert_eq!(sink.requests("post").len(), 4);
}

#[test]
fn key_that_expires_during_run_is_not_repeated() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    sink.script().keyed_for = Some(60);
    sink.script().takes = 31;
    sink.script().create.extend([PublishErrorKind::Unknown; 4]);
    let (entry, _) = machine.build();
    assert_eq!(entry.outcome, Some(Outcome::Unknown));
    assert_eq!(sink.requests("post").len(), 2);
}

#[test]
fn other_account_does_not_repeat() {
    let sink = ScriptedSink::new();
    let machine = leave_open(&sink, 600);
    sink.script().account = "someone-else";
    machine.build();
    assert_eq!(sink.requests("post").len(), 4);
}

/// Lets the platform know a key only a minute after the request.
fn known_late(sink: &ScriptedSink) {
    let mut script = sink.script();
    (script.keyed_after, script.keyed_for) = (Some(60), Some(600));
}

/// Returns the seconds between the creating requests.
fn pauses(sink: &ScriptedSink) -> Vec<u64> {
    let sent = sink.script().created_at.clone();
    sent.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

#[test]
fn late_key_is_repeated_after_its_start() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    known_late(&sink);
    sink.script().create.push_back(PublishErrorKind::Unknown);
    let (entry, _) = machine.build();
    assert_eq!(entry.outcome, Some(Outcome::Sent));
    let pauses = pauses(&sink);
    assert!(
        matches!(pauses.as_slice(), [pause] if *pause >= 60),
        "{pauses:?}"
    );
}

#[test]
fn late_key_is_repeated_once_a_run() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    known_late(&sink);
    sink.script().takes = 20;
    sink.script().create.extend([PublishErrorKind::Unknown; 3]);
    let (entry, _) = machine.build();
    assert_eq!(entry.outcome, Some(Outcome::Unknown));
    assert_eq!(sink.requests("post").len(), 2);
    // The next run counts from the end of the last request, and not from the intent.
    machine.build();
    assert_eq!(sink.requests("post").len(), 3);
    let pauses = pauses(&sink);
    assert!(pauses.iter().all(|pause| *pause >= 60), "{pauses:?}");
}

#[test]
fn interrupted_run_delays_late_key() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    known_late(&sink);
    sink.script().crash = true;
    assert!(machine.run().is_none());
    sink.script().crash = false;
    // The request may have left long after its intent, just before the run ended.
    machine.wait(100);
    let restarted = sink.passed.load(std::sync::atomic::Ordering::SeqCst);
    let (entry, _) = machine.build();
    assert_eq!(entry.code, Code::AlreadySent);
    let repeated = *sink.script().created_at.last().unwrap();
    assert!(repeated >= restarted + 60, "{restarted} {repeated}");
}

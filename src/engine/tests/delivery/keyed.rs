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

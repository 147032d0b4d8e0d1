use serde_json::{Value, json};
use syndicate_api::{Code, Found, FoundBy, PublishErrorKind};

use super::machine::Machine;
use super::sink::{ScriptedSink, receipt};
use crate::engine::Outcome;
use crate::ledger::EventKind;

/// Returns a sink whose next step after the creating request fails for good, and its post is out.
fn sent_without_follow_up(machine: &Machine, sink: &ScriptedSink) -> Value {
    sink.script()
        .follow_up
        .push_back(PublishErrorKind::Rejected);
    let (entry, notes) = machine.build();
    assert_eq!(entry.outcome, Some(Outcome::Sent));
    assert!(notes.contains("its step `reference` failed"), "{notes}");
    let requests = sink.requests("reference");
    assert_eq!(requests.len(), 1);
    requests[0].clone()
}

fn followed_up(machine: &Machine) -> usize {
    machine
        .events(|kind| matches!(kind, EventKind::FollowedUp { .. }))
        .len()
}

#[test]
fn failed_follow_up_is_sent_by_next_run() {
    let sink = ScriptedSink::new();
    let mut machine = Machine::new(&sink);
    let first = sent_without_follow_up(&machine, &sink);
    assert_eq!(
        (&first["id"], &first["version"]),
        (&json!("post-1"), &json!(1))
    );
    // The journal has the request, so that an edit does not change it.
    machine.title = "Edited".to_owned();
    sink.script()
        .updates
        .push_back(Err(PublishErrorKind::Rejected));
    machine.build();
    assert_eq!(sink.requests("reference"), [first.clone(), first]);
    assert_eq!(followed_up(&machine), 1);
    machine.build();
    assert_eq!(sink.requests("reference").len(), 2);
    assert_eq!(sink.requests("post").len(), 1);
}

#[test]
fn unavailable_follow_up_is_repeated_in_same_run() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    sink.script()
        .follow_up
        .push_back(PublishErrorKind::Unavailable);
    machine.build();
    assert_eq!(
        (sink.requests("reference").len(), followed_up(&machine)),
        (2, 1)
    );
}

#[test]
fn other_machine_follows_up_with_recorded_slots() {
    let sink = ScriptedSink::new();
    let [machine, other] = Machine::two(&sink);
    let first = sent_without_follow_up(&machine, &sink);
    other.build();
    assert_eq!(sink.requests("reference"), [first.clone(), first]);
    machine.build();
    assert_eq!(sink.requests("reference").len(), 2);
}

#[test]
fn other_machine_cannot_follow_up_edited_post() {
    let sink = ScriptedSink::new();
    let [machine, mut other] = Machine::two(&sink);
    sent_without_follow_up(&machine, &sink);
    other.title = "Edited".to_owned();
    sink.script()
        .updates
        .push_back(Err(PublishErrorKind::Rejected));
    let (_, notes) = other.build();
    assert!(
        notes.contains("its step `reference` cannot be repeated"),
        "{notes}"
    );
    assert_eq!(sink.requests("reference").len(), 1);
}

#[test]
fn skipped_follow_up_is_not_sent_again() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    sent_without_follow_up(&machine, &sink);
    machine.skip_follow_ups();
    let (entry, notes) = machine.build();
    assert_eq!((entry.code, notes.as_str()), (Code::AlreadySent, ""));
    assert_eq!(sink.requests("reference").len(), 1);
}

#[test]
fn lost_answer_of_follow_up_is_repeated_with_same_body() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    sink.script()
        .follow_up
        .extend([PublishErrorKind::Unavailable; 4]);
    let (entry, notes) = machine.build();
    assert_eq!(entry.outcome, Some(Outcome::Sent));
    assert!(notes.contains("its step `reference` failed"), "{notes}");
    machine.build();
    let requests = sink.requests("reference");
    assert_eq!(requests, vec![requests[0].clone(); 5]);
    assert_eq!((sink.requests("post").len(), followed_up(&machine)), (1, 1));
}

#[test]
fn other_account_does_not_follow_up() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    sent_without_follow_up(&machine, &sink);
    sink.script().account = "someone-else";
    let (_, notes) = machine.build();
    assert!(
        notes.contains("is not the account that created the post"),
        "{notes}"
    );
    assert_eq!(sink.requests("reference").len(), 1);
}

#[test]
fn post_found_after_lost_answer_is_followed_up() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    sink.script().create.push_back(PublishErrorKind::Unknown);
    sink.script().found = Some(Found::Unclear("not yet".to_owned()));
    machine.build();
    assert_eq!(sink.requests("reference").len(), 0);
    sink.script().found = Some(Found::Here {
        receipt: receipt(3),
        by: FoundBy::Key,
    });
    let (entry, _) = machine.build();
    assert_eq!(entry.code, Code::AlreadySent);
    let requests = sink.requests("reference");
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0]["version"], 3);
    machine.build();
    assert_eq!(
        (sink.requests("reference").len(), followed_up(&machine)),
        (1, 1)
    );
}

#[test]
fn repeated_request_is_followed_up() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    sink.script().keyed_for = Some(600);
    sink.script().create.extend([PublishErrorKind::Unknown; 4]);
    let (entry, _) = machine.build();
    assert_eq!(entry.outcome, Some(Outcome::Unknown));
    machine.build();
    assert_eq!((sink.requests("post").len(), followed_up(&machine)), (5, 1));
}

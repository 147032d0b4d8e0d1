use syndicate_api::{Code, CodeKind, Role};

use super::machine::Machine;
use super::sink::ScriptedSink;
use crate::engine::{Action, Outcome};
use crate::ledger::EventKind;

#[test]
fn panic_before_creating_request_fails_delivery() {
    for role in [Role::Prepare, Role::Before] {
        let sink = ScriptedSink::new();
        let machine = Machine::new(&sink);
        sink.script().panics = Some(role);
        let (entry, _) = machine.build();
        assert_eq!(
            (entry.outcome, entry.code),
            (Some(Outcome::Failed), Code::PluginPanicked),
            "{role:?}"
        );
        assert!(entry.reason.contains("as the script says"), "{entry:?}");
        assert_eq!(sink.requests("post").len(), 0);
        sink.script().panics = None;
        let (entry, _) = machine.build();
        assert_eq!(entry.outcome, Some(Outcome::Sent));
    }
}

#[test]
fn panic_in_creating_request_is_unknown() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    sink.script().panics = Some(Role::Create);
    let (entry, _) = machine.build();
    assert_eq!(
        (entry.outcome, entry.code),
        (Some(Outcome::Unknown), Code::PluginPanicked)
    );
    let unknown = machine.events(|kind| matches!(kind, EventKind::Unknown { .. }));
    assert_eq!(unknown.len(), 1);
    sink.script().panics = None;
    let (entry, _) = machine.build();
    assert_eq!((entry.action, entry.outcome), (Action::Ask, None));
    assert_eq!(sink.requests("post").len(), 1);
}

#[test]
fn panic_after_creating_request_keeps_post() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    sink.script().panics = Some(Role::FollowUp);
    let (entry, notes) = machine.build();
    assert_eq!(entry.outcome, Some(Outcome::Sent));
    assert!(notes.contains("as the script says"), "{notes}");
    sink.script().panics = None;
    machine.build();
    let requests = ["post", "reference"].map(|step| sink.requests(step).len());
    assert_eq!(requests, [1, 2]);
}

#[test]
fn panic_in_compose_fails_delivery() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    sink.script().panics_in_compose = true;
    let (entry, _) = machine.build();
    assert_eq!(
        (entry.action, entry.code),
        (Action::Skip, Code::PluginPanicked)
    );
    assert_eq!(entry.code.kind(), CodeKind::Fault);
    sink.script().panics_in_compose = false;
    let (entry, _) = machine.build();
    assert_eq!(entry.outcome, Some(Outcome::Sent));
}

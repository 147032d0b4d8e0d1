use syndicate_api::{Code, PublishErrorKind};

use super::machine::Machine;
use super::sink::{ScriptedSink, receipt};
use crate::engine::{Action, Outcome};
use crate::ledger::EventKind;

#[test]
fn failed_step_before_creation_creates_nothing() {
    // The step is keyed, so that a run sends it four times if no answer arrives.
    for (kind, sent, code) in [
        (PublishErrorKind::Unknown, 4, "not_left"),
        (PublishErrorKind::Rejected, 1, "rejected"),
    ] {
        let sink = ScriptedSink::new();
        let machine = Machine::new(&sink);
        sink.script().before.extend(vec![kind; sent]);
        let (entry, _) = machine.build();
        assert_eq!(entry.outcome, Some(Outcome::Failed), "{kind:?}");
        assert_eq!(sink.requests("post").len(), 0);
        let failed = machine.events(|kind| matches!(kind, EventKind::Failed { .. }));
        assert_eq!(failed.len(), 1);
        let EventKind::Failed { code: recorded, .. } = &failed[0].kind else {
            panic!("{failed:?}");
        };
        assert_eq!(recorded, code);
        let (entry, _) = machine.build();
        assert_eq!(entry.outcome, Some(Outcome::Sent));
        let found = ["document", "post", "reference"].map(|step| sink.requests(step).len());
        assert_eq!(found, [sent + 1, 1, 1]);
    }
}

#[test]
fn changed_picture_is_not_sent() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    sink.script().changes_picture = true;
    let (entry, _) = machine.build();
    assert_eq!(
        (entry.outcome, entry.code),
        (Some(Outcome::Failed), Code::FileChanged)
    );
    assert_eq!(entry.reason, "`a.png`: it was changed after it was read");
    assert_eq!(sink.script().requests, []);
    sink.script().changes_picture = false;
    let (entry, _) = machine.build();
    assert_eq!(entry.outcome, Some(Outcome::Sent));
}

#[test]
fn unavailable_step_is_repeated_before_creation() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    sink.script()
        .before
        .push_back(PublishErrorKind::Unavailable);
    let (entry, _) = machine.build();
    assert_eq!(entry.outcome, Some(Outcome::Sent));
    let documents = sink.requests("document");
    assert_eq!(documents.len(), 2);
    assert_eq!(documents[0], documents[1]);
}

#[test]
fn existing_post_is_asked_about() {
    let sink = ScriptedSink::new();
    let machine = Machine::new(&sink);
    sink.script().exists = Some(receipt(1));
    let (entry, _) = machine.build();
    assert_eq!(entry.code, Code::Duplicate);
    assert_eq!(entry.same_as.as_deref(), Some("post-1"));
    for _ in 0..2 {
        let (entry, _) = machine.build();
        assert_eq!(entry.action, Action::Ask);
        assert_eq!(entry.same_as.as_deref(), Some("post-1"));
    }
    assert!(sink.script().requests.is_empty());
    let sent = machine.events(|kind| matches!(kind, EventKind::Sent { .. }));
    assert!(sent.is_empty(), "{sent:?}");
}

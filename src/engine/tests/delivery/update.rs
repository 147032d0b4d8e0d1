use serde_json::json;
use syndicate_api::{Code, PublishErrorKind};

use super::machine::Machine;
use super::sink::{ScriptedSink, receipt};
use crate::engine::Outcome;
use crate::ledger::EventKind;

fn sent(sink: &ScriptedSink) -> Machine {
    let mut machine = Machine::new(sink);
    let (entry, _) = machine.build();
    assert_eq!(entry.outcome, Some(Outcome::Sent));
    machine.title = "Edited".to_owned();
    machine
}

fn updates(machine: &Machine) -> usize {
    machine
        .events(|kind| matches!(kind, EventKind::Updated { .. }))
        .len()
}

#[test]
fn conflict_of_update_records_nothing() {
    let sink = ScriptedSink::new();
    let machine = sent(&sink);
    sink.script()
        .updates
        .push_back(Err(PublishErrorKind::Conflict));
    let (entry, _) = machine.build();
    assert_eq!(entry.outcome, Some(Outcome::Failed));
    assert_eq!((sink.requests("update").len(), updates(&machine)), (1, 0));
    assert_eq!(sink.requests("post").len(), 1);
}

#[test]
fn new_receipt_of_update_is_used_by_next() {
    let sink = ScriptedSink::new();
    let mut machine = sent(&sink);
    sink.script().updates.push_back(Ok(receipt(2)));
    let (entry, _) = machine.build();
    assert_eq!(entry.outcome, Some(Outcome::Updated));
    assert_eq!(entry.receipt.as_deref(), Some(&receipt(2)));
    machine.title = "Edited again".to_owned();
    machine.build();
    let versions = sink
        .requests("update")
        .into_iter()
        .map(|body| body["version"].clone());
    assert_eq!(versions.collect::<Vec<_>>(), [json!(1), json!(2)]);
    let (entry, _) = machine.build();
    assert_eq!(entry.code, Code::AlreadySent);
    assert_eq!((updates(&machine), sink.requests("post").len()), (2, 1));
}

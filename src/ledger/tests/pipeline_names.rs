//! Tests of the names recorded in a ledger, and of the adoptions that cover a sink.

use std::collections::BTreeSet;

use super::*;
use crate::ledger::{DeliveryState, LedgerState, SinkName, SourceName};

fn pipeline_names(site: &str, source: &str, sink: &str) -> PipelineNames {
    let source = SourceName {
        name: source.to_owned(),
        kind: "site".to_owned(),
    };
    let sink = SinkName {
        name: sink.to_owned(),
        kind: "linkedin".to_owned(),
    };
    let set = BTreeSet::from([site.to_owned()]);
    PipelineNames::new(set, BTreeSet::from([source]), BTreeSet::from([sink]))
}

fn known(pipeline_names: PipelineNames, backfill: &[&str]) -> EventKind {
    EventKind::Known {
        pipeline_names,
        backfill: keys(backfill),
    }
}

fn ledger_state(story: Vec<EventKind>) -> LedgerState {
    let events = story.into_iter().zip(1..).map(|(kind, at)| event(at, kind));
    events.collect()
}

fn names(names: &[&str]) -> Option<BTreeSet<String>> {
    Some(names.iter().map(|name| (*name).to_owned()).collect())
}

#[test]
fn names_of_created_and_known_are_joined() {
    let created = EventKind::Created {
        pipeline_names: pipeline_names("a.org", "blog", "linkedin"),
    };
    let ledger_state = ledger_state(vec![
        created,
        known(pipeline_names("b.org", "notes", "page"), &[]),
    ]);
    let seen = ledger_state.seen();
    assert_eq!(Some(seen.sites.clone()), names(&["a.org", "b.org"]));
    assert_eq!(seen.sources, names(&["blog", "notes"]));
    assert_eq!(seen.sinks, names(&["linkedin", "page"]));
    assert!(seen.is_stated);
}

#[test]
fn ledger_of_0_1_0_knows_what_its_events_name() {
    let story = vec![
        created(),
        sent(attempt("a", &["https://a.org/x", "blog:x.md"], "linkedin")),
    ];
    let seen = ledger_state(story).seen().clone();
    assert_eq!(seen.sources, names(&["blog"]));
    assert_eq!(seen.sinks, names(&["linkedin"]));
    assert!(!seen.is_stated && seen.sites.is_empty());
    let bare = ledger_state(vec![created(), adopted(&["https://a.org/x"], None)]);
    let bare = bare.seen().clone();
    assert_eq!((bare.sources, bare.sinks), (None, None));
}

#[test]
fn backfilled_sink_is_free_of_earlier_adoptions() {
    let story = vec![
        created(),
        adopted(&["k"], None),
        adopted(&["j"], Some("page")),
        known(pipeline_names("a.org", "blog", "page"), &["page"]),
        adopted(&["l"], None),
    ];
    let ledger_state = ledger_state(story);
    let state = |key, sink| ledger_state.state(&keys(&[key]), sink);
    assert_eq!(state("k", "page"), DeliveryState::New);
    assert!(matches!(
        state("k", "linkedin"),
        DeliveryState::Adopted { .. }
    ));
    assert!(matches!(state("j", "page"), DeliveryState::Adopted { .. }));
    assert!(matches!(state("l", "page"), DeliveryState::Adopted { .. }));
}

#[test]
fn ledger_of_a_merge_has_the_id_of_the_earliest() {
    let ledger_state = ledger_state(vec![created(), created()]);
    assert_eq!(ledger_state.ledger_ids(), ["0001-created", "0002-created"]);
}

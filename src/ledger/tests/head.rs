//! What a ledger knows of pipelines, and which adoptions cover a sink.

use std::collections::BTreeSet;

use super::*;
use crate::ledger::{Book, SinkName, SourceName, State};

fn head(site: &str, source: &str, sink: &str) -> Head {
    let source = SourceName {
        name: source.to_owned(),
        kind: "site".to_owned(),
    };
    let sink = SinkName {
        name: sink.to_owned(),
        kind: "linkedin".to_owned(),
    };
    let set = BTreeSet::from([site.to_owned()]);
    Head::new(set, BTreeSet::from([source]), BTreeSet::from([sink]))
}

fn known(head: Head, backfill: &[&str]) -> Kind {
    Kind::Known {
        head,
        backfill: keys(backfill),
    }
}

fn book(story: Vec<Kind>) -> Book {
    let events = story.into_iter().zip(1..).map(|(kind, at)| event(at, kind));
    events.collect()
}

fn names(names: &[&str]) -> Option<BTreeSet<String>> {
    Some(names.iter().map(|name| (*name).to_owned()).collect())
}

#[test]
fn head_and_later_additions_are_seen_together() {
    let created = Kind::Created {
        head: head("a.org", "blog", "linkedin"),
    };
    let seen = book(vec![created, known(head("b.org", "notes", "page"), &[])]).seen();
    assert_eq!(Some(seen.sites), names(&["a.org", "b.org"]));
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
    let seen = book(story).seen();
    assert_eq!(seen.sources, names(&["blog"]));
    assert_eq!(seen.sinks, names(&["linkedin"]));
    assert!(!seen.is_stated && seen.sites.is_empty());
    let bare = book(vec![created(), adopted(&["https://a.org/x"], None)]).seen();
    assert_eq!((bare.sources, bare.sinks), (None, None));
}

#[test]
fn backfilled_sink_is_free_of_earlier_adoptions() {
    let story = vec![
        created(),
        adopted(&["k"], None),
        adopted(&["j"], Some("page")),
        known(head("a.org", "blog", "page"), &["page"]),
        adopted(&["l"], None),
    ];
    let book = book(story);
    let state = |key, sink| book.state(&keys(&[key]), sink);
    assert_eq!(state("k", "page"), State::New);
    assert!(matches!(state("k", "linkedin"), State::Adopted { .. }));
    assert!(matches!(state("j", "page"), State::Adopted { .. }));
    assert!(matches!(state("l", "page"), State::Adopted { .. }));
}

#[test]
fn ledger_of_a_merge_has_the_id_of_the_earliest() {
    let book = book(vec![created(), created()]);
    assert_eq!(book.ledger_ids(), ["0001-created", "0002-created"]);
}

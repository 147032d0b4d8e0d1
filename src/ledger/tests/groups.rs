//! Tests of the grouping of events: ids rank above URLs, URLs above paths.

use super::*;
use crate::ledger::{DeliveryState, LedgerState};

const ONE: &str = "https://a.org/1";
const TWO: &str = "https://a.org/2";
const PATH: &str = "blog:latest.md";

fn ledger_state(story: Vec<EventKind>) -> LedgerState {
    let events = story.into_iter().zip(1..).map(|(kind, at)| event(at, kind));
    events.collect()
}

/// Returns `true` if the item with these keys counts as sent, with the lines in any order.
fn is_sent(story: &[EventKind], known_by: &[&str]) -> bool {
    let events: Vec<Event> = story
        .iter()
        .cloned()
        .zip(1..)
        .map(|(kind, at)| event(at, kind))
        .collect();
    let forth: LedgerState = events.iter().cloned().collect();
    let mut back = LedgerState::default();
    for event in events.into_iter().rev() {
        back.insert(event);
    }
    let state = |ledger_state: &LedgerState| ledger_state.state(&keys(known_by), "linkedin");
    assert_eq!(state(&forth), state(&back), "{known_by:?}");
    matches!(state(&forth), DeliveryState::Sent { .. })
}

fn sent_as(known_by: &[&str]) -> EventKind {
    sent(attempt("a", known_by, "linkedin"))
}

#[test]
fn path_joins_only_without_an_address() {
    let story = [sent_as(&[ONE, PATH])];
    for (known_by, expected) in [
        (&[ONE, PATH][..], true),
        (&[ONE, "blog:other.md"], true),
        (&[TWO, PATH], false),
        (&[PATH], true),
        (&["https://A.org/1/index.html"], true),
    ] {
        assert_eq!(is_sent(&story, known_by), expected, "{known_by:?}");
    }
    assert!(is_sent(&[sent_as(&[PATH])], &[TWO, PATH]));
}

#[test]
fn reused_path_belongs_to_last_post() {
    let failed_two = failed(attempt("b", &[TWO, PATH], "linkedin"));
    let story = [sent_as(&[ONE, PATH]), failed_two];
    assert!(is_sent(&story, &[ONE]));
    assert!(!is_sent(&story, &[TWO, PATH]));
    assert!(
        !is_sent(&story, &[PATH]),
        "the path is the second post's now"
    );
}

#[test]
fn moved_joins_by_the_keys_it_names() {
    let story = [
        sent_as(&[ONE, PATH]),
        moved(&[TWO, "blog:new.md"], Some(&[ONE])),
    ];
    assert!(is_sent(&story, &[TWO]));
    assert!(is_sent(&story, &["blog:new.md"]));
    let apart = [sent_as(&[ONE, PATH]), moved(&[TWO, PATH], Some(&[]))];
    assert!(!is_sent(&apart, &[TWO, PATH]));
}

#[test]
fn moved_joins_events_of_later_time() {
    let story = [
        moved(&[TWO, "blog:new.md"], Some(&[ONE])),
        sent_as(&[ONE, PATH]),
    ];
    assert!(is_sent(&story, &[TWO]));
    let other = [
        moved(&[TWO, "blog:new.md"], Some(&[ONE])),
        sent_as(&["https://a.org/3", PATH]),
    ];
    assert!(!is_sent(&other, &[TWO]));
}

#[test]
fn moved_of_0_1_0_joins_by_its_path() {
    let story = [sent_as(&[ONE, PATH]), moved(&[TWO, PATH], None)];
    assert!(is_sent(&story, &[TWO]));
}

#[test]
fn author_ids_separate_posts_at_one_address() {
    let story = [sent_as(&[ONE, "id:first"])];
    assert!(!is_sent(&story, &[ONE, "id:second"]));
    assert!(is_sent(&story, &[TWO, "id:first"]));
    assert!(is_sent(&story, &[ONE]));
    let feed = [sent_as(&[ONE, "id:tag:a.org,2026:1"])];
    assert!(is_sent(&feed, &[ONE, "id:urn:uuid:2"]));
}

#[test]
fn id_given_later_keeps_the_record() {
    let story = [sent_as(&[ONE, PATH])];
    assert!(is_sent(&story, &[ONE, PATH, "id:named"]));
    let named = [
        sent_as(&[ONE, PATH]),
        moved(&[ONE, PATH, "id:named"], Some(&[ONE])),
    ];
    assert!(is_sent(&named, &[TWO, "blog:x.md", "id:named"]));
}

#[test]
fn new_id_at_used_address_separates() {
    let other = failed(attempt("b", &[ONE, PATH, "id:cakes"], "linkedin"));
    let story = [sent_as(&[ONE, PATH]), other];
    assert!(!is_sent(&story, &[ONE, PATH, "id:cakes"]));
    assert!(is_sent(&story, &[ONE]));
    assert!(
        is_sent(&[sent_as(&[ONE, "id:gone"])], &[ONE]),
        "an id may be deleted"
    );
}

#[test]
fn key_of_0_1_0_is_read_in_its_normal_form() {
    let story = [sent_as(&["https://a.org/u%CC%88", "blog:u\u{308}.md"])];
    assert!(is_sent(&story, &["https://a.org/%C3%BC"]));
    assert!(is_sent(&story, &["blog:\u{fc}.md"]));
}

#[test]
fn record_has_all_earlier_keys() {
    let ledger_state = ledger_state(vec![
        sent_as(&[ONE, PATH]),
        moved(&[TWO, "blog:new.md"], Some(&[ONE])),
    ]);
    let groups = ledger_state.groups_of(&keys(&[TWO]));
    let record = ledger_state.record(groups[0]);
    let urls: Vec<&str> = record.urls.iter().map(String::as_str).collect();
    assert_eq!((groups.len(), urls), (1, vec![ONE, TWO]));
    assert_eq!(record.paths.len(), 2);
}

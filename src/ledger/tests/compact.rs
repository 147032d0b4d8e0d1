//! A compacted ledger gives the same states as the whole one, alone and merged with any part of it.

use std::time::Duration;

use proptest::prelude::*;
use proptest::sample::subsequence;

use super::merge::{any_events, states};
use super::*;
use crate::ledger::compact::{agree, compact};
use crate::ledger::{JsonLines, LedgerState, LedgerStore as _};

fn later() -> Timestamp {
    Timestamp::from_second(1_900_000_000).unwrap()
}

/// Returns the names of the events that compaction keeps.
fn left(story: Vec<EventKind>) -> Vec<String> {
    let events = story.into_iter().zip(1..).map(|(kind, at)| event(at, kind));
    let kept = compact(&events.collect(), later());
    kept.iter().map(|event| event.id.clone()).collect()
}

#[test]
fn compact_keeps_finished_follow_ups() {
    let a = || attempt("a", &["k"], "linkedin");
    let sent = || EventKind::Sent {
        attempt: a().into(),
        remote: receipt("post-a"),
        follow_ups: vec!["reference".to_owned()],
    };
    let followed = EventKind::FollowedUp {
        attempt: a().into(),
        step: "reference".to_owned(),
        skipped: true,
    };
    assert_eq!(
        left(vec![intent(a()), sent(), followed]),
        ["0002-sent", "0003-followed_up"]
    );
    assert_eq!(
        left(vec![intent(a()), sent()]),
        ["0001-intent", "0002-sent"]
    );
}

#[test]
fn compact_keeps_decisive_events() {
    let a = || attempt("a", &["k"], "linkedin");
    let b = || attempt("b", &["k"], "linkedin");
    let seen = || Settlement::Sent { remote: None };
    for (story, expected) in [
        (vec![intent(a()), sent(a())], vec!["0002-sent"]),
        (
            vec![intent(a()), unknown(a()), settled(a(), seen())],
            vec!["0002-unknown", "0003-settled"],
        ),
        (
            vec![
                intent(a()),
                unknown(a()),
                settled(a(), Settlement::NotSent),
                intent(b()),
                sent(b()),
            ],
            vec!["0002-unknown", "0003-settled", "0005-sent"],
        ),
        (
            vec![sent(a()), updated(a()), updated(a())],
            vec!["0001-sent", "0003-updated"],
        ),
        // A repetition is kept as long as it overtakes a settlement.
        (
            vec![
                settled(a(), Settlement::Sent { remote: None }),
                settled(a(), Settlement::NotSent),
                probed(a()),
                intent(a()),
            ],
            vec!["0001-settled", "0002-settled", "0003-probed", "0004-intent"],
        ),
        // A repetition that overtakes a removed denial goes with it.
        (vec![probed(a()), failed(a()), sent(a())], vec!["0003-sent"]),
        (
            vec![
                intent(a()),
                settled(a(), Settlement::NotSent),
                probed(a()),
                settled(a(), seen()),
            ],
            vec!["0003-probed", "0004-settled"],
        ),
        // An open attempt keeps all its events.
        (
            vec![intent(a()), unknown(a()), probed(a())],
            vec!["0001-intent", "0002-unknown", "0003-probed"],
        ),
        // Repeated failures without an intent are reduced to one.
        (vec![failed(a()), failed(b())], vec!["0002-failed"]),
        (
            vec![
                failed(a()),
                failed(b()),
                intent(attempt("c", &["k"], "linkedin")),
                sent(attempt("c", &["k"], "linkedin")),
            ],
            vec!["0004-sent"],
        ),
        // A failure with an intent stays, and so does one with another key.
        (
            vec![intent(a()), failed(a()), failed(b())],
            vec!["0001-intent", "0002-failed", "0003-failed"],
        ),
        (
            vec![failed(attempt("a", &["k", "old"], "linkedin")), failed(b())],
            vec!["0001-failed", "0002-failed"],
        ),
        (
            vec![
                created(),
                adopted(&["k"], None),
                EventKind::Other("blessed".to_owned()),
            ],
            vec!["0001-created", "0002-adopted", "0003-blessed"],
        ),
    ] {
        let names: Vec<_> = story.iter().map(|kind| kind.name().to_owned()).collect();
        assert_eq!(left(story), expected, "{names:?}");
    }
}

#[tokio::test]
async fn compact_replaces_file_atomically() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("l.jsonl");
    let store = JsonLines::new(&path);
    store.create(event(1, created())).await.unwrap();
    let wait = Duration::from_secs(1);
    {
        let mut session = store.lock(wait).await.unwrap();
        let a = || attempt("a", &["k"], "linkedin");
        let story = vec![event(2, intent(a())), event(3, sent(a()))];
        session.append_all(story).await.unwrap();
    }
    let before = store.read().await.unwrap();
    assert_eq!(store.compact(later(), wait).await.unwrap(), (3, 2));
    let after = store.read().await.unwrap();
    assert!(agree(&before, &after));
    assert_eq!(store.compact(later(), wait).await.unwrap(), (2, 2));
    let files = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 1, "nothing is left beside it");
    let mut session = store.lock(wait).await.unwrap();
    session.append(event(9, created())).await.unwrap();
    drop(session);
    assert_eq!(store.read().await.unwrap().events().len(), 3);
}

proptest! {
    #[test]
    fn every_post_keeps_its_state_alone_and_in_any_merge(
        (events, part) in any_events().prop_flat_map(|events| {
            let part = subsequence(events.clone(), 0..=events.len());
            (Just(events), part)
        }),
    ) {
        // Ids are unique, as in real ledgers.
        let events: Vec<Event> = events
            .into_iter()
            .enumerate()
            .map(|(place, event)| Event { id: format!("{place}-{}", event.id), ..event })
            .collect();
        let part: Vec<Event> = events
            .iter()
            .filter(|event| part.iter().any(|of| event.id.ends_with(&of.id)))
            .cloned()
            .collect();
        let whole: LedgerState = events.iter().cloned().collect();
        let kept = compact(&whole, later());
        let small: LedgerState = kept.iter().cloned().collect();
        prop_assert!(agree(&whole, &small));
        prop_assert_eq!(states(&whole), states(&small));
        let merged: LedgerState = kept.into_iter().chain(part).collect();
        prop_assert_eq!(states(&whole), states(&merged));
        prop_assert_eq!(compact(&small, later()).len(), small.events().len(), "once is enough");
    }
}

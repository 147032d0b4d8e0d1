//! Tests of the send history and of rate limits.

use super::*;
use crate::ledger::{LedgerState, SendHistory};

fn send_history(story: Vec<EventKind>) -> SendHistory {
    let events = story.into_iter().zip(1..).map(|(kind, at)| event(at, kind));
    events.collect::<LedgerState>().send_history("linkedin")
}

fn throttled(id: &str, second: i64) -> EventKind {
    EventKind::Failed {
        attempt: attempt(id, &["k"], "linkedin").into(),
        code: "throttled".to_owned(),
        message: "enough".to_owned(),
        until: Some(event(second, created()).at),
        existing: None,
    }
}

#[test]
fn attempt_counts_from_its_request() {
    let a = || attempt("a", &["k"], "linkedin");
    let seen = || Settlement::Sent { remote: None };
    for (second, story) in [
        (Some(2), vec![intent(a()), sent(a())]),
        (Some(1), vec![intent(a())]),
        (
            Some(2),
            vec![intent(a()), unknown(a()), settled(a(), seen())],
        ),
        (
            Some(3),
            vec![intent(a()), unknown(a()), probed(a()), settled(a(), seen())],
        ),
        (Some(1), vec![sent(a()), retracted(a())]),
        (Some(1), vec![sent(a()), updated(a())]),
        (Some(1), vec![settled(a(), seen())]),
        (None, vec![intent(a()), failed(a())]),
        (None, vec![intent(a()), settled(a(), Settlement::NotSent)]),
        (None, vec![sent(attempt("a", &["k"], "mastodon"))]),
        (None, vec![adopted(&["k"], None)]),
    ] {
        let names: Vec<_> = story.iter().map(|kind| kind.name().to_owned()).collect();
        let expected = second.map(|second| event(second, created()).at);
        assert_eq!(send_history(story).last(), expected, "{names:?}");
    }
}

#[test]
fn since_counts_new_attempts_only() {
    let a = || attempt("a", &["k"], "linkedin");
    let b = || attempt("b", &["l"], "linkedin");
    let before = send_history(vec![intent(a())]);
    let after = send_history(vec![intent(a()), sent(a()), intent(b()), sent(b())]);
    assert_eq!(after.since(&before), 1);
    assert_eq!(after.since(&SendHistory::default()), 2);
}

#[test]
fn throttle_ends_with_next_success() {
    let b = || attempt("b", &["l"], "linkedin");
    let until = |story| send_history(story).throttled.map(|(until, _)| until);
    let ninth = Some(event(9, created()).at);
    assert_eq!(until(vec![throttled("a", 9)]), ninth);
    assert_eq!(until(vec![sent(b()), throttled("a", 9)]), ninth);
    assert_eq!(until(vec![throttled("a", 9), sent(b())]), None);
    assert_eq!(until(vec![throttled("a", 7), throttled("c", 9)]), ninth);
    assert_eq!(until(vec![failed(b())]), None);
}

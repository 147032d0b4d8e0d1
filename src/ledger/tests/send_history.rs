//! Tests of the send history and of rate limits.

use proptest::prelude::*;

use super::merge::any_events;
use super::*;
use crate::ledger::{LedgerState, SendHistory};

fn after(story: Vec<EventKind>) -> LedgerState {
    let events = story.into_iter().zip(1..).map(|(kind, at)| event(at, kind));
    events.collect()
}

fn send_history(story: Vec<EventKind>) -> SendHistory {
    after(story).send_history("linkedin")
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
        assert_eq!(after(story).last_sent("linkedin"), expected, "{names:?}");
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
    let until = |story| after(story).throttled("linkedin").map(|(until, _)| until);
    let ninth = Some(event(9, created()).at);
    assert_eq!(until(vec![throttled("a", 9)]), ninth);
    assert_eq!(until(vec![sent(b()), throttled("a", 9)]), ninth);
    assert_eq!(until(vec![throttled("a", 9), sent(b())]), None);
    assert_eq!(until(vec![throttled("a", 7), throttled("c", 9)]), ninth);
    assert_eq!(until(vec![failed(b())]), None);
}

/// Returns everything that limits the posts of a sink.
fn limits(ledger_state: &LedgerState, sink: &str) -> String {
    let after = |second| ledger_state.sent_after(sink, event(second, created()).at);
    let (last, throttled) = (ledger_state.last_sent(sink), ledger_state.throttled(sink));
    format!(
        "{last:?} {throttled:?} {:?}",
        [after(0), after(3), after(6)]
    )
}

proptest! {
    #[test]
    fn send_index_follows_each_event(
        events in any_events(),
        throttles in proptest::collection::vec(0..6_i64, 0..3),
    ) {
        let throttles = throttles.into_iter().map(|at| event(at, throttled("c", at + 2)));
        let events = throttles.chain(events);
        let mut grown = LedgerState::default();
        for (place, event) in events.enumerate() {
            grown.insert(Event { id: format!("{place}-{}", event.id), ..event });
            let made: LedgerState = grown.events().into_iter().cloned().collect();
            for sink in ["linkedin", "s", "t"] {
                prop_assert_eq!(limits(&grown, sink), limits(&made, sink));
                let out = made.send_history(sink).out;
                prop_assert_eq!(grown.last_sent(sink), out.iter().map(|(_, at)| *at).max());
                prop_assert_eq!(grown.sent_after(sink, Timestamp::MIN), out.len());
            }
        }
    }
}

//! Tests of duplicate refusals, and of deliveries with two posts.

use super::*;
use crate::ledger::{DeliveryState, LedgerState};

fn ledger_state(story: Vec<EventKind>) -> LedgerState {
    let events = story.into_iter().zip(1..).map(|(kind, at)| event(at, kind));
    events.collect()
}

fn state(story: Vec<EventKind>) -> DeliveryState {
    ledger_state(story).state(&keys(&["k"]), "linkedin")
}

fn a() -> Attempt {
    attempt("a", &["k"], "linkedin")
}

fn b() -> Attempt {
    attempt("b", &["k"], "linkedin")
}

#[test]
fn duplicate_holds_the_delivery() {
    for existing in [Some("7"), None] {
        let found = state(vec![intent(a()), refused_as_equal(a(), existing)]);
        assert!(
            matches!(found, DeliveryState::Duplicate { .. }),
            "{found:?}"
        );
        assert!(found.is_on_record());
    }
}

#[test]
fn settled_duplicate_is_sent_or_new() {
    let there = Settlement::Sent {
        remote: Some(receipt("7")),
    };
    let found = state(vec![refused_as_equal(a(), Some("7")), settled(a(), there)]);
    assert!(matches!(found, DeliveryState::Sent { .. }), "{found:?}");
    let found = state(vec![
        refused_as_equal(a(), Some("7")),
        settled(a(), Settlement::NotSent),
    ]);
    assert_eq!(found, DeliveryState::New);
}

#[test]
fn duplicate_of_a_retracted_post_is_a_failure() {
    let story = |existing| {
        state(vec![
            sent(a()),
            retracted(a()),
            refused_as_equal(b(), Some(existing)),
        ])
    };
    assert!(matches!(story("post-a"), DeliveryState::Retracted { .. }));
    assert!(matches!(story("another"), DeliveryState::Duplicate { .. }));
}

#[test]
fn named_post_beats_a_later_denial() {
    let there = || Settlement::Sent {
        remote: Some(receipt("7")),
    };
    for story in [
        vec![
            unknown(a()),
            settled(a(), there()),
            settled(a(), Settlement::NotSent),
        ],
        vec![
            unknown(a()),
            settled(a(), Settlement::NotSent),
            settled(a(), there()),
        ],
    ] {
        assert!(matches!(state(story), DeliveryState::Sent { .. }));
    }
    let unnamed = Settlement::Sent { remote: None };
    let story = vec![
        unknown(a()),
        settled(a(), unnamed),
        settled(a(), Settlement::NotSent),
    ];
    assert_eq!(state(story), DeliveryState::New, "the last word counts");
}

#[test]
fn request_after_denial_reopens_attempt() {
    let story = vec![intent(a()), settled(a(), Settlement::NotSent), probed(a())];
    assert!(matches!(state(story), DeliveryState::Unknown { .. }));
    let story = vec![intent(a()), probed(a()), settled(a(), Settlement::NotSent)];
    assert_eq!(state(story), DeliveryState::New);
}

#[test]
fn two_posts_of_one_delivery_are_both_known() {
    let ledger_state = ledger_state(vec![sent(a()), sent(b())]);
    let groups = ledger_state.groups_of(&keys(&["k"]));
    assert_eq!(
        ledger_state.live_posts(&groups, "linkedin"),
        ["post-a", "post-b"]
    );
}

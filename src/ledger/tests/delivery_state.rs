//! What a delivery's events come to, one story a row.

use super::*;
use crate::ledger::{DeliveryState, LedgerState};

fn state(story: Vec<EventKind>) -> DeliveryState {
    let events = story.into_iter().zip(1..).map(|(kind, at)| event(at, kind));
    events
        .collect::<LedgerState>()
        .state(&keys(&["k"]), "linkedin")
}

/// A state in a word, and the attempt that it is about.
fn word(state: &DeliveryState) -> String {
    match state {
        DeliveryState::New => "new".to_owned(),
        DeliveryState::Adopted { .. } => "adopted".to_owned(),
        DeliveryState::Sent { attempt, .. } => format!("sent {}", attempt.id),
        DeliveryState::Unknown { attempt, .. } => format!("unknown {}", attempt.id),
        DeliveryState::Duplicate { attempt, .. } => format!("duplicate {}", attempt.id),
        DeliveryState::Failed { attempt, .. } => format!("failed {}", attempt.id),
        DeliveryState::Retracted { attempt, .. } => format!("retracted {}", attempt.id),
    }
}

#[test]
fn every_story_comes_to_its_state() {
    let a = || attempt("a", &["k"], "linkedin");
    let b = || attempt("b", &["k"], "linkedin");
    let seen = || Settlement::Sent { remote: None };
    let stories = [
        ("new", vec![]),
        ("new", vec![created()]),
        ("adopted", vec![adopted(&["k"], None)]),
        ("adopted", vec![adopted(&["k"], Some("linkedin"))]),
        ("new", vec![adopted(&["k"], Some("mastodon"))]),
        ("unknown a", vec![intent(a())]),
        ("sent a", vec![intent(a()), sent(a())]),
        ("failed a", vec![intent(a()), failed(a())]),
        ("unknown a", vec![intent(a()), unknown(a())]),
        ("failed a", vec![failed(a())]),
        ("unknown b", vec![intent(a()), failed(a()), intent(b())]),
        ("failed b", vec![failed(a()), failed(b())]),
        (
            "sent b",
            vec![intent(a()), failed(a()), intent(b()), sent(b())],
        ),
        // What was sent stays sent, whatever else was tried.
        ("sent a", vec![sent(a()), intent(b()), failed(b())]),
        ("sent a", vec![sent(a()), unknown(b())]),
        ("sent b", vec![unknown(a()), sent(b())]),
        ("sent a", vec![sent(a()), adopted(&["k"], None)]),
        ("sent a", vec![failed(a()), sent(a())]),
        // A doubt is not lifted by a later failure.
        ("unknown a", vec![unknown(a()), failed(b())]),
        ("unknown a", vec![unknown(a()), failed(a())]),
        ("unknown a", vec![unknown(a()), adopted(&["k"], None)]),
        // It is by a person, who may be wrong at first.
        ("sent a", vec![unknown(a()), settled(a(), seen())]),
        ("new", vec![unknown(a()), settled(a(), Settlement::NotSent)]),
        ("new", vec![intent(a()), settled(a(), Settlement::NotSent)]),
        (
            "new",
            vec![settled(a(), seen()), settled(a(), Settlement::NotSent)],
        ),
        (
            "sent a",
            vec![settled(a(), Settlement::NotSent), settled(a(), seen())],
        ),
        ("sent a", vec![sent(a()), settled(a(), Settlement::NotSent)]),
        (
            "unknown b",
            vec![unknown(a()), settled(a(), Settlement::NotSent), intent(b())],
        ),
        // An adopted item that was sent by name, in vain, is still not sent by itself.
        (
            "adopted",
            vec![adopted(&["k"], None), intent(a()), failed(a())],
        ),
        ("adopted", vec![failed(a()), adopted(&["k"], None)]),
        // Only the post that was taken back is gone.
        ("retracted a", vec![sent(a()), retracted(a())]),
        ("retracted a", vec![settled(a(), seen()), retracted(a())]),
        ("sent b", vec![sent(a()), retracted(a()), sent(b())]),
        ("sent b", vec![sent(a()), sent(b()), retracted(a())]),
        ("unknown b", vec![sent(a()), retracted(a()), intent(b())]),
        ("retracted a", vec![sent(a()), retracted(a()), failed(b())]),
        // A repetition for the sake of its answer is as open as the request itself.
        ("unknown a", vec![intent(a()), probed(a())]),
        ("unknown a", vec![probed(a())]),
        (
            "sent a",
            vec![intent(a()), unknown(a()), probed(a()), settled(a(), seen())],
        ),
        // What was changed in place is there.
        ("sent a", vec![sent(a()), updated(a())]),
        ("sent a", vec![updated(a())]),
        ("retracted a", vec![sent(a()), retracted(a()), updated(a())]),
        ("new", vec![EventKind::Other("blessed".to_owned())]),
    ];
    for (expected, story) in stories {
        let names: Vec<_> = story.iter().map(|kind| kind.name().to_owned()).collect();
        assert_eq!(word(&state(story)), expected, "{names:?}");
    }
}

#[test]
fn a_state_tells_what_the_engine_needs() {
    let a = || attempt("a", &["k"], "linkedin");
    let DeliveryState::Sent {
        at,
        attempt,
        receipt: found,
        updated: None,
    } = state(vec![intent(a()), sent(a())])
    else {
        panic!("it was sent");
    };
    assert_eq!(at, event(2, created()).at);
    assert_eq!(attempt.hash, "sha256:a");
    assert_eq!(found, Some(receipt("post-a")));

    let DeliveryState::Failed { code, message, .. } = state(vec![failed(a())]) else {
        panic!("it failed");
    };
    assert_eq!(
        (code.as_str(), message.as_str()),
        ("unavailable", "no route to host")
    );

    let DeliveryState::Unknown { message, .. } = state(vec![intent(a())]) else {
        panic!("it is unknown");
    };
    assert!(message.contains("the run ended"), "{message}");
}

#[test]
fn a_changed_post_is_known_by_what_it_says_now_and_by_its_receipt() {
    let mut edited = attempt("a", &["k"], "linkedin");
    edited.hash = "sha256:edited".to_owned();
    let a = || attempt("a", &["k"], "linkedin");
    let seen = Settlement::Sent {
        remote: Some(receipt("post-a")),
    };
    for first in [sent(a()), settled(a(), seen)] {
        let DeliveryState::Sent {
            attempt,
            receipt: found,
            updated,
            ..
        } = state(vec![first, updated(edited.clone())])
        else {
            panic!("it was sent");
        };
        assert_eq!(attempt.hash, "sha256:edited");
        assert_eq!(found, Some(receipt("post-a")));
        assert_eq!(updated, Some(event(2, created()).at));
    }
}

#[test]
fn an_item_is_known_if_any_key_is() {
    let ledger_state: LedgerState = [
        event(1, adopted(&["https://a.org/old", "blog:a.md"], None)),
        event(2, moved(&["https://a.org/new", "blog:a.md"], None)),
        event(
            3,
            sent(attempt(
                "a",
                &["https://a.org/new", "blog:a.md"],
                "linkedin",
            )),
        ),
        event(4, sent(attempt("b", &["https://b.org/x"], "linkedin"))),
    ]
    .into_iter()
    .collect();
    let word_for = |known_by: &[&str], sink| word(&ledger_state.state(&keys(known_by), sink));

    assert_eq!(word_for(&["https://a.org/new"], "linkedin"), "sent a");
    assert_eq!(
        word_for(&["https://a.org/old"], "linkedin"),
        "sent a",
        "by way of its file"
    );
    assert_eq!(
        word_for(&["id:7", "https://a.org/old"], "linkedin"),
        "sent a"
    );
    assert_eq!(word_for(&["https://a.org/new"], "mastodon"), "adopted");
    assert_eq!(
        word_for(&["https://c.org/", "https://b.org/x"], "linkedin"),
        "sent b"
    );
    assert_eq!(word_for(&["https://c.org/"], "linkedin"), "new");
    assert_eq!(word_for(&[], "linkedin"), "new");
}

#[test]
fn the_item_in_question_may_join_what_the_ledger_holds_apart() {
    let ledger_state: LedgerState = [
        event(1, sent(attempt("a", &["https://a.org/old"], "linkedin"))),
        event(2, failed(attempt("b", &["blog:a.md"], "linkedin"))),
    ]
    .into_iter()
    .collect();
    let both = ledger_state.state(&keys(&["blog:a.md", "https://a.org/old"]), "linkedin");
    assert_eq!(word(&both), "sent a");
}

#[test]
fn what_a_later_version_wrote_still_makes_an_alias_known() {
    let line = br#"{"v":1,"id":"x","at":"2027-01-15T08:00:09Z","kind":"blessed","sink":"linkedin","keys":["old","new"]}"#;
    let mut ledger_state: LedgerState = [event(1, sent(attempt("a", &["old"], "linkedin")))]
        .into_iter()
        .collect();
    ledger_state.insert(crate::ledger::wire::parse(line).unwrap());
    assert_eq!(
        word(&ledger_state.state(&keys(&["new"]), "linkedin")),
        "sent a"
    );
}

#[test]
fn repetition_without_answer_is_claimed() {
    let a = || attempt("a", &["k"], "linkedin");
    let own = Claim::new("run-2", jiff::Timestamp::UNIX_EPOCH);
    let repeated = || EventKind::Probed {
        attempt: a(),
        claim: own.clone(),
    };
    let not_sent = || settled(a(), Settlement::NotSent);
    for (story, expected) in [
        (vec![intent(a()), unknown(a())], None),
        (vec![intent(a()), unknown(a()), repeated()], Some(&own)),
        (
            vec![intent(a()), unknown(a()), repeated(), unknown(a())],
            None,
        ),
        (
            vec![intent(a()), unknown(a()), repeated(), failed(a())],
            None,
        ),
        (vec![unknown(a()), not_sent(), repeated()], Some(&own)),
    ] {
        let DeliveryState::Unknown { claim, message, .. } = state(story) else {
            panic!("the doubt about the first request stays");
        };
        assert_eq!(claim.as_ref(), expected);
        assert_eq!(message, "the connection broke");
    }
}

//! Tests of the state that results from a delivery's events, one sequence per row.

use super::*;
use crate::ledger::{DeliveryState, LedgerState};

fn state(story: Vec<EventKind>) -> DeliveryState {
    let events = story.into_iter().zip(1..).map(|(kind, at)| event(at, kind));
    events
        .collect::<LedgerState>()
        .state(&keys(&["k"]), "linkedin")
}

/// Returns the name of a state with its attempt.
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
fn state_of_each_event_sequence() {
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
        // A sent post stays sent, regardless of other attempts.
        ("sent a", vec![sent(a()), intent(b()), failed(b())]),
        ("sent a", vec![sent(a()), unknown(b())]),
        ("sent b", vec![unknown(a()), sent(b())]),
        ("sent a", vec![sent(a()), adopted(&["k"], None)]),
        ("sent a", vec![failed(a()), sent(a())]),
        // A later failure does not settle an unknown attempt.
        ("unknown a", vec![unknown(a()), failed(b())]),
        ("unknown a", vec![unknown(a()), failed(a())]),
        ("unknown a", vec![unknown(a()), adopted(&["k"], None)]),
        // The user settles it, and may correct a mistake.
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
        // An adopted item whose explicit sending failed is still not sent automatically.
        (
            "adopted",
            vec![adopted(&["k"], None), intent(a()), failed(a())],
        ),
        ("adopted", vec![failed(a()), adopted(&["k"], None)]),
        // Only the retracted post is gone.
        ("retracted a", vec![sent(a()), retracted(a())]),
        ("retracted a", vec![settled(a(), seen()), retracted(a())]),
        ("sent b", vec![sent(a()), retracted(a()), sent(b())]),
        ("sent b", vec![sent(a()), sent(b()), retracted(a())]),
        ("unknown b", vec![sent(a()), retracted(a()), intent(b())]),
        ("retracted a", vec![sent(a()), retracted(a()), failed(b())]),
        // A repeated request leaves the attempt open, like the first one.
        ("unknown a", vec![intent(a()), probed(a())]),
        ("unknown a", vec![probed(a())]),
        (
            "sent a",
            vec![intent(a()), unknown(a()), probed(a()), settled(a(), seen())],
        ),
        // An updated post is still sent.
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
fn state_has_attempt_and_receipt() {
    let a = || attempt("a", &["k"], "linkedin");
    let DeliveryState::Sent {
        at,
        attempt,
        receipt: found,
        updated: None,
        follow_ups: _,
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
fn updated_post_has_new_digests() {
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
fn item_is_known_by_any_key() {
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
fn query_keys_join_separate_groups() {
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
fn alias_in_unknown_kind_is_known() {
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
        attempt: a().into(),
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

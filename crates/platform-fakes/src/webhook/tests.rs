//! Tests of the receiver, without a port and with a fixed clock.

use axum::http::Method;
use jiff::{SignedDuration, Timestamp};

use super::Receiver;
use crate::answer::Answer;
use crate::request::Request;

const SIGNATURE: &str = "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=";

fn noon() -> Timestamp {
    "2026-11-28T12:00:00Z".parse().unwrap()
}

fn delivery() -> Request {
    Request::bare(Method::POST, "/hook")
        .with_body("application/json", "{\"a\": 1}\n")
        .with("webhook-id", "msg_1")
        .with("webhook-timestamp", &noon().as_second().to_string())
        .with("webhook-signature", SIGNATURE)
}

#[test]
fn deliveries_are_refused() {
    let at = |offset: i64| (noon().as_second() + offset).to_string();
    for (name, request, status, reason) in [
        (
            "a GET",
            Request::bare(Method::GET, "/hook"),
            405,
            "a webhook is a POST",
        ),
        (
            "no type",
            delivery().without("content-type"),
            415,
            "the delivery has no Content-Type",
        ),
        (
            "no JSON",
            delivery().with_body("application/json", "a"),
            400,
            "the delivery is not JSON",
        ),
        (
            "no id",
            delivery().without("webhook-id"),
            400,
            "webhook-id is missing",
        ),
        (
            "an id with a full stop",
            delivery().with("webhook-id", "a.b"),
            400,
            "webhook-id must not contain a full stop",
        ),
        (
            "no time",
            delivery().without("webhook-timestamp"),
            400,
            "webhook-timestamp is missing",
        ),
        (
            "another time format",
            delivery().with("webhook-timestamp", "2026-11-28T12:00:00Z"),
            400,
            "webhook-timestamp must be seconds since 1970",
        ),
        (
            "an old time",
            delivery().with("webhook-timestamp", &at(-301)),
            400,
            "webhook-timestamp differs from the time by more than five minutes",
        ),
        (
            "a time in milliseconds",
            delivery().with("webhook-timestamp", &noon().as_millisecond().to_string()),
            400,
            "webhook-timestamp is out of range",
        ),
        (
            "no signature",
            delivery().without("webhook-signature"),
            400,
            "webhook-signature is missing",
        ),
        (
            "a signature without a version",
            delivery().with("webhook-signature", &SIGNATURE[3..]),
            400,
            "webhook-signature must be a list of `v1,` and 32 bytes in Base64",
        ),
        (
            "a signature in hex",
            delivery().with("webhook-signature", &format!("v1,{}", "ab".repeat(32))),
            400,
            "webhook-signature must be a list of `v1,` and 32 bytes in Base64",
        ),
    ] {
        let mut receiver = Receiver::new();
        let answer = receiver.receive(&request, noon());
        assert_eq!(
            (answer.status.as_u16(), answer.content().as_str()),
            (status, reason),
            "{name}"
        );
        assert!(receiver.deliveries.is_empty(), "{name}");
    }
}

#[test]
fn deliveries_are_kept_verbatim() {
    let at = |offset: i64| (noon().as_second() + offset).to_string();
    for request in [
        delivery(),
        delivery().with("webhook-timestamp", &at(300)),
        delivery().with("webhook-signature", &format!("{SIGNATURE} {SIGNATURE}")),
        delivery().with_body("text/plain", "a"),
    ] {
        let mut receiver = Receiver::new();
        assert_eq!(receiver.receive(&request, noon()).status, 204);
        let [kept] = receiver.deliveries.as_slice() else {
            panic!("one delivery");
        };
        assert_eq!((kept.id.as_str(), kept.is_repeat), ("msg_1", false));
        assert_eq!(kept.request.body, request.body);
        assert_eq!(kept.request.headers, request.headers);
    }
}

#[test]
fn repeats_have_no_effect_while_ids_are_kept() {
    let repeats = |mut receiver: Receiver| -> Vec<bool> {
        for seconds in [0, 59, 60] {
            let now = noon() + SignedDuration::from_secs(seconds);
            receiver.receive(&delivery(), now);
        }
        receiver
            .deliveries
            .iter()
            .map(|one| one.is_repeat)
            .collect()
    };
    assert_eq!(repeats(Receiver::new()), [false, false, false]);
    let minute = SignedDuration::from_mins(1);
    assert_eq!(
        repeats(Receiver::new().with_ids_kept(minute)),
        [false, true, false]
    );
}

#[test]
fn answer_and_signature_are_optional() {
    let answer = Answer::text(202, "queued");
    let mut receiver = Receiver::new().unsigned().with_answer(answer.clone());
    let bare = Request::bare(Method::POST, "/").with_body("application/json", "{}");
    assert_eq!(receiver.receive(&bare, noon()), answer);
}

//! `Idempotency-Key` and its known defects.

use axum::http::Method;
use serde_json::json;

use super::{Server, call, id, post};
use crate::mastodon::{IdempotencyKeys, Mastodon};

#[test]
fn key_returns_the_first_post_for_an_hour() {
    let mut server = Server::new();
    let keyed = |text: &str| post(&json!({"status": text})).with("idempotency-key", "k");
    let first = server.send(&keyed("hi"));
    server.advance(3599);
    let again = server.send(&keyed("another text"));
    assert_eq!(again.status, 200);
    assert_eq!(again.value(), first.value());
    server.advance(1);
    let late = server.send(&keyed("hi"));
    assert_ne!(id(&late), id(&first));
    assert_eq!(server.mastodon.statuses.len(), 2);
    assert_eq!(
        server.mastodon.statuses[0].idempotency_key.as_deref(),
        Some("k")
    );
}

#[test]
fn refused_request_keeps_no_key() {
    let mut server = Server::new();
    let refused = post(&json!({"status": ""})).with("idempotency-key", "k");
    assert_eq!(server.send(&refused).status, 422);
    let valid = post(&json!({"status": "hi"})).with("idempotency-key", "k");
    assert_eq!(server.send(&valid).value()["content"], "<p>hi</p>");
}

#[test]
fn key_of_a_deleted_post_is_not_found() {
    let mut server = Server::new();
    let keyed = post(&json!({"status": "hi"})).with("idempotency-key", "k");
    let target = format!("/api/v1/statuses/{}", id(&server.send(&keyed)));
    server.send(&call(Method::DELETE, &target));
    assert_eq!(server.send(&keyed).status, 404);
    assert!(server.mastodon.statuses.is_empty());
}

#[test]
fn repeat_can_fail_although_post_exists() {
    let defect = Mastodon::new().with_idempotency_keys(IdempotencyKeys::RepeatFails);
    let mut server = Server::of(defect);
    let keyed = post(&json!({"status": "hi"})).with("idempotency-key", "k");
    assert_eq!(server.send(&keyed).status, 200);
    assert_eq!(server.send(&keyed).status, 500);
    assert_eq!(server.mastodon.statuses.len(), 1);
}

#[test]
fn key_can_be_ignored() {
    let other = Mastodon::new().with_idempotency_keys(IdempotencyKeys::Ignored);
    let mut server = Server::of(other);
    let keyed = post(&json!({"status": "hi"})).with("idempotency-key", "k");
    server.send(&keyed);
    assert_eq!(server.send(&keyed).status, 200);
    assert_eq!(server.mastodon.statuses.len(), 2);
}

#[test]
fn key_of_scheduled_post_is_ignored() {
    let mut server = Server::new();
    let body = json!({"status": "hi", "scheduled_at": "2026-11-28T13:00:00Z"});
    let keyed = post(&body).with("idempotency-key", "k");
    server.send(&keyed);
    assert_eq!(server.send(&keyed).status, 200);
    assert_eq!(server.mastodon.scheduled.len(), 2);
}

//! Requests that Discord must accept, and their answers.

use axum::http::Method;
use serde_json::{Value, json};

use super::{Webhook, call, post};
use crate::discord::Discord;

/// Returns an embed with all fields, each as large as possible.
fn embed() -> Value {
    json!({
        "title": format!("  {}  ", "x".repeat(256)),
        "description": "x".repeat(4096),
        "url": "https://example.org/a",
        "timestamp": "2026-11-28T12:00:00Z",
        "color": 0xFF_FFFF,
        "image": {"url": "https://example.org/a.png"},
        "thumbnail": {"url": "attachment://a.png"},
        "author": {"name": "Alice", "url": "https://example.org/", "icon_url": null},
        "footer": {"text": "example.org"},
        "fields": [{"name": "a", "value": "b", "inline": true}],
    })
}

#[test]
fn message_is_returned_if_waited_for() {
    let mut webhook = Webhook::new();
    let body = json!({"content": "x".repeat(2000), "embeds": [embed()], "username": "News of us",
                      "allowed_mentions": {"parse": []}, "flags": 4096});
    let answer = webhook.send(&post("?wait=true", &body));
    assert_eq!(answer.status, 200, "{}", answer.content());
    let value = answer.value();
    assert_eq!(value["id"], "1443900000000000001");
    assert_eq!(value["author"]["username"], "News of us");
    assert_eq!(value["embeds"], json!([embed()]));
    assert_eq!(value["timestamp"], "2026-11-28T12:00:01.500000Z");
    let answer = webhook.send(&post("", &json!({"content": "hi"})));
    assert_eq!(
        (answer.status.as_u16(), answer.content().as_str()),
        (204, "")
    );
    assert_eq!(webhook.discord.messages.len(), 2);
    let stored = &webhook.discord.messages[0];
    assert_eq!(stored.allowed_mentions, Some(json!({"parse": []})));
}

#[test]
fn message_can_be_lost_without_wait() {
    let mut webhook = Webhook::of(Discord::new().with_lost_messages());
    let body = json!({"content": "hi"});
    assert_eq!(webhook.send(&post("?wait=false", &body)).status, 204);
    assert!(webhook.discord.messages.is_empty());
    webhook.post(&body);
    assert_eq!(webhook.discord.messages.len(), 1);
}

#[test]
fn message_is_edited_and_deleted() {
    let mut webhook = Webhook::new();
    let id = webhook
        .post(&json!({"content": "hi", "embeds": [embed()], "allowed_mentions": {"parse": []}}));
    let end = format!("/messages/{id}");
    let change = json!({"content": "@everyone"});
    let edited = webhook
        .send(&call(Method::PATCH, &end).with_json(&change))
        .value();
    assert_eq!(edited["content"], "@everyone");
    assert_eq!(edited["embeds"], json!([embed()]));
    assert_eq!(edited["edited_timestamp"], "2026-11-28T12:00:02.500000Z");
    assert_eq!(edited["mention_everyone"], true);
    let change = json!({"content": null, "allowed_mentions": {"parse": []}});
    let edited = webhook
        .send(&call(Method::PATCH, &end).with_json(&change))
        .value();
    assert_eq!(edited["content"], "");
    let empty = call(Method::PATCH, &end).with_json(&json!({"embeds": []}));
    assert_eq!(webhook.send(&empty).value()["code"], 50006);
    assert_eq!(
        webhook.send(&call(Method::GET, &end)).value()["id"],
        id.as_str()
    );
    assert_eq!(webhook.send(&call(Method::DELETE, &end)).status, 204);
    assert!(webhook.discord.messages.is_empty());
}

#[test]
fn mentions_notify_unless_forbidden() {
    let mut webhook = Webhook::new();
    for (body, notifies) in [
        (json!({"content": "hi @everyone"}), true),
        (
            json!({"content": "hi @here", "allowed_mentions": {"parse": ["everyone"]}}),
            true,
        ),
        (
            json!({"content": "hi @here", "allowed_mentions": {"parse": []}}),
            false,
        ),
        (
            json!({"content": "hi", "embeds": [{"title": "@everyone"}]}),
            false,
        ),
    ] {
        webhook.post(&body);
        let message = webhook.discord.messages.last().unwrap();
        assert_eq!(message.notifies_everyone(), notifies, "{body}");
    }
}

#[test]
fn forum_message_opens_a_thread() {
    let mut webhook = Webhook::of(Discord::new().in_forum());
    let id = webhook.post(&json!({"content": "hi", "thread_name": "A post"}));
    assert_eq!(
        webhook.discord.messages[0].thread_id.as_deref(),
        Some(id.as_str())
    );
    let end = format!("/messages/{id}");
    assert_eq!(webhook.send(&call(Method::GET, &end)).status, 404);
    let end = format!("{end}?thread_id={id}");
    assert_eq!(
        webhook.send(&call(Method::GET, &end)).value()["channel_id"],
        id.as_str()
    );
    let answer = format!("?thread_id={id}");
    assert_eq!(
        webhook
            .send(&post(&answer, &json!({"content": "ho"})))
            .status,
        204
    );
}

#[test]
fn webhook_has_a_name() {
    let answer = Webhook::new().send(&call(Method::GET, "")).value();
    assert_eq!(
        (&answer["name"], &answer["type"]),
        (&json!("News"), &json!(1))
    );
}

#[test]
fn lenient_webhook_ignores_fields() {
    let mut webhook = Webhook::of(Discord::new().with_lenience());
    let body = json!({"content": "hi", "embed": {}, "flags": 1});
    assert_eq!(webhook.send(&post("?wiat=true", &body)).status, 204);
}

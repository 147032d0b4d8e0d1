//! Requests that Slack must accept, and their answers.

use axum::http::Method;
use serde_json::{Value, json};

use super::{Workspace, call, hook, post, section};
use crate::request::Request;
use crate::slack::{CHANNEL, Slack};

/// Returns one block of each type, as large as it can be.
fn blocks() -> Value {
    let text = |length: usize| "x".repeat(length);
    let image =
        json!({"type": "image", "image_url": "https://example.org/a.png", "alt_text": text(2000)});
    json!([
        {"type": "header", "text": {"type": "plain_text", "text": text(150), "emoji": true}},
        section(&text(3000)),
        {"type": "section", "fields": [{"type": "mrkdwn", "text": text(2000)}], "accessory": image},
        {"type": "divider", "block_id": "b"},
        {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a",
         "title": {"type": "plain_text", "text": "a"}},
        {"type": "context", "elements": [image, {"type": "mrkdwn", "text": "a"}]},
        {"type": "actions", "elements": [{"type": "button", "url": "https://example.org/",
         "text": {"type": "plain_text", "text": text(75)}, "style": "primary"}]},
    ])
}

#[test]
fn webhook_answers_ok() {
    let mut workspace = Workspace::new();
    let body =
        json!({"text": "a &lt; b <https://a.io|c>", "blocks": blocks(), "unfurl_links": false});
    let answer = workspace.send(&hook(&body));
    assert_eq!(
        (answer.status.as_u16(), answer.content().as_str()),
        (200, "ok")
    );
    let [message] = workspace.slack.messages.as_slice() else {
        panic!("one message");
    };
    assert_eq!(message.text, "a &lt; b <https://a.io|c>");
    assert_eq!(message.unfurl_links, Some(false));
    assert_eq!(message.unfurl_media, None);
    assert!(message.by_webhook && message.mentions().is_empty());
}

#[test]
fn message_lists_its_mentions() {
    let mut workspace = Workspace::new();
    let body = json!({"text": "<!channel> &lt;!here&gt;", "blocks": [section("hi <@U1> <https://a.io|!>")]});
    workspace.send(&hook(&body));
    assert_eq!(
        workspace.slack.messages[0].mentions(),
        ["<!channel>", "<@U1>"]
    );
}

#[test]
fn method_posts_changes_deletes() {
    let mut workspace = Workspace::new();
    let answer = workspace.send(&post(&json!({"text": "a", "blocks": blocks()})));
    let body = answer.value();
    assert_eq!(body["ok"], true);
    assert_eq!(body["channel"], CHANNEL);
    assert_eq!(body["ts"], "1795867201.000001");
    let message = json!({"channel": CHANNEL, "ts": body["ts"]});
    let mut change = message.clone();
    change["text"] = "b".into();
    let changed = workspace.send(&call("chat.update", &change)).value();
    assert_eq!(changed["text"], "b");
    assert!(workspace.slack.messages[0].is_edited);
    assert_eq!(json!(workspace.slack.messages[0].blocks), blocks());
    change["blocks"] = json!([]);
    workspace.send(&call("chat.update", &change));
    assert!(workspace.slack.messages[0].blocks.is_empty());
    let deleted = workspace.send(&call("chat.delete", &message)).value();
    assert_eq!(deleted["ts"], body["ts"]);
    assert!(workspace.slack.messages.is_empty());
}

#[test]
fn method_takes_a_form() {
    let mut workspace = Workspace::new();
    let form =
        "channel=%23news&text=a&unfurl_links=false&blocks=%5B%7B%22type%22%3A%22divider%22%7D%5D";
    let request = post(&json!({})).with_body("application/x-www-form-urlencoded", form);
    assert_eq!(workspace.send(&request).value()["ok"], true);
    assert_eq!(
        workspace.slack.messages[0].blocks,
        [json!({"type": "divider"})]
    );
}

#[test]
fn webhook_message_cannot_change() {
    let mut workspace = Workspace::new();
    workspace.send(&hook(&json!({"text": "a"})));
    let ts = workspace.slack.messages[0].ts.clone();
    let message = json!({"channel": CHANNEL, "ts": ts});
    let mut change = message.clone();
    change["text"] = "b".into();
    let update = workspace.send(&call("chat.update", &change)).value();
    assert_eq!(update["error"], "cant_update_message");
    let delete = workspace.send(&call("chat.delete", &message)).value();
    assert_eq!(delete["error"], "cant_delete_message");
}

#[test]
fn token_has_an_identity() {
    let request = call("auth.test", &json!({}));
    let answer = Workspace::new().send(&request).value();
    assert_eq!(
        (&answer["team"], &answer["user"]),
        (&json!("Example"), &json!("news-bot"))
    );
    let other = Request::bare(Method::POST, "/api/auth.test");
    assert_eq!(Workspace::new().send(&other).value()["error"], "not_authed");
}

#[test]
fn lenient_workspace_takes_blocks_alone() {
    let mut workspace = Workspace::of(Slack::new().with_lenience());
    let body = json!({"blocks": [section("a")], "x": 1});
    assert_eq!(workspace.send(&hook(&body)).content(), "ok");
}

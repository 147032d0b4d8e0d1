//! Requests that Slack must refuse, each with the status and the error.

use axum::http::Method;
use serde_json::{Value, json};

use super::{Workspace, call, hook, post, section};
use crate::request::Request;
use crate::slack::{HookState, Slack, WEBHOOK_PATH};

const STRICT: &str = "";

#[test]
fn webhook_requests_are_refused() {
    let text = || json!({"text": "hi"});
    let at = |path: &str| Request::bare(Method::POST, path).with_json(&text());
    let raw = |media_type: &str, body: &str| {
        Request::bare(Method::POST, WEBHOOK_PATH).with_body(media_type, body)
    };
    for (name, request, status, error) in [
        (
            "a GET",
            Request::bare(Method::GET, WEBHOOK_PATH),
            405,
            "method_not_allowed",
        ),
        (
            "another team",
            at("/services/T9/B00000001/x"),
            404,
            "no_team",
        ),
        (
            "another service",
            at("/services/T00000001/B9/x"),
            404,
            "no_service",
        ),
        (
            "another secret",
            at("/services/T00000001/B00000001/x"),
            403,
            "invalid_token",
        ),
        (
            "no body",
            hook(&json!({})).without("content-type"),
            400,
            "invalid_payload",
        ),
        (
            "broken JSON",
            raw("application/json", "{"),
            400,
            "invalid_payload",
        ),
        (
            "a list",
            raw("application/json", "[]"),
            400,
            "invalid_payload",
        ),
        (
            "text",
            raw("text/plain", r#"{"text": "hi"}"#),
            400,
            "invalid_payload",
        ),
        ("no text", hook(&json!({})), 400, "no_text"),
        ("an empty text", hook(&json!({"text": ""})), 400, "no_text"),
        ("a number", hook(&json!({"text": 1})), 400, "no_text"),
        (
            "blocks that are an object",
            hook(&json!({"text": "a", "blocks": {}})),
            400,
            "invalid_blocks_format",
        ),
        (
            "an unknown block",
            hook(&json!({"text": "a", "blocks": [{"type": "x"}]})),
            400,
            "invalid_blocks",
        ),
        (
            "blocks without text",
            hook(&json!({"blocks": [section("a")]})),
            400,
            STRICT,
        ),
        (
            "a misspelt argument",
            hook(&json!({"text": "a", "unfurl_link": false})),
            400,
            STRICT,
        ),
        (
            "a flag as text",
            hook(&json!({"text": "a", "unfurl_links": "false"})),
            400,
            STRICT,
        ),
        (
            "a name, which app webhooks ignore",
            hook(&json!({"text": "a", "username": "b"})),
            400,
            STRICT,
        ),
        (
            "a long text",
            hook(&json!({"text": "x".repeat(40_001)})),
            400,
            STRICT,
        ),
    ] {
        let mut workspace = Workspace::new();
        let answer = workspace.send(&request);
        assert_eq!(answer.status, status, "{name}: {}", answer.content());
        if error == STRICT {
            assert!(answer.is_strict(), "{name}");
        } else {
            assert_eq!(answer.content(), error, "{name}");
            assert_eq!(
                answer.header("content-type"),
                Some("text/plain; charset=utf-8")
            );
        }
        assert!(workspace.slack.messages.is_empty(), "{name}");
    }
}

#[test]
fn broken_webhooks_are_refused() {
    for (state, status, error, method_error) in [
        (HookState::Revoked, 404, "no_service", None),
        (
            HookState::Archived,
            410,
            "channel_is_archived",
            Some("is_archived"),
        ),
        (
            HookState::Deleted,
            404,
            "channel_not_found",
            Some("channel_not_found"),
        ),
        (
            HookState::Prohibited,
            403,
            "action_prohibited",
            Some("restricted_action"),
        ),
    ] {
        let mut workspace = Workspace::of(Slack::new().with_hook(state));
        let answer = workspace.send(&hook(&json!({"text": "hi"})));
        assert_eq!(
            (answer.status.as_u16(), answer.content().as_str()),
            (status, error)
        );
        let answer = workspace.send(&post(&json!({"text": "hi"})));
        assert_eq!(answer.status, 200);
        assert_eq!(answer.value()["error"].as_str(), method_error);
    }
}

#[test]
fn methods_are_refused_with_status_200() {
    let ts = json!({"channel": "C0123456789", "ts": "1.000001", "text": "a"});
    let without_text = json!({"channel": "C0123456789", "ts": "1.000001"});
    for (name, request, error) in [
        (
            "no token",
            post(&json!({"text": "a"})).without("authorization"),
            "not_authed",
        ),
        (
            "another token",
            post(&json!({"text": "a"})).with("authorization", "Bearer x"),
            "invalid_auth",
        ),
        (
            "no channel",
            call("chat.postMessage", &json!({"text": "a"})),
            "channel_not_found",
        ),
        (
            "another channel",
            post(&json!({"text": "a", "channel": "C9"})),
            "channel_not_found",
        ),
        ("no text", post(&json!({})), "no_text"),
        (
            "an unknown block",
            post(&json!({"text": "a", "blocks": [{"type": "x"}]})),
            "invalid_blocks",
        ),
        (
            "a list",
            call("chat.postMessage", &json!([])),
            "json_not_object",
        ),
        (
            "broken JSON",
            post(&json!({})).with_body("application/json", "{"),
            "invalid_json",
        ),
        (
            "text",
            post(&json!({})).with_body("text/plain", "a"),
            "invalid_post_type",
        ),
        (
            "no message to change",
            call("chat.update", &ts),
            "message_not_found",
        ),
        (
            "a channel by its name",
            call(
                "chat.update",
                &json!({"channel": "#news", "ts": "1.000001", "text": "a"}),
            ),
            "channel_not_found",
        ),
        (
            "no message to delete",
            call("chat.delete", &without_text),
            "message_not_found",
        ),
        (
            "another method",
            call("chat.post", &json!({})),
            "unknown_method",
        ),
    ] {
        let mut workspace = Workspace::new();
        let answer = workspace.send(&request);
        assert_eq!(answer.status, 200, "{name}");
        assert_eq!(answer.value()["ok"], false, "{name}");
        assert_eq!(answer.value()["error"], error, "{name}");
        assert!(workspace.slack.messages.is_empty(), "{name}");
    }
    let mut stranger = Workspace::of(Slack::new().without_membership());
    let answer = stranger.send(&post(&json!({"text": "a"})));
    assert_eq!(answer.value()["error"], "not_in_channel");
}

#[test]
fn blocks_are_refused() {
    let text = |length: usize| "x".repeat(length);
    let plain = |length: usize| json!({"type": "plain_text", "text": text(length)});
    let image = json!({"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a"});
    let without_alt = json!({"type": "image", "image_url": "https://example.org/a.png"});
    let relative = json!({"type": "image", "image_url": "a.png", "alt_text": "a"});
    let button = |url: &str| {
        json!({"type": "actions", "elements": [
        {"type": "button", "text": {"type": "plain_text", "text": "Read"}, "url": url}]})
    };
    let rows: Vec<(Value, &str)> = vec![
        (
            json!({"type": "header", "text": plain(151)}),
            "must be less than 151 characters",
        ),
        (
            json!({"type": "header", "text": {"type": "mrkdwn", "text": "a"}}),
            "must be of the type plain_text",
        ),
        (
            json!({"type": "header", "text": plain(0)}),
            "must be more than 0 characters",
        ),
        (section(&text(3001)), "must be less than 3001 characters"),
        (
            json!({"type": "section"}),
            "missing required field: text or fields",
        ),
        (
            json!({"type": "section", "fields": vec![plain(1); 11]}),
            "must have 1 to 10 items",
        ),
        (
            json!({"type": "section", "fields": [plain(2001)]}),
            "must be less than 2001 characters",
        ),
        (
            json!({"type": "section", "txt": plain(1)}),
            "invalid additional property: txt",
        ),
        (without_alt, "missing required field: alt_text"),
        (relative, "invalid url: image_url"),
        (
            json!({"type": "context", "elements": vec![image; 11]}),
            "must have 1 to 10 items",
        ),
        (
            json!({"type": "context", "elements": []}),
            "must have 1 to 10 items",
        ),
        (button("/a"), "invalid url: url"),
        (json!({"text": "a"}), "missing required field: type"),
        (json!("a"), "must be an object"),
    ];
    for (block, error) in rows {
        let mut workspace = Workspace::new();
        let body = json!({"text": "a", "blocks": [block]});
        let answer = workspace.send(&post(&body));
        assert_eq!(answer.value()["error"], "invalid_blocks", "{block}");
        let detail = answer.value()["errors"][0].as_str().unwrap().to_owned();
        assert!(detail.contains(error), "{block}: {detail}");
        assert!(detail.contains("[json-pointer:/blocks/0"), "{detail}");
        assert_eq!(workspace.send(&hook(&body)).content(), "invalid_blocks");
    }
    let many = json!({"text": "a", "blocks": vec![json!({"type": "divider"}); 51]});
    assert_eq!(
        Workspace::new().send(&hook(&many)).content(),
        "invalid_blocks"
    );
}

#[test]
fn second_message_of_a_second_is_throttled() {
    let mut workspace = Workspace::new();
    workspace.send(&hook(&json!({"text": "a"})));
    let second = workspace.send_now(&hook(&json!({"text": "b"})));
    assert_eq!(second.status, 429);
    assert_eq!(second.header("retry-after"), Some("1"));
    let method = workspace.send_now(&post(&json!({"text": "c"})));
    assert_eq!(method.status, 429);
    assert_eq!(method.value(), json!({"ok": false, "error": "ratelimited"}));
    let mut unlimited = Workspace::of(Slack::new().without_limits());
    for _ in 0..3 {
        assert_eq!(
            unlimited.send_now(&hook(&json!({"text": "a"}))).content(),
            "ok"
        );
    }
}

//! Requests that Discord must refuse, each with the status and the error.

use axum::http::Method;
use serde_json::{Value, json};

use super::{Webhook, call, post};
use crate::discord::{Discord, WEBHOOK_PATH};
use crate::request::Request;

const STRICT: u32 = 1;

#[test]
fn requests_are_refused() {
    let hi = || json!({"content": "hi"});
    let at = |path: &str| Request::bare(Method::POST, path).with_json(&hi());
    let embed = |embed: Value| post("", &json!({"embeds": [embed]}));
    for (name, request, status, code) in [
        (
            "another webhook",
            at("/api/webhooks/1/discord-webhook-token"),
            404,
            10015,
        ),
        (
            "another token",
            at("/api/webhooks/223704706495545344/x"),
            401,
            50027,
        ),
        ("another path", at("/api/channels/1/messages"), 404, 0),
        ("another method", call(Method::PUT, ""), 405, 0),
        (
            "broken JSON",
            call(Method::POST, "").with_body("application/json", "{"),
            400,
            50109,
        ),
        ("a list", post("", &json!([])), 400, 50109),
        (
            "text",
            call(Method::POST, "").with_body("text/plain", "hi"),
            400,
            50035,
        ),
        ("nothing", post("", &json!({})), 400, 50006),
        (
            "white space",
            post("", &json!({"content": " \n"})),
            400,
            50006,
        ),
        (
            "an empty embed",
            embed(json!({"url": "https://example.org/"})),
            400,
            50006,
        ),
        (
            "a long text",
            post("", &json!({"content": "x".repeat(2001)})),
            400,
            50035,
        ),
        ("a number", post("", &json!({"content": 1})), 400, 50035),
        (
            "a thread of a text channel",
            post("", &json!({"content": "hi", "thread_name": "a"})),
            400,
            220_003,
        ),
        ("a missing thread", post("?thread_id=7", &hi()), 404, 10003),
        (
            "a missing message",
            call(Method::GET, "/messages/7"),
            404,
            10008,
        ),
        (
            "an edit of a missing message",
            call(Method::PATCH, "/messages/7").with_json(&hi()),
            404,
            10008,
        ),
        (
            "a deletion of a missing message",
            call(Method::DELETE, "/messages/7"),
            404,
            10008,
        ),
        (
            "a misspelt field",
            post("", &json!({"content": "hi", "embed": {}})),
            400,
            STRICT,
        ),
        (
            "a misspelt parameter",
            post("?wiat=true", &hi()),
            400,
            STRICT,
        ),
        (
            "a field that only Discord sets",
            embed(json!({"title": "a", "provider": {"name": "b"}})),
            400,
            STRICT,
        ),
        (
            "the type of an embed",
            embed(json!({"title": "a", "type": "link"})),
            400,
            STRICT,
        ),
        (
            "the size of a picture",
            embed(json!({"image": {"url": "https://a.io/b", "width": 1}})),
            400,
            STRICT,
        ),
        (
            "embeds that Discord merges",
            post(
                "",
                &json!({"embeds": vec![json!({"title": "a", "url": "https://a.io/"}); 2]}),
            ),
            400,
            STRICT,
        ),
        (
            "a flag of Discord",
            post("", &json!({"content": "hi", "flags": 1})),
            400,
            STRICT,
        ),
    ] {
        let mut webhook = Webhook::new();
        let answer = webhook.send(&request);
        assert_eq!(answer.status, status, "{name}: {}", answer.content());
        if code == STRICT {
            assert!(answer.is_strict(), "{name}: {}", answer.content());
        } else {
            assert_eq!(answer.value()["code"], code, "{name}: {}", answer.content());
        }
        assert!(webhook.discord.messages.is_empty(), "{name}");
    }
}

#[test]
fn values_are_refused_at_their_place() {
    let long = |length: usize| "x".repeat(length);
    let embed = |embed: Value| json!({"embeds": [embed]});
    let fields = |field: Value| embed(json!({"title": "a", "fields": [field]}));
    let rows: Vec<(Value, &str, &str)> = vec![
        (
            json!({"content": long(2001)}),
            "/content",
            "Must be 2000 or fewer in length.",
        ),
        (
            json!({"content": "a", "username": "Clyde"}),
            "/username",
            "Username cannot contain \"clyde\"",
        ),
        (
            json!({"content": "a", "username": long(81)}),
            "/username",
            "Must be 80 or fewer in length.",
        ),
        (
            json!({"embeds": vec![json!({"title": "a"}); 11]}),
            "/embeds",
            "Must be 10 or fewer in length.",
        ),
        (
            json!({"embeds": {}}),
            "/embeds",
            "Only iterables may be used in a ListType",
        ),
        (
            json!({"embeds": ["a"]}),
            "/embeds/0",
            "Only dictionaries may be used in a ModelType",
        ),
        (
            embed(json!({"title": long(257)})),
            "/embeds/0/title",
            "Must be 256 or fewer in length.",
        ),
        (
            embed(json!({"description": long(4097)})),
            "/embeds/0/description",
            "Must be 4096 or fewer in length.",
        ),
        (
            embed(json!({"title": "a", "url": "/posts/a"})),
            "/embeds/0/url",
            "Not a well formed URL.",
        ),
        (
            embed(json!({"title": "a", "url": "mailto:a@example.org"})),
            "/embeds/0/url",
            "Scheme \"mailto\" is not supported. Scheme must be one of ('http', 'https').",
        ),
        (
            embed(json!({"image": {"url": "a.png"}})),
            "/embeds/0/image/url",
            "Not a well formed URL.",
        ),
        (
            embed(json!({"thumbnail": {}})),
            "/embeds/0/thumbnail/url",
            "This field is required",
        ),
        (
            embed(json!({"footer": {"text": long(2049)}})),
            "/embeds/0/footer/text",
            "Must be 2048 or fewer in length.",
        ),
        (
            embed(json!({"author": {"name": ""}})),
            "/embeds/0/author/name",
            "This field is required",
        ),
        (
            embed(json!({"title": "a", "color": "#ff0000"})),
            "/embeds/0/color",
            "Value is not int.",
        ),
        (
            embed(json!({"title": "a", "color": 0x100_0000})),
            "/embeds/0/color",
            "int value should be less than or equal to 16777215.",
        ),
        (
            embed(json!({"title": "a", "timestamp": "today"})),
            "/embeds/0/timestamp",
            "Could not parse today. Should be ISO8601.",
        ),
        (
            fields(json!({"name": "a"})),
            "/embeds/0/fields/0/value",
            "This field is required",
        ),
        (
            fields(json!({"name": "a", "value": long(1025)})),
            "/embeds/0/fields/0/value",
            "Must be 1024 or fewer in length.",
        ),
        (
            embed(json!({"title": "a", "fields": vec![json!({"name": "a", "value": "b"}); 26]})),
            "/embeds/0/fields",
            "Must be 25 or fewer in length.",
        ),
        (
            json!({"embeds": [{"description": long(4000)}, {"description": long(2001)}]}),
            "/embeds",
            "Embed size exceeds maximum size of 6000",
        ),
        (
            json!({"content": "a", "allowed_mentions": {"parse": ["all"]}}),
            "/allowed_mentions/parse/0",
            "Value must be one of ('users', 'roles', 'everyone').",
        ),
        (
            json!({"content": "a", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}),
            "/allowed_mentions",
            "parse:[\"users\"] and users: [ids...] are mutually exclusive.",
        ),
    ];
    for (body, place, message) in rows {
        let answer = Webhook::new().send(&post("?wait=true", &body));
        assert_eq!(answer.status, 400, "{place}");
        assert_eq!(answer.value()["message"], "Invalid Form Body");
        let pointer = format!("/errors{place}/_errors/0/message");
        let body = answer.value();
        assert_eq!(body.pointer(&pointer), Some(&json!(message)), "{body}");
    }
}

#[test]
fn forum_needs_a_thread() {
    let mut webhook = Webhook::of(Discord::new().in_forum());
    let answer = webhook.send(&post("", &json!({"content": "hi"})));
    assert_eq!(
        answer.value(),
        json!({"code": 220_001,
               "message": "Webhooks posted to forum channels must have a thread_name or thread_id"})
    );
    let named = json!({"content": "hi", "thread_name": "A post"});
    let both = webhook.send(&post("?thread_id=1", &named));
    assert_eq!(both.value()["code"], 220_002);
    let long = json!({"content": "hi", "thread_name": "x".repeat(101)});
    assert_eq!(webhook.send(&post("", &long)).value()["code"], 50035);
}

#[test]
fn deleted_webhook_is_unknown() {
    let mut webhook = Webhook::new();
    webhook.discord.is_deleted = true;
    let answer = webhook.send(&post("", &json!({"content": "hi"})));
    assert_eq!(answer.status, 404);
    assert_eq!(
        answer.value(),
        json!({"message": "Unknown Webhook", "code": 10015})
    );
}

#[test]
fn sixth_request_is_throttled() {
    let mut webhook = Webhook::new();
    webhook.now = "2026-11-28T12:00:00.5Z".parse().unwrap();
    let request = post("", &json!({"content": "hi"}));
    for left in (0..5).rev() {
        let answer = webhook.send_now(&request);
        assert_eq!(answer.status, 204);
        assert_eq!(
            answer.header("x-ratelimit-remaining"),
            Some(left.to_string().as_str())
        );
    }
    let answer = webhook.send_now(&request);
    assert_eq!(answer.status, 429);
    assert_eq!(
        answer.value(),
        json!({"message": "You are being rate limited.", "retry_after": 1.75, "global": false})
    );
    assert_eq!(answer.header("retry-after"), Some("2"));
    assert_eq!(answer.header("x-ratelimit-scope"), Some("user"));
    assert_eq!(answer.header("x-ratelimit-reset"), Some("1795867202.500"));
    let mut unlimited = Webhook::of(Discord::new().without_limits());
    for _ in 0..9 {
        assert_eq!(unlimited.send_now(&request).status, 204);
    }
}

#[test]
fn path_has_a_version() {
    let path = WEBHOOK_PATH.replace("/api/", "/api/v10/");
    let request = Request::bare(Method::POST, &path).with_json(&json!({"content": "hi"}));
    assert_eq!(Webhook::new().send(&request).status, 204);
}

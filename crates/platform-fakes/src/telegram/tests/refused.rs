//! Requests that Telegram must refuse, each with the code and the description.

use axum::http::Method;
use serde_json::{Value, json};

use super::{Channel, call, message, with_entity};
use crate::request::Request;
use crate::telegram::{ChatState, TOKEN, Telegram};

const STRICT: &str = "";

fn bold(offset: i64, length: i64) -> Value {
    json!({"type": "bold", "offset": offset, "length": length})
}

fn link(url: &str) -> Value {
    json!({"type": "text_link", "offset": 0, "length": 1, "url": url})
}

#[test]
fn requests_are_refused() {
    let at = |path: &str| Request::bare(Method::POST, path);
    let hi = |more: Value| {
        let mut body = json!({"text": "hi"});
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        message(&body)
    };
    let raw = |media_type: &str, body: &str| {
        Request::bare(Method::POST, &format!("/bot{TOKEN}/sendMessage")).with_body(media_type, body)
    };
    let rows: Vec<(&str, Request, u16, &str)> = vec![
        ("another token", at("/bot1:x/getMe"), 401, "Unauthorized"),
        ("no token", at("/bot/getMe"), 404, "Not Found"),
        ("another path", at("/getMe"), 404, "Not Found"),
        (
            "another method",
            call("sendMessages", &json!({})),
            404,
            "Not Found: method not found",
        ),
        (
            "a PUT",
            Request::bare(Method::PUT, &format!("/bot{TOKEN}/getMe")),
            405,
            "Method Not Allowed",
        ),
        (
            "broken JSON",
            raw("application/json", "{"),
            400,
            "Bad Request: can't parse JSON object",
        ),
        (
            "no chat",
            raw("text/plain", r#"{"chat_id": "@news", "text": "a"}"#),
            400,
            "Bad Request: chat_id is empty",
        ),
        (
            "another chat",
            hi(json!({"chat_id": "@other"})),
            400,
            "Bad Request: chat not found",
        ),
        (
            "a name without @",
            hi(json!({"chat_id": "news"})),
            400,
            "Bad Request: chat not found",
        ),
        (
            "no text",
            message(&json!({})),
            400,
            "Bad Request: message text is empty",
        ),
        (
            "white space",
            message(&json!({"text": " \n"})),
            400,
            "Bad Request: message text is empty",
        ),
        (
            "a long text",
            message(&json!({"text": "x".repeat(4097)})),
            400,
            "Bad Request: message is too long",
        ),
        (
            "emoji of two units",
            message(&json!({"text": "🦀".repeat(2049)})),
            400,
            "Bad Request: message is too long",
        ),
        (
            "an entity after the end",
            with_entity("hello", bold(5, 1)),
            400,
            "Bad Request: entity begins after the end of the text at UTF-16 offset 5",
        ),
        (
            "an entity over the end",
            with_entity("hello", bold(0, 6)),
            400,
            "Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 6",
        ),
        (
            "an entity that begins in a character",
            with_entity("é🦀b", bold(2, 2)),
            400,
            "Bad Request: entity begins in a middle of a UTF-16 symbol at byte offset 2",
        ),
        (
            "an entity that ends in a character",
            with_entity("é🦀b", bold(0, 2)),
            400,
            "Bad Request: entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 2",
        ),
        (
            "a negative offset",
            with_entity("hello", bold(-1, 1)),
            400,
            "Bad Request: receive an entity with incorrect offset -1",
        ),
        (
            "an unknown type",
            with_entity("hello", json!({"type": "link", "offset": 0, "length": 1})),
            400,
            "Bad Request: can't parse MessageEntity: Unsupported type specified",
        ),
        (
            "an entity without an offset",
            with_entity("hello", json!({"type": "bold", "length": 1})),
            400,
            "Bad Request: can't parse MessageEntity: Field \"offset\" must be a valid Number",
        ),
        (
            "entities that are text",
            hi(json!({"entities": "[]"})),
            400,
            "Bad Request: can't parse entities JSON object: expected an Array",
        ),
        (
            "a relative link",
            with_entity("hello", link("posts/a")),
            400,
            "Bad Request: entity URL 'posts/a' is invalid: Wrong HTTP URL",
        ),
        (
            "a link of another protocol",
            with_entity("hello", link("ftp://example.org")),
            400,
            "Bad Request: entity URL 'ftp://example.org' is invalid: Unsupported URL protocol",
        ),
        (
            "an empty link",
            with_entity("hello", link("")),
            400,
            "Bad Request: entity URL '' is invalid: URL host is empty",
        ),
        (
            "an entity without length",
            with_entity("hello", bold(0, 0)),
            400,
            STRICT,
        ),
        (
            "a type that Telegram finds",
            with_entity(
                "#rust",
                json!({"type": "hashtag", "offset": 0, "length": 5}),
            ),
            400,
            STRICT,
        ),
        (
            "a field of another type",
            with_entity(
                "hello",
                json!({"type": "bold", "offset": 0, "length": 1, "url": "https://a.io"}),
            ),
            400,
            STRICT,
        ),
        (
            "too many entities",
            message(&json!({"text": "hello", "entities": vec![bold(0, 1); 101]})),
            400,
            STRICT,
        ),
        (
            "a parse mode",
            hi(json!({"parse_mode": "HTML"})),
            400,
            STRICT,
        ),
        (
            "the older name of an option",
            hi(json!({"disable_web_page_preview": true})),
            400,
            STRICT,
        ),
        (
            "a misspelt option",
            hi(json!({"link_preview_options": {"prefer_large": true}})),
            400,
            STRICT,
        ),
        (
            "a relative preview",
            hi(json!({"link_preview_options": {"url": "/a"}})),
            400,
            STRICT,
        ),
        (
            "a preview of two sizes",
            hi(
                json!({"link_preview_options": {"prefer_small_media": true, "prefer_large_media": true}}),
            ),
            400,
            STRICT,
        ),
        (
            "options that are text",
            hi(json!({"link_preview_options": "a"})),
            400,
            "Bad Request: can't parse link preview options JSON object",
        ),
        (
            "no message to edit",
            call(
                "editMessageText",
                &json!({"chat_id": "@news", "message_id": 7, "text": "a"}),
            ),
            400,
            "Bad Request: message to edit not found",
        ),
        (
            "no message to delete",
            call(
                "deleteMessage",
                &json!({"chat_id": "@news", "message_id": 7}),
            ),
            400,
            "Bad Request: message to delete not found",
        ),
        (
            "another chat to read",
            call("getChat", &json!({"chat_id": 1})),
            400,
            "Bad Request: chat not found",
        ),
    ];
    for (name, request, code, description) in rows {
        let mut channel = Channel::new();
        let answer = channel.send(&request);
        assert_eq!(answer.status, code, "{name}: {}", answer.content());
        if description == STRICT {
            assert!(answer.is_strict(), "{name}: {}", answer.content());
        } else {
            assert_eq!(
                answer.value(),
                json!({"ok": false, "error_code": code, "description": description}),
                "{name}"
            );
        }
        assert!(channel.telegram.messages.is_empty(), "{name}");
    }
}

#[test]
fn chat_states_are_refused() {
    for (state, code, description) in [
        (
            ChatState::Stranger,
            403,
            "Forbidden: bot is not a member of the channel chat",
        ),
        (
            ChatState::Kicked,
            403,
            "Forbidden: bot was kicked from the channel chat",
        ),
        (
            ChatState::WithoutRights,
            400,
            "Bad Request: need administrator rights in the channel chat",
        ),
        (
            ChatState::Migrated(-100),
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
        ),
    ] {
        let mut channel = Channel::of(Telegram::new().with_state(state));
        let answer = channel.send(&message(&json!({"text": "hi"})));
        assert_eq!(answer.status, code);
        assert_eq!(answer.value()["description"], description);
        let read = channel.send(&call("getChat", &json!({"chat_id": "@news"})));
        let is_readable = matches!(state, ChatState::Stranger | ChatState::WithoutRights);
        assert_eq!(read.status == 200, is_readable);
        let migrated = &answer.value()["parameters"]["migrate_to_chat_id"];
        assert_eq!(*migrated == -100, matches!(state, ChatState::Migrated(_)));
    }
}

#[test]
fn second_message_of_a_second_is_throttled() {
    let mut channel = Channel::new();
    let request = message(&json!({"text": "hi"}));
    assert_eq!(channel.send(&request).status, 200);
    let answer = channel.send_now(&request);
    assert_eq!(answer.status, 429);
    assert_eq!(
        answer.value(),
        json!({"ok": false, "error_code": 429, "description": "Too Many Requests: retry after 1",
               "parameters": {"retry_after": 1}})
    );
    let mut unlimited = Channel::of(Telegram::new().without_limits());
    for _ in 0..3 {
        assert_eq!(unlimited.send_now(&request).status, 200);
    }
}

#[test]
fn equal_edit_is_refused() {
    let mut channel = Channel::new();
    channel.send(&message(&json!({"text": "hi"})));
    let edit = call(
        "editMessageText",
        &json!({"chat_id": "@news", "message_id": 1, "text": "hi"}),
    );
    let answer = channel.send(&edit);
    let description = answer.value()["description"].as_str().unwrap().to_owned();
    assert!(description.starts_with("Bad Request: message is not modified: "));
}

#[test]
fn old_message_cannot_be_deleted() {
    let mut channel = Channel::new();
    channel.send(&message(&json!({"text": "hi"})));
    channel.now += jiff::SignedDuration::from_hours(48);
    let delete = call(
        "deleteMessage",
        &json!({"chat_id": "@news", "message_id": 1}),
    );
    let answer = channel.send(&delete);
    assert_eq!(
        answer.value()["description"],
        "Bad Request: message can't be deleted"
    );
    assert_eq!(channel.telegram.messages.len(), 1);
}

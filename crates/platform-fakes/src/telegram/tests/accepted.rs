//! Requests that Telegram must accept, and their answers.

use axum::http::Method;
use serde_json::json;

use super::{Channel, call, message, with_entity};
use crate::request::Request;
use crate::telegram::{CHANNEL_ID, TOKEN, Telegram};

#[test]
fn message_has_entities_and_preview() {
    let mut channel = Channel::new();
    let entities = json!([
        {"type": "bold", "offset": 0, "length": 3},
        {"type": "text_link", "offset": 4, "length": 4, "url": "https://example.org/a"},
        {"type": "pre", "offset": 4, "length": 4, "language": "rust"},
    ]);
    let options = json!({"url": "https://example.org/a", "prefer_large_media": true, "show_above_text": true});
    let body = json!({"text": "a🦀 text", "entities": entities, "link_preview_options": options,
                      "disable_notification": true});
    let answer = channel.send(&message(&body));
    assert_eq!(answer.status, 200, "{}", answer.content());
    let result = answer.value()["result"].take();
    assert_eq!(result["message_id"], 1);
    assert_eq!(result["date"], 1_795_867_201);
    assert_eq!(
        result["chat"],
        json!({"id": CHANNEL_ID, "title": "News", "username": "news", "type": "channel"})
    );
    assert_eq!(
        (&result["entities"], &result["link_preview_options"]),
        (&entities, &options)
    );
    let [stored] = channel.telegram.messages.as_slice() else {
        panic!("one message");
    };
    assert!(stored.is_silent && stored.text == "a🦀 text");
}

#[test]
fn texts_are_accepted() {
    for request in [
        message(&json!({"text": "x".repeat(4096)})),
        message(&json!({"text": "🦀".repeat(2048)})),
        message(&json!({"text": "hi", "chat_id": CHANNEL_ID})),
        message(&json!({"text": "hi", "chat_id": CHANNEL_ID.to_string()})),
        message(&json!({"text": "hi", "chat_id": "@News", "entities": null})),
        with_entity("é🦀b", json!({"type": "italic", "offset": 1, "length": 2})),
        with_entity(
            "a",
            json!({"type": "text_link", "offset": 0, "length": 1, "url": "tg://user?id=1"}),
        ),
        message(&json!({"text": "hi", "link_preview_options": {"is_disabled": true}})),
    ] {
        let answer = Channel::new().send(&request);
        assert_eq!(
            answer.status,
            200,
            "{}: {}",
            request.text(),
            answer.content()
        );
    }
}

#[test]
fn form_has_json_values() {
    let form = "chat_id=%40news&text=hi&entities=%5B%7B%22type%22%3A%22bold%22%2C%22offset%22%3A0%2C%22length%22%3A2%7D%5D";
    let request = Request::bare(Method::POST, &format!("/bot{TOKEN}/sendmessage"))
        .with_body("application/x-www-form-urlencoded", form);
    let mut channel = Channel::new();
    assert_eq!(channel.send(&request).status, 200);
    assert_eq!(channel.telegram.messages[0].entities[0]["type"], "bold");
    let query = Request::bare(
        Method::GET,
        &format!("/bot{TOKEN}/sendMessage?chat_id=@news&text=ho"),
    );
    assert_eq!(channel.send(&query).status, 200);
}

#[test]
fn message_is_edited_and_deleted() {
    let mut channel = Channel::new();
    channel.send(&message(&json!({"text": "hi"})));
    let edit = json!({"chat_id": "@news", "message_id": 1, "text": "ho"});
    let result = channel.send(&call("editMessageText", &edit)).value()["result"].take();
    assert_eq!(
        (&result["text"], &result["edit_date"]),
        (&json!("ho"), &json!(1_795_867_202))
    );
    let delete = call(
        "deleteMessage",
        &json!({"chat_id": "@news", "message_id": 1}),
    );
    assert_eq!(
        channel.send(&delete).value(),
        json!({"ok": true, "result": true})
    );
    assert!(channel.telegram.messages.is_empty());
}

#[test]
fn bot_and_chat_have_names() {
    let mut channel = Channel::new();
    let bot = channel.send(&Request::bare(Method::GET, &format!("/bot{TOKEN}/getMe")));
    assert_eq!(bot.value()["result"]["username"], "news_bot");
    let chat = channel.send(&call("getChat", &json!({"chat_id": "@news"})));
    assert_eq!(chat.value()["result"]["title"], "News");
}

#[test]
fn lenient_channel_ignores_parameters() {
    let mut channel = Channel::of(Telegram::new().with_lenience());
    let body = json!({"text": "#rust", "x": 1, "entities": [{"type": "hashtag", "offset": 0, "length": 5}]});
    assert_eq!(channel.send(&message(&body)).status, 200);
}

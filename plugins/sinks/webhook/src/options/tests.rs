use serde_json::{Value, json};
use syndicate_api::Diagnostic;

use crate::PLUGIN;

fn diagnostics(options: &Value) -> Vec<Diagnostic> {
    (PLUGIN.load)(options).err().unwrap_or_default()
}

#[test]
fn valid_options_load() {
    for options in [
        json!({"url": "${WEBHOOK_URL}"}),
        json!({"url": "${U}", "secret": "${S}", "receiver_keeps_ids": "24h", "text_limit": 500}),
        json!({"url": "${U}", "body": {"n": 1, "t": ["{{title}}: {{link}}", "{{tags}}"]}}),
        json!({"dialect": "slack", "url": "${U}", "thumbnail": "require"}),
        json!({"dialect": "slack", "token": "${T}", "channel": "C012AB3CD", "card": "platform"}),
        json!({"dialect": "discord", "url": "${U}", "thread_name": "{{title}}"}),
        json!({"dialect": "telegram", "token": "${T}", "chat_id": -1_001_234_567_890_i64}),
        json!({"dialect": "telegram", "token": "${T}", "chat_id": "@blog", "card": "none"}),
        json!({"url": "${U}", "endpoint": "http://127.0.0.1:4000"}),
    ] {
        assert_eq!(diagnostics(&options), [], "{options}");
    }
}

#[test]
fn invalid_option_names_key_and_hint() {
    for (options, key, part) in [
        (json!({}), "", "`url: ${WEBHOOK_URL}`"),
        (json!({"dialect": "slack"}), "", "SLACK_BOT_TOKEN"),
        (json!({"dialect": "slack", "token": "t"}), "", "`channel:`"),
        (json!({"dialect": "discord"}), "", "`url: ${WEBHOOK_URL}`"),
        (
            json!({"dialect": "telegram", "chat_id": "@a"}),
            "",
            "TELEGRAM_BOT_TOKEN",
        ),
        (
            json!({"dialect": "telegram", "token": "t"}),
            "",
            "`chat_id:`",
        ),
        (
            json!({"dialect": "telegram", "token": "t", "chat_id": "blog"}),
            "chat_id",
            "`@name`",
        ),
        (
            json!({"dialect": "telegram", "token": "t", "chat_id": "@blog", "card": "own"}),
            "card",
            "`card: platform`",
        ),
        (
            json!({"dialect": "teams", "url": "u"}),
            "dialect",
            "`telegram`",
        ),
        (json!({"url": "u", "token": "t"}), "token", "remove `token`"),
        (json!({"url": "u", "card": "own"}), "card", "remove `card`"),
        (
            json!({"dialect": "slack", "url": "u", "channel": "C1"}),
            "channel",
            "remove",
        ),
        (
            json!({"dialect": "slack", "url": "u", "token": "t", "channel": "C1"}),
            "url",
            "remove",
        ),
        (
            json!({"dialect": "discord", "url": "u", "card": "none", "thumbnail": "warn"}),
            "thumbnail",
            "remove",
        ),
        (
            json!({"dialect": "discord", "url": "u", "secret": "whsec_x"}),
            "secret",
            "remove",
        ),
        (
            json!({"url": "u", "receiver_keeps_ids": "soon"}),
            "receiver_keeps_ids",
            "`24h`",
        ),
        (
            json!({"url": "u", "receiver_keeps_ids": 24}),
            "receiver_keeps_ids",
            "`24h`",
        ),
        (json!({"url": "u", "text_limit": 0}), "text_limit", "1 to"),
        (
            json!({"url": "u", "endpoint": "http://example.com"}),
            "endpoint",
            "https://",
        ),
        (
            json!({"url": "u", "body": {"a": ["{{titel}}"]}}),
            "body.a.0",
            "`title`",
        ),
        (
            json!({"url": "u", "body": {"a": "{{#if}}"}}),
            "body.a",
            "template",
        ),
        (
            json!({"url": "u", "body": {"$slot": "key"}}),
            "body",
            "another name",
        ),
        (json!({"urll": "u"}), "urll", "`url`"),
    ] {
        let found = diagnostics(&options);
        let fault = found.iter().find(|fault| fault.keys().join(".") == key);
        let text = fault.map(|fault| format!("{} {:?}", fault.message, fault.hint));
        assert!(
            text.as_ref().is_some_and(|text| text.contains(part)),
            "{options}: {found:?}"
        );
    }
}

#[test]
fn schema_lists_accepted_thumbnails() {
    let schema = (PLUGIN.schema)().to_value();
    let accepted = &schema["properties"]["thumbnail"]["enum"];
    assert_eq!(*accepted, json!(["require", "warn", "skip", null]));
}

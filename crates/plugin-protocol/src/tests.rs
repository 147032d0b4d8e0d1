use std::path::Path;

use serde_json::{Value, json};

use crate::*;

/// Transcripts of earlier conversations. A version that was released once is never changed.
const TRANSCRIPTS: &[(&str, &str)] = &[
    ("source", include_str!("../transcripts/v1/source.jsonl")),
    (
        "transform",
        include_str!("../transcripts/v1/transform.jsonl"),
    ),
    ("sink", include_str!("../transcripts/v1/sink.jsonl")),
    ("own-send", include_str!("../transcripts/v1/own-send.jsonl")),
    ("logins", include_str!("../transcripts/v1/logins.jsonl")),
];

#[test]
fn transcripts_are_still_read() {
    for (name, transcript) in TRANSCRIPTS {
        for line in transcript.lines() {
            let (side, text) = line.split_at(2);
            if side == "> " {
                let value: Value = serde_json::from_str(text).unwrap();
                let again = match () {
                    () if value.get("hello").is_some() => {
                        json!(serde_json::from_str::<HostHello>(text).unwrap())
                    }
                    () if value.get("answers").is_some() => {
                        json!(serde_json::from_str::<CallAnswers>(text).unwrap())
                    }
                    () if value.get("cancel").is_some() => {
                        json!(serde_json::from_str::<Cancel>(text).unwrap())
                    }
                    () => json!(serde_json::from_str::<Request>(text).unwrap()),
                };
                assert_eq!(again, value, "{name}");
                continue;
            }
            match parse_line(text.as_bytes()) {
                PluginLine::Hello(hello) => {
                    let manifest = parse_hello(hello.clone()).unwrap();
                    assert_eq!(json!(manifest), hello, "{name}");
                }
                PluginLine::Answer(answer) => {
                    let value: Value = serde_json::from_str(text).unwrap();
                    assert_eq!(json!(answer), value, "{name}");
                    check_reply(&answer.reply);
                }
                PluginLine::Log => assert!(!text.starts_with('{'), "{name}: {text}"),
                PluginLine::Invalid(error) => panic!("{name}: {error}: {text}"),
            }
        }
    }
}

/// Checks that the types have every field of `reply`.
fn check_reply(reply: &Reply) {
    match reply {
        Reply::Item(item) => {
            let read: SourceItem = serde_json::from_value(item.clone()).unwrap();
            assert_eq!(json!(read), *item);
        }
        Reply::Fault(fault) => {
            let read: SourceFault = serde_json::from_value(fault.clone()).unwrap();
            assert_eq!(json!(read), *fault);
        }
        Reply::Ok(ok) => {
            let is_read = is_whole::<OpenOk>(ok)
                || is_whole::<TransformOk>(ok)
                || is_whole::<ScanOk>(ok)
                || is_whole::<LimitsOk>(ok)
                || is_whole::<ComposeOk>(ok)
                || is_whole::<AccountOk>(ok)
                || is_whole::<PrepareOk>(ok)
                || is_whole::<SealOk>(ok)
                || is_whole::<SendOk>(ok)
                || is_whole::<FindOk>(ok)
                || is_whole::<ListOk>(ok)
                || is_whole::<PostReceipt>(ok)
                // The values of `discover` have names of the plugin.
                || ok.get("version").is_some();
            assert!(is_read, "{ok}");
        }
        Reply::Call(call) => assert!(!call.call.is_empty()),
        Reply::Error(error) => assert!(!error.message.is_empty()),
    }
}

/// Returns `true` if `T` has every field of `value`.
fn is_whole<T: serde::de::DeserializeOwned + serde::Serialize>(value: &Value) -> bool {
    serde_json::from_value::<T>(value.clone()).is_ok_and(|read| json!(read) == *value)
}

#[test]
fn version_is_checked_first() {
    let newer = json!({"protocol": 2, "kind": ["another", "form"]});
    let error = parse_hello(newer).unwrap_err();
    assert_eq!(error, HelloError::Version("2".to_owned()));
    let error = parse_hello(json!({"protocol": -1})).unwrap_err();
    assert_eq!(error, HelloError::Version("-1".to_owned()));
    for (protocol, shown) in [
        (json!("1"), "\"1\""),
        (json!(1.5), "1.5"),
        (json!(null), "null"),
        (json!([1, 1]), "[1,1]"),
    ] {
        let error = parse_hello(json!({"protocol": protocol})).unwrap_err();
        let expected = format!("`protocol` must be a whole number, such as 1, not {shown}");
        assert_eq!(error, HelloError::Invalid(expected));
    }
    let error = parse_hello(json!({"kind": "source"})).unwrap_err();
    assert!(matches!(error, HelloError::Invalid(_)), "{error}");
    let error = parse_hello(json!({"protocol": 1, "kind": "sauce"})).unwrap_err();
    assert!(error.to_string().contains("unknown variant `sauce`"));
}

#[test]
fn unknown_fields_are_ignored() {
    let hello = json!({"protocol": 1, "kind": "source", "name": "a", "version": "1", "new": {}});
    assert_eq!(parse_hello(hello).unwrap().name, "a");
    let line = parse_line(br#"{"id":1,"ok":{},"took":"3 ms"}"#);
    assert!(matches!(line, PluginLine::Answer(_)));
}

#[test]
fn other_lines_are_log() {
    for text in [
        "",
        "hello",
        "[1]",
        "12",
        "{not json",
        r#"{"level":"info"}"#,
        "\u{7}{}",
    ] {
        assert_eq!(parse_line(text.as_bytes()), PluginLine::Log, "{text}");
    }
    assert_eq!(parse_line(b"\xff\xfe{"), PluginLine::Log);
}

#[test]
fn answer_of_wrong_form_is_invalid() {
    for text in [
        r#"{"id":"1","ok":{}}"#,
        r#"{"id":-1,"ok":{}}"#,
        r#"{"id":1}"#,
        r#"{"id":1,"ok":{},"error":{"message":"x"}}"#,
        r#"{"id":1,"ok":{"title":"a "b""}}"#,
        r#"{"id":1,"ok":{"#,
        "{'id': 1, 'ok': {}}",
        "{ \"hello\": {protocol: 1}}",
        r#"{"id":1,"call":{"method":"GET"}}"#,
        r#"{"id":1,"call":[],"ok":{}}"#,
    ] {
        let line = parse_line(text.as_bytes());
        assert!(matches!(line, PluginLine::Invalid(_)), "{text}");
    }
    let PluginLine::Invalid(error) = parse_line(b"{'id': 1, 'ok': {}}\r") else {
        panic!("a line in the notation of Python")
    };
    assert_eq!(
        error,
        "a line is not valid JSON: key must be a string: `{'id': 1, 'ok': {}}`"
    );
}

#[test]
fn byte_order_mark_is_ignored() {
    let line = parse_line("\u{feff}{\"id\":1,\"ok\":{}}".as_bytes());
    assert!(matches!(line, PluginLine::Answer(_)));
}

#[test]
fn error_of_any_form_keeps_its_reason() {
    for (error, message) in [
        (r#""disk full""#, "disk full"),
        (r#"{"message":"disk full","hint":null}"#, "disk full"),
        (r#"{"reason":"disk full"}"#, r#"{"reason":"disk full"}"#),
    ] {
        let line = parse_line(format!(r#"{{"id":1,"error":{error}}}"#).as_bytes());
        let PluginLine::Answer(Answer {
            reply: Reply::Error(read),
            ..
        }) = line
        else {
            panic!("{error}")
        };
        assert_eq!(read.message, message);
    }
}

#[test]
fn schema_file_is_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/plugin-protocol.schema.json");
    let text = format!("{:#}\n", schema());
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let is_current = std::fs::read_to_string(file).unwrap_or_default() == text;
    assert!(
        is_current,
        "docs/plugin-protocol.schema.json is out of date: run `UPDATE_EXPECTED=1 cargo test` to update it"
    );
}

#[test]
fn field_names_are_sorted_and_distinct() {
    let item = schemars::schema_for!(SourceItem).to_value();
    let fields = item["properties"].as_object().unwrap().keys();
    let mut fields: Vec<&str> = fields.map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, SOURCE_FIELDS);
    assert!(WRITABLE_FIELDS.is_sorted() && READ_ONLY_FIELDS.is_sorted());
    let is_read_only = |field: &&str| READ_ONLY_FIELDS.contains(field);
    assert!(!WRITABLE_FIELDS.iter().any(is_read_only));
}

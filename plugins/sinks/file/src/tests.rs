use serde_json::{Value, json};
use syndicate_api::testkit::{check_sink, context};
use syndicate_api::{
    Card, ComponentContext, Medium, Picture, Post, PublishErrorKind, RichText, Sink, SinkOptions,
};

use crate::{Options, PLUGIN};

fn post() -> Post {
    let medium = Medium {
        bytes: b"not looked at".as_slice().into(),
        media_type: "image/jpeg",
        file: None,
        pixels: None,
        source: None,
    };
    Post {
        text: RichText::text("Hello (world) #1"),
        card: Some(Card {
            url: "https://example.org/a/".to_owned(),
            title: "Größe: C# & more!".to_owned(),
            description: None,
            picture: Some(Picture {
                medium,
                alt: Some("a picture".to_owned()),
                url: None,
            }),
        }),
        attachment: None,
        lang: None,
    }
}

fn sink(base: &std::path::Path) -> Box<dyn Sink> {
    let place = ComponentContext {
        name: "files".to_owned(),
        base: base.to_owned(),
    };
    Options::default().build(&place).unwrap()
}

#[test]
fn declaration_keeps_contract() {
    check_sink(&PLUGIN, &json!({"endpoint": "out"}));
}

#[tokio::test]
async fn published_file_equals_payload() {
    let base = tempfile::tempdir().unwrap();
    let sink = sink(base.path());
    let payload = sink.compose(&post()).unwrap();
    assert_eq!(payload.hash(), sink.compose(&post()).unwrap().hash());
    assert!(
        payload.requests[0].path.starts_with("größe-c-more-"),
        "{}",
        payload.requests[0].path
    );

    let prepared = sink.prepare(&context(), &payload).await.unwrap();
    let receipt = sink.publish(&context(), &prepared).await.unwrap();
    let again = sink.publish(&context(), &prepared).await.unwrap();
    assert_eq!(receipt, again);

    let written = std::fs::read(base.path().join(&receipt.id)).unwrap();
    let written: Value = serde_json::from_slice(&written).unwrap();
    assert_eq!(written["text"], "Hello (world) #1");
    let picture = written["card"]["picture"]["file"].as_str().unwrap();
    let bytes = std::fs::read(base.path().join("out").join(picture)).unwrap();
    assert_eq!(bytes, b"not looked at");
    assert_eq!(
        std::fs::read_dir(base.path().join("out")).unwrap().count(),
        2
    );
}

#[tokio::test]
async fn unwritable_folder_is_unavailable() {
    let base = tempfile::tempdir().unwrap();
    std::fs::write(base.path().join("out"), "a file in the way").unwrap();
    let sink = sink(base.path());
    let payload = sink.compose(&post()).unwrap();
    let error = sink.prepare(&context(), &payload).await.unwrap_err();
    assert_eq!(error.kind, PublishErrorKind::Unavailable);
    assert!(error.to_string().contains("out"), "{error}");
}

use serde_json::{Value, json};
use syndicate_api::testkit::{check_compose, check_sink, context};
use syndicate_api::{
    Card, ComponentContext, Medium, Payload, Picture, Post, Prepared, PublishError,
    PublishErrorKind, Readiness, Repeat, RichText, ServerInfo, Sink, SinkOptions, Stamp,
};

use crate::{Options, PLUGIN};

fn post() -> Post {
    let medium = Medium {
        bytes: b"not looked at".as_slice().into(),
        media_type: "image/jpeg".into(),
        ..Medium::default()
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
        ..Post::default()
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

fn composed(sink: &dyn Sink) -> Payload {
    sink.compose(&post(), &ServerInfo::default()).unwrap()
}

async fn prepared(sink: &dyn Sink) -> Result<Prepared, PublishError> {
    let (cx, payload) = (context(), composed(sink));
    let readiness = sink.prepare(&cx, &payload.steps, &payload.media).await?;
    let Readiness::Ready(ready) = readiness else {
        panic!("a file cannot exist on a platform");
    };
    let stamp = Stamp {
        now: cx.now(),
        attempt: "1".to_owned(),
    };
    sink.seal(&cx, &payload.steps, ready, &stamp)
}

#[test]
fn compose_keeps_contract() {
    check_compose(&*sink(std::path::Path::new("/site")), &post());
}

#[tokio::test]
async fn published_file_equals_payload() {
    let base = tempfile::tempdir().unwrap();
    let sink = sink(base.path());
    let name = &composed(&*sink).steps[0].request.path[0];
    let name = name.as_str().unwrap();
    assert!(name.starts_with("größe-c-more-"), "{name}");

    let prepared = prepared(&*sink).await.unwrap();
    let receipt = sink.send(&context(), &prepared, 0).await.unwrap();
    assert_eq!(receipt.id, Some(format!("out/{name}")));
    let again = sink.send(&context(), &prepared, 0).await.unwrap();
    assert_eq!(receipt, again);
    assert_eq!(prepared.repeat, [Repeat::ALWAYS]);

    let written = std::fs::read(base.path().join("out").join(name)).unwrap();
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
    let error = prepared(&*sink(base.path())).await.unwrap_err();
    assert_eq!(error.kind, PublishErrorKind::Unavailable);
    assert!(error.to_string().contains("out"), "{error}");
}

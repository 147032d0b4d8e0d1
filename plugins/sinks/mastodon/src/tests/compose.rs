use serde_json::{Value, json};
use syndicate_api::{
    Attachment, Code, Medium, Picture, Poll, Post, RichText, ServerInfo, TextSpan,
};

use super::support::{LINK, composed, post, sink};

const SERVER: &str = "https://example.social";

fn body(post: &Post, options: &Value) -> Value {
    let payload = composed(&*sink(SERVER, options), post);
    payload.create().unwrap().body.as_json().clone()
}

fn refused(post: &Post, options: &Value) -> Code {
    let composed = sink(SERVER, options).compose(post, &ServerInfo::default());
    composed.unwrap_err().code
}

fn picture(bytes: &'static [u8], alt: Option<&str>) -> Picture {
    Picture {
        medium: Medium {
            bytes: bytes.into(),
            media_type: "image/jpeg".into(),
            ..Medium::default()
        },
        alt: alt.map(str::to_owned),
        url: None,
    }
}

fn gallery(pictures: Vec<Picture>) -> Post {
    Post {
        attachment: Some(Attachment::Pictures(pictures)),
        ..post()
    }
}

#[test]
fn body_has_set_options_only() {
    let status = format!("Hello {LINK}");
    let expected = json!({"status": status, "visibility": "public", "language": "en"});
    assert_eq!(body(&post(), &json!({})), expected);
    let options = json!({
        "visibility": "private", "language": "de", "content_warning": "Rust", "sensitive": true,
    });
    let expected = json!({
        "status": status, "visibility": "private", "language": "de", "spoiler_text": "Rust",
        "sensitive": true,
    });
    assert_eq!(body(&post(), &options), expected);
    let unknown = Post {
        lang: Some("x-klingon".to_owned()),
        ..post()
    };
    assert_eq!(body(&unknown, &json!({}))["language"], Value::Null);
}

#[test]
fn create_has_key_slot() {
    let payload = composed(&*sink(SERVER, &json!({})), &post());
    let create = payload.create().unwrap();
    assert_eq!(create.target(), "/api/v1/statuses");
    assert_eq!(
        create.headers,
        [("idempotency-key".into(), json!({"$slot": "key"}))]
    );
}

#[test]
fn alternative_text_changes_hash() {
    let sink = sink(SERVER, &json!({}));
    let hash = |alt| composed(&*sink, &gallery(vec![picture(b"a", alt)])).hash();
    let hashes = [hash(None), hash(Some("A chart")), hash(Some("A map"))];
    assert!(hashes[0] != hashes[1] && hashes[1] != hashes[2] && hashes[0] != hashes[2]);
    assert_eq!(hash(None), hash(Some(" ")));
}

#[test]
fn uploads_precede_create() {
    let pictures = vec![picture(b"a", Some("A chart")), picture(b"b", None)];
    let payload = composed(&*sink(SERVER, &json!({})), &gallery(pictures));
    let names: Vec<&str> = payload.steps.iter().map(|step| &*step.name).collect();
    assert_eq!(names, ["upload 0", "upload 1", "create"]);
    let ids = json!([{"$slot": "media:0"}, {"$slot": "media:1"}]);
    assert_eq!(payload.create().unwrap().body.as_json()["media_ids"], ids);
    assert_eq!(payload.media[1].file_name.as_deref(), Some("media-1.jpg"));
}

#[test]
fn limits_refuse_with_codes() {
    let none = json!({});
    let long = Post::text("word ".repeat(101));
    assert_eq!(refused(&long, &none), Code::TextTooLong);
    let exact = Post::text(format!("{} {LINK}", "x".repeat(500 - 24)));
    assert_eq!(body(&exact, &none)["visibility"], "public");
    assert_eq!(
        refused(&exact, &json!({"content_warning": "!"})),
        Code::TextTooLong
    );
    assert_eq!(refused(&Post::text(" \n"), &none), Code::TextEmpty);
    let alt = "x".repeat(1501);
    assert_eq!(
        refused(&gallery(vec![picture(b"a", Some(&alt))]), &none),
        Code::AltTooLong
    );
    let five = vec![picture(b"a", None); 5];
    assert_eq!(refused(&gallery(five), &none), Code::AttachmentUnfit);
    let poll = Post {
        attachment: Some(Attachment::Poll(Poll::default())),
        ..post()
    };
    assert_eq!(refused(&poll, &none), Code::KindUnsupported);
    let mention = Post {
        text: RichText(vec![TextSpan::Mention {
            name: "Jane".to_owned(),
            target: "Jane Doe".to_owned(),
        }]),
        ..Post::default()
    };
    assert_eq!(refused(&mention, &none), Code::MentionInvalid);
}

#[test]
fn measure_counts_like_server() {
    let sink = sink(SERVER, &json!({"content_warning": "Rust"}));
    let measure = |values: Value| {
        let values = values.as_object().unwrap().clone();
        let info = ServerInfo {
            values,
            as_of: None,
        };
        let measures = sink.measure(&post().text, &info).into_iter();
        measures
            .map(|measure| (measure.used, measure.limit))
            .collect::<Vec<_>>()
    };
    assert_eq!(measure(json!({})), [(4 + 6 + 23, 500)]);
    let snac = json!({"max_characters": 100_000, "characters_reserved_per_url": 32});
    assert_eq!(measure(snac), [(4 + 6 + 32, 100_000)]);
    let gotosocial = json!({"software": "gotosocial", "max_characters": 5000});
    assert_eq!(
        measure(gotosocial),
        [(33, 5000), (4 + 6 + LINK.len(), 5000)]
    );
}

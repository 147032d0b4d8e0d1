use serde_json::{Value, json};
use syndicate_api::{Attachment, Card, Code, Picture, Poll, Post, RichText, TextSpan};

use super::*;

fn options(more: Value) -> Options {
    let mut options = json!({"handle": "jane.example"});
    for (key, value) in more.as_object().unwrap() {
        options[key] = value.clone();
    }
    serde_json::from_value(options).unwrap()
}

fn record(more: Value, post: &Post) -> Value {
    let payload = compose(&options(more), post).unwrap();
    let mut record = payload.create().unwrap().body.as_json()["record"].clone();
    assert_eq!(
        record.as_object_mut().unwrap().remove("createdAt"),
        Some(slot("now"))
    );
    record
}

fn code(post: &Post) -> Code {
    compose(&options(json!({})), post).unwrap_err().code
}

fn card(url: &str, title: &str) -> Card {
    Card {
        url: url.to_owned(),
        title: title.to_owned(),
        ..Card::default()
    }
}

#[test]
fn plain_post_has_no_empty_lists() {
    let expected = json!({"$type": "app.bsky.feed.post", "text": "Hello"});
    assert_eq!(record(json!({}), &Post::text("Hello")), expected);
}

#[test]
fn request_creates_only_at_free_key() {
    let payload = compose(&options(json!({})), &Post::text("Hello")).unwrap();
    let body = payload.create().unwrap().body.as_json().clone();
    assert_eq!(body["swapRecord"], Value::Null);
    assert!(body.as_object().unwrap().contains_key("swapRecord"));
    assert_eq!(
        (&body["repo"], &body["rkey"]),
        (&slot("author"), &slot("rkey"))
    );
    assert_eq!(
        payload.create().unwrap().target(),
        "/xrpc/com.atproto.repo.putRecord"
    );
}

#[test]
fn language_of_post_wins() {
    let langs = |lang: Option<&str>| {
        let post = Post {
            lang: lang.map(str::to_owned),
            ..Post::text("Hello")
        };
        record(json!({"langs": ["de", "fr"]}), &post)["langs"].clone()
    };
    assert_eq!(langs(Some("pt_BR")), json!(["pt-BR"]));
    assert_eq!(langs(Some("Klingon")), json!(["de", "fr"]));
    assert_eq!(langs(None), json!(["de", "fr"]));
}

#[test]
fn hidden_tags_are_not_in_text() {
    let tags = ["Rust", "static sites", "#web", "", "WEB", "2026"];
    let post = Post {
        text: RichText(vec![
            TextSpan::Text("Hello ".to_owned()),
            TextSpan::Hashtag("rust".to_owned()),
        ]),
        tags: tags.map(str::to_owned).into(),
        ..Post::default()
    };
    assert_eq!(
        record(json!({}), &post)["tags"],
        json!(["static sites", "web"])
    );
    assert_eq!(
        record(json!({"hidden_tags": false}), &post)["tags"],
        Value::Null
    );
}

#[test]
fn hidden_tags_are_limited() {
    let post = Post {
        tags: ('a'..='z').map(String::from).collect(),
        ..Post::text("Hello")
    };
    assert_eq!(
        record(json!({}), &post)["tags"].as_array().unwrap().len(),
        MAX_TAGS
    );
}

#[test]
fn card_without_picture_has_no_thumb() {
    let post = Post {
        card: Some(card("https://example.org/ü", " A\u{7} post\n")),
        ..Post::text("Hello")
    };
    let external =
        json!({"uri": "https://example.org/%C3%BC", "title": "A post", "description": ""});
    assert_eq!(record(json!({}), &post)["embed"]["external"], external);
}

#[test]
fn pictures_replace_card() {
    let picture = Picture {
        medium: syndicate_api::Medium {
            pixels: Some((4, 3)),
            ..Default::default()
        },
        alt: Some("A chart".to_owned()),
        url: None,
    };
    let post = |count| Post {
        attachment: Some(Attachment::Pictures(vec![picture.clone(); count])),
        ..Post::text("Hello")
    };
    let embed = record(json!({}), &post(2))["embed"].clone();
    assert_eq!(embed["$type"], "app.bsky.embed.images");
    assert_eq!(
        embed["images"][1],
        json!({"image": slot("media:1"), "alt": "A chart", "aspectRatio": {"width": 4, "height": 3}})
    );
    assert_eq!(code(&post(0)), Code::AttachmentUnfit);
    assert_eq!(code(&post(5)), Code::AttachmentUnfit);
}

#[test]
fn unfit_posts_have_code() {
    let with_card = |card| Post {
        card: Some(card),
        ..Post::text("Hello")
    };
    let mention = TextSpan::Mention {
        name: "Jane".to_owned(),
        target: "urn:li:person:1".to_owned(),
    };
    for (post, expected) in [
        (Post::default(), Code::TextEmpty),
        (Post::text(" \n"), Code::TextEmpty),
        (Post::text("👩🏽‍💻".repeat(301)), Code::TextTooLong),
        (Post::text("👩🏽‍💻".repeat(201)), Code::TextTooLong),
        (
            with_card(card("https://example.org/", " ")),
            Code::TitleMissing,
        ),
        (
            with_card(card("javascript:alert(1)", "A post")),
            Code::NoUrl,
        ),
        (
            Post {
                text: RichText(vec![mention]),
                ..Post::default()
            },
            Code::MentionInvalid,
        ),
        (
            Post {
                attachment: Some(Attachment::Poll(Poll::default())),
                ..Post::text("Hello")
            },
            Code::KindUnsupported,
        ),
    ] {
        assert_eq!(code(&post), expected, "{post:?}");
    }
    // 200 of them are 3000 bytes.
    assert_eq!("👩🏽‍💻".len(), 15);
    compose(&options(json!({})), &Post::text("👩🏽‍💻".repeat(200))).unwrap();
}

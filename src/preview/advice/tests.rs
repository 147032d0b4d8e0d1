//! Tests each piece of advice on posts that need it and on posts that do not.

use syndicate_api::{
    Appearance, Card, CardPictureSize, Medium, MediumBytes, Payload, Picture, Post, RichText,
    TextSpan,
};

use super::advice;
use crate::engine::Composed;

fn composed(spans: Vec<TextSpan>, title: &str, pixels: Option<(u32, u32)>) -> Composed {
    let picture = pixels.map(|pixels| Picture {
        medium: Medium {
            bytes: MediumBytes::default(),
            media_type: "image/png".into(),
            pixels: Some(pixels),
            ..Medium::default()
        },
        alt: None,
        url: None,
    });
    let post = Post {
        text: RichText(spans),
        card: Some(Card {
            url: "https://example.org/a/?utm_source=x".to_owned(),
            title: title.to_owned(),
            description: None,
            picture,
        }),
        ..Post::default()
    };
    Composed {
        post,
        payload: Payload::post("test", "/", serde_json::Value::Null),
        page: None,
        hash: String::new(),
        visible_links: std::collections::BTreeMap::new(),
        measures: Vec::new(),
        appearance: Appearance {
            fold: None,
            title: Some(20),
            picture: Some(CardPictureSize {
                ideal: (1200, 627),
                min_width: 400,
            }),
            ..Appearance::default()
        },
        warnings: Vec::new(),
        unreachable: None,
        revision: None,
        digests: None,
    }
}

fn said(composed: &Composed) -> Vec<String> {
    advice(composed).iter().map(ToString::to_string).collect()
}

#[test]
fn good_post_gets_no_advice() {
    let spans = vec![
        TextSpan::Text("In C# and at https://example.org/b, §#, ".to_owned()),
        TextSpan::Hashtag("Rust".to_owned()),
    ];
    assert_eq!(
        said(&composed(spans, "Short", Some((1200, 627)))),
        [""; 0] as [&str; 0]
    );
}

#[test]
fn missing_and_small_pictures_get_advice() {
    let of = |pixels| said(&composed(Vec::new(), "Short", pixels)).join("\n");
    assert!(of(None).contains("no picture"));
    assert!(of(Some((399, 209))).contains("only 399 pixels wide"));
    assert!(of(Some((600, 314))).contains("look blurred"));
    let mut warned = composed(Vec::new(), "Short", None);
    warned.warnings = vec!["the card has no picture: `a` has none".to_owned()];
    assert_eq!(said(&warned).len(), 1, "the warning is not repeated");
}

#[test]
fn long_title_shows_cut() {
    let title = "A title that has more than twenty characters";
    let said = said(&composed(Vec::new(), title, Some((1200, 627))));
    assert!(said[0].contains("`…A title that has mor`"), "{said:?}");
}

#[test]
fn plain_hashtag_is_named_once() {
    let spans = vec![TextSpan::Text(
        "#Rust, a/#anchor, &#x, #1 and #Rust".to_owned(),
    )];
    let said = said(&composed(spans, "Short", Some((1200, 627))));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("`#Rust` is not a hashtag"));
}

#[test]
fn repeated_address_gets_advice() {
    for text in ["See http://example.org/a/.", "(https://example.org/a/)"] {
        let spans = vec![TextSpan::Text(text.to_owned())];
        let said = said(&composed(spans, "Short", Some((1200, 627))));
        assert!(said[0].contains("the same link twice"), "{said:?}");
    }
}

use proptest::prelude::*;
use serde_json::{Value, json};
use syndicate_api::{Attachment, RichText, TextSpan};

use super::*;
use crate::author::Author;
use crate::dialect::Dialect;
use crate::fixture;
use crate::options::Visibility;

fn composed(thumbnail: PicturePolicy, post: &Post) -> Result<Payload, Diagnostic> {
    let settings = ComposeSettings {
        dialect: Dialect::Shares,
        author: &Author::Urn("urn:li:organization:1".to_owned()),
        visibility: Visibility::Public,
        thumbnail,
        text_limit: 3000,
    };
    compose(&settings, post)
}

#[test]
fn shares_card_matches_2019_format() {
    let payload = composed(PicturePolicy::Require, &fixture::post()).unwrap();
    assert_eq!(payload.dialect, "shares");
    assert_eq!(payload.create().unwrap().target(), "/v2/shares");
    assert!(
        payload.media.is_empty(),
        "LinkedIn fetches the picture itself"
    );
    assert_eq!(
        fixture::body(&payload),
        &json!({
            "owner": "urn:li:organization:1",
            "text": {"text": "New on the blog (part 2) #rust"},
            "content": {
                "title": "A title (plain_text)",
                "contentEntities": [{
                    "entityLocation": "https://example.org/a_(b)",
                    "thumbnails": [{"resolvedUrl": "https://example.org/img/crab.png"}]
                }]
            },
            "distribution": {"linkedInDistributionTarget": {}}
        })
    );
    let mut text = fixture::post();
    text.card = None;
    let payload = composed(PicturePolicy::Require, &text).unwrap();
    assert_eq!(fixture::body(&payload).get("content"), None);
}

#[test]
fn shares_picture_needs_url() {
    for url in [None, Some("img/crab.png"), Some("data:image/png,x")] {
        let mut post = fixture::post();
        let picture = post.card.as_mut().unwrap().picture.as_mut().unwrap();
        picture.url = url.map(str::to_owned);
        let error = composed(PicturePolicy::Require, &post).unwrap_err();
        assert_eq!(error.code, Code::ThumbnailMissing);
        assert!(error.message.contains("`img/crab.png`"), "{error}");
        let payload = composed(PicturePolicy::Warn, &post).unwrap();
        let entity = &fixture::body(&payload)["content"]["contentEntities"][0];
        assert_eq!(entity.get("thumbnails"), None);
    }
}

#[test]
fn unsupported_kinds_are_refused() {
    for attachment in [
        fixture::pictures(1),
        fixture::document(),
        fixture::video(),
        Attachment::Poll(fixture::poll()),
        Attachment::Reshare("urn:li:share:1".to_owned()),
    ] {
        let error = composed(PicturePolicy::Require, &fixture::with(attachment)).unwrap_err();
        assert_eq!(error.code, Code::KindUnsupported);
        assert!(error.message.contains("`shares`"), "{error}");
    }
}

proptest! {
    /// JSON is the only encoding in this dialect, so the decoded text equals the original.
    #[test]
    fn json_round_trip_keeps_text(text in "\\PC{1,40}", name in "\\PC{1,10}") {
        let mut post = fixture::post();
        post.text = RichText(vec![
            TextSpan::Text(format!("x{text}")),
            TextSpan::Mention { name: name.clone(), target: "urn:li:person:1".to_owned() },
        ]);
        let payload = composed(PicturePolicy::Require, &post).unwrap();
        let sent: Value = serde_json::from_slice(&payload.create().unwrap().bytes()).unwrap();
        let meant = format!("x{text}{name}");
        prop_assert_eq!(sent["text"]["text"].as_str(), Some(meant.as_str()));
    }
}

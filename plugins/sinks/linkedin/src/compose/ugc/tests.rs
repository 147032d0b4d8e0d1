use proptest::prelude::*;
use serde_json::{Value, json};
use syndicate_api::{PicturePolicy, RichText, TextSpan};

use super::*;
use crate::author::Author;
use crate::dialect::Dialect;
use crate::fixture;
use crate::options;

fn composed(post: &Post) -> Result<Payload, Diagnostic> {
    let settings = ComposeSettings {
        dialect: Dialect::Ugc,
        author: &Author::Me,
        visibility: options::Visibility::Connections,
        thumbnail: PicturePolicy::Skip,
        text_limit: 3000,
    };
    compose(&settings, post)
}

fn body(post: &Post) -> Value {
    fixture::body(&composed(post).unwrap()).clone()
}

#[test]
fn card_has_documented_form() {
    let payload = composed(&fixture::post()).unwrap();
    assert_eq!(payload.dialect, "ugc");
    assert_eq!(payload.create().unwrap().target(), "/v2/ugcPosts");
    assert!(
        payload.media.is_empty(),
        "LinkedIn takes the picture from the page"
    );
    assert_eq!(
        fixture::body(&payload),
        &json!({
            "author": {"$slot": "author"},
            "lifecycleState": "PUBLISHED",
            "specificContent": {"com.linkedin.ugc.ShareContent": {
                "shareCommentary": {"text": "New on the blog (part 2) #rust"},
                "shareMediaCategory": "ARTICLE",
                "media": [{
                    "status": "READY",
                    "originalUrl": "https://example.org/a_(b)",
                    "title": {"text": "A title (plain_text)"},
                    "description": {"text": "A description"}
                }]
            }},
            "visibility": {"com.linkedin.ugc.MemberNetworkVisibility": "CONNECTIONS"}
        })
    );
}

#[test]
fn ugc_kinds_have_categories() {
    let content =
        |post: &Post| body(post)["specificContent"]["com.linkedin.ugc.ShareContent"].clone();
    let mut text = fixture::post();
    text.card = None;
    let text = content(&text);
    assert_eq!(
        (&text["shareMediaCategory"], text.get("media")),
        (&json!("NONE"), None)
    );

    let image = content(&fixture::with(fixture::pictures(1)));
    assert_eq!(image["shareMediaCategory"], "IMAGE");
    let media = json!([{
        "status": "READY", "media": {"$slot": "media:0"}, "description": {"text": "A crab"}
    }]);
    assert_eq!(image["media"], media);

    let video = content(&fixture::with(fixture::video()));
    assert_eq!(video["shareMediaCategory"], "VIDEO");
    let media = json!([{
        "status": "READY", "media": {"$slot": "media:0"}, "title": {"text": "A demo"}
    }]);
    assert_eq!(video["media"], media);
}

#[test]
fn ugc_gallery_has_several_media() {
    for count in [2, 3, 20] {
        let payload = composed(&fixture::with(fixture::pictures(count))).unwrap();
        let body = fixture::body(&payload);
        let share = &body["specificContent"]["com.linkedin.ugc.ShareContent"];
        assert_eq!(share["shareMediaCategory"], "IMAGE");
        let media = share["media"].as_array().unwrap();
        assert_eq!((media.len(), payload.media.len()), (count, count));
        let last = json!({
            "status": "READY",
            "media": {"$slot": format!("media:{}", count - 1)},
            "description": {"text": "A crab"}
        });
        assert_eq!(media.last(), Some(&last));
    }
    for count in [0, 21] {
        let error = composed(&fixture::with(fixture::pictures(count))).unwrap_err();
        assert_eq!(error.code, Code::AttachmentUnfit, "{count}");
    }
}

#[test]
fn unsupported_kinds_are_refused() {
    for attachment in [
        fixture::document(),
        Attachment::Poll(fixture::poll()),
        Attachment::Reshare("urn:li:share:1".to_owned()),
    ] {
        let error = composed(&fixture::with(attachment)).unwrap_err();
        assert_eq!(error.code, Code::KindUnsupported);
        assert!(error.message.contains("`ugc`"), "{error}");
    }
}

proptest! {
    /// JSON is the only encoding in this dialect, so the decoded text equals the original.
    #[test]
    fn json_round_trip_keeps_text(text in "\\PC{1,40}", name in "\\PC{1,10}", tag in "[a-z]{1,8}") {
        let mut post = fixture::post();
        post.text = RichText(vec![
            TextSpan::Text(format!("x{text}")),
            TextSpan::Mention { name: name.clone(), target: "urn:li:person:1".to_owned() },
            TextSpan::Hashtag(tag.clone()),
            TextSpan::Link("https://a.org/(b)_c".to_owned()),
        ]);
        let payload = composed(&post).unwrap();
        let sent: Value = serde_json::from_slice(&payload.create().unwrap().bytes()).unwrap();
        let share = &sent["specificContent"]["com.linkedin.ugc.ShareContent"];
        let meant = format!("x{text}{name}#{tag}https://a.org/(b)_c");
        prop_assert_eq!(share["shareCommentary"]["text"].as_str(), Some(meant.as_str()));
    }
}

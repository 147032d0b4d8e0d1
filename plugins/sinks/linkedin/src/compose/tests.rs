use serde_json::{Value, json};
use syndicate_api::RichText;

use super::*;
use crate::fixture;

const PAGE: &str = "urn:li:organization:2414183";

fn compose_as(author: &str, post: &Post) -> Result<Payload, ComposeError> {
    let settings = Settings {
        author: &Author::parse(author).unwrap(),
        visibility: Visibility::Public,
        text_limit: 3000,
    };
    compose(&settings, post)
}

fn body(post: &Post) -> Value {
    let payload = compose_as("me", post).unwrap();
    assert_eq!(payload.requests.len(), 1);
    payload.requests[0].body.clone()
}

fn code(post: &Post) -> Code {
    compose_as("me", post).unwrap_err().code
}

#[test]
fn a_card_with_its_picture_is_written_as_linkedin_documents_it() {
    let payload = compose_as("me", &fixture::post()).unwrap();
    let request = &payload.requests[0];
    assert_eq!(
        (request.method, request.path.as_str()),
        ("POST", "/rest/posts")
    );
    assert_eq!(
        request.body,
        json!({
            "author": {"$slot": "author"},
            "commentary": "New on the blog \\(part 2\\) #rust",
            "visibility": "PUBLIC",
            "distribution": {
                "feedDistribution": "MAIN_FEED",
                "targetEntities": [],
                "thirdPartyDistributionChannels": []
            },
            "lifecycleState": "PUBLISHED",
            "isReshareDisabledByAuthor": false,
            "content": {"article": {
                "source": "https://example.org/a_(b)",
                "title": "A title (plain_text)",
                "description": "A description",
                "thumbnail": {"$slot": "media:0"},
                "thumbnailAltText": "A crab"
            }}
        })
    );
    assert_eq!(payload.media.len(), 1);
}

#[test]
fn what_is_not_there_is_left_out_and_never_null() {
    let mut post = fixture::post();
    let card = post.card.as_mut().unwrap();
    card.description = Some(" \n".to_owned());
    card.picture.as_mut().unwrap().alt = None;
    let article = body(&post)["content"]["article"].clone();
    assert_eq!(article.get("description"), None);
    assert_eq!(article.get("thumbnailAltText"), None);

    post.card.as_mut().unwrap().picture = None;
    let article = body(&post)["content"]["article"].clone();
    assert_eq!(article.as_object().unwrap().len(), 2, "{article}");

    post.card = None;
    let payload = compose_as("me", &post).unwrap();
    assert_eq!(payload.requests[0].body.get("content"), None);
    assert_eq!(payload.media, []);
}

#[test]
fn a_given_author_is_written_plainly() {
    let payload = compose_as(PAGE, &fixture::post()).unwrap();
    assert_eq!(payload.requests[0].body["author"], PAGE);
}

#[test]
fn nothing_is_shortened() {
    let long = |units: usize| "é".repeat(units);
    let with = |change: &dyn Fn(&mut Card)| {
        let mut post = fixture::post();
        change(post.card.as_mut().unwrap());
        post
    };
    let alt = |card: &mut Card, text: String| card.picture.as_mut().unwrap().alt = Some(text);
    for (post, expected) in [
        (with(&|card| card.title = long(401)), Code::TitleTooLong),
        (
            with(&|card| card.description = Some(long(4086))),
            Code::DescriptionTooLong,
        ),
        (with(&|card| alt(card, long(4086))), Code::AltTooLong),
    ] {
        assert_eq!(code(&post), expected);
    }
    let post = with(&|card| {
        card.title = long(400);
        card.description = Some(long(4085));
        alt(card, long(4085));
    });
    assert_eq!(body(&post)["content"]["article"]["title"], long(400));
}

#[test]
fn the_commentary_is_counted_with_its_escapes() {
    let mut post = fixture::post();
    post.text = RichText::text("_".repeat(1500));
    assert!(compose_as("me", &post).is_ok());
    post.text = RichText::text("_".repeat(1501));
    let error = compose_as("me", &post).unwrap_err();
    assert_eq!(error.code, Code::TextTooLong);
    assert!(error.message.contains("3002"), "{error}");
    assert!(error.message.contains("3000"), "{error}");
}

#[test]
fn missing_parts_are_named() {
    let mut post = fixture::post();
    post.card.as_mut().unwrap().title = "\0 ".to_owned();
    assert_eq!(code(&post), Code::TitleMissing);

    for text in ["", " \n", "\u{1b}\0"] {
        let mut post = fixture::post();
        post.text = RichText::text(text);
        assert_eq!(code(&post), Code::TextEmpty, "{text:?}");
    }
}

#[test]
fn a_card_opens_an_absolute_web_address() {
    for address in ["", "/a/b", "example.org/a", "mailto:a@b.org", "https://"] {
        let mut post = fixture::post();
        post.card.as_mut().unwrap().url = address.to_owned();
        assert_eq!(code(&post), Code::NoUrl, "{address}");
    }
    let mut post = fixture::post();
    post.card.as_mut().unwrap().url = "https://example.org/ä b?c=d#e".to_owned();
    let article = body(&post)["content"]["article"].clone();
    assert_eq!(article["source"], "https://example.org/%C3%A4%20b?c=d#e");
}

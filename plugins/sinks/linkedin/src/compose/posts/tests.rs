use serde_json::{Value, json};
use syndicate_api::{PicturePolicy, Poll, RichText};

use super::*;
use crate::author::Author;
use crate::dialect::Dialect;
use crate::fixture;
use crate::options::Visibility;

const PAGE: &str = "urn:li:organization:2414183";

fn compose_as(author: &str, post: &Post) -> Result<Payload, Diagnostic> {
    let settings = ComposeSettings {
        dialect: Dialect::Posts,
        author: &Author::parse(author).unwrap(),
        visibility: Visibility::Public,
        thumbnail: PicturePolicy::Require,
        text_limit: 3000,
    };
    compose(&settings, post)
}

fn body(post: &Post) -> Value {
    let payload = compose_as("me", post).unwrap();
    assert_eq!(payload.steps.len(), 1);
    fixture::body(&payload).clone()
}

fn code(post: &Post) -> Code {
    compose_as("me", post).unwrap_err().code
}

#[test]
fn article_card_matches_documentation() {
    let payload = compose_as("me", &fixture::post()).unwrap();
    let request = payload.create().unwrap();
    assert_eq!(
        (&*request.method, request.target().as_str()),
        ("POST", "/rest/posts")
    );
    assert_eq!(
        request.body.as_json(),
        &json!({
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
fn missing_fields_are_omitted() {
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
    assert_eq!(fixture::body(&payload).get("content"), None);
    assert_eq!(payload.media, []);
}

#[test]
fn author_urn_needs_no_slot() {
    let payload = compose_as(PAGE, &fixture::post()).unwrap();
    assert_eq!(fixture::body(&payload)["author"], PAGE);
}

#[test]
fn too_long_texts_are_refused() {
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
fn commentary_length_includes_escapes() {
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
fn missing_parts_are_reported() {
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
fn card_url_must_be_web_url() {
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

/// Returns the content of a post with this attachment and the number of its media.
fn content(attachment: Attachment) -> (Value, usize) {
    let post = fixture::with(attachment);
    let payload = compose_as("me", &post).unwrap();
    (
        fixture::body(&payload)["content"].clone(),
        payload.media.len(),
    )
}

fn refusal(attachment: Attachment) -> Diagnostic {
    compose_as("me", &fixture::with(attachment)).unwrap_err()
}

#[test]
fn media_content_matches_documentation() {
    let media = json!({"$slot": "media:0"});
    let image = content(fixture::pictures(1));
    assert_eq!(
        image,
        (json!({"media": {"id": media, "altText": "A crab"}}), 1)
    );

    let (gallery, uploads) = content(fixture::pictures(3));
    assert_eq!(uploads, 3);
    assert_eq!(
        gallery,
        json!({"multiImage": {"images": [
            {"id": media, "altText": "A crab"},
            {"id": {"$slot": "media:1"}, "altText": "A crab"},
            {"id": {"$slot": "media:2"}, "altText": "A crab"},
        ]}})
    );

    let document = content(fixture::document());
    let written = json!({"media": {"id": media, "title": "Slides (final_2)"}});
    assert_eq!(document, (written, 1));

    let video = content(fixture::video());
    assert_eq!(
        video,
        (json!({"media": {"id": media, "title": "A demo"}}), 1)
    );
}

#[test]
fn poll_matches_documentation() {
    let (poll, uploads) = content(Attachment::Poll(fixture::poll()));
    assert_eq!(uploads, 0);
    assert_eq!(
        poll,
        json!({"poll": {
            "question": "Tabs (or spaces)?",
            "options": [{"text": "Tabs"}, {"text": "Spaces"}],
            "settings": {
                "duration": "SEVEN_DAYS",
                "voteSelectionType": "SINGLE_VOTE",
                "isVoterVisibleToAuthor": true
            }
        }})
    );
}

#[test]
fn reshare_has_context_and_no_content() {
    let address = "https://www.linkedin.com/feed/update/urn:li:ugcPost:7341/";
    let post = fixture::with(Attachment::Reshare(address.to_owned()));
    let payload = compose_as("me", &post).unwrap();
    let body = fixture::body(&payload);
    assert_eq!(
        body["reshareContext"],
        json!({"parent": "urn:li:ugcPost:7341"})
    );
    assert_eq!(body.get("content"), None);

    let activity = refusal(Attachment::Reshare("urn:li:activity:7341".to_owned()));
    assert_eq!(activity.code, Code::AttachmentUnfit);
    assert!(activity.message.contains("entry in the feed"), "{activity}");
}

#[test]
fn attachment_limits_name_both_numbers() {
    let poll = |change: &dyn Fn(&mut Poll)| {
        let mut poll = fixture::poll();
        change(&mut poll);
        Attachment::Poll(poll)
    };
    for (attachment, code, part) in [
        (fixture::pictures(21), Code::AttachmentUnfit, "21"),
        (
            Attachment::Pictures(Vec::new()),
            Code::AttachmentUnfit,
            "no picture",
        ),
        (
            poll(&|poll| poll.days = 2),
            Code::AttachmentUnfit,
            "1, 3, 7 and 14",
        ),
        (
            poll(&|poll| poll.question = "é".repeat(141)),
            Code::AttachmentUnfit,
            "140",
        ),
        (
            poll(&|poll| poll.question = " ".to_owned()),
            Code::AttachmentUnfit,
            "empty",
        ),
        (
            poll(&|poll| poll.options[1] = "é".repeat(31)),
            Code::AttachmentUnfit,
            "30",
        ),
        (
            poll(&|poll| poll.options.truncate(1)),
            Code::AttachmentUnfit,
            "2 to 4",
        ),
        (
            poll(&|poll| poll.options = vec!["a".to_owned(); 5]),
            Code::AttachmentUnfit,
            "2 to 4",
        ),
    ] {
        let error = refusal(attachment);
        assert_eq!(error.code, code, "{error}");
        assert!(error.message.contains(part), "{error}");
    }
    let mut untitled = fixture::document();
    if let Attachment::Document { title, .. } = &mut untitled {
        *title = " ".to_owned();
    }
    assert_eq!(refusal(untitled).code, Code::TitleMissing);
    assert_eq!(content(fixture::pictures(20)).1, 20);
}

#[test]
fn mention_of_invalid_urn_is_refused() {
    let mention = |target: &str| {
        let mut post = fixture::post();
        post.text.0.push(TextSpan::Mention {
            name: "ACME".to_owned(),
            target: target.to_owned(),
        });
        compose_as("me", &post)
    };
    assert!(mention(PAGE).is_ok());
    let error = mention("acme").unwrap_err();
    assert_eq!(error.code, Code::MentionInvalid);
    assert!(error.message.contains("`acme`"), "{error}");
}

#[test]
fn mention_hint_names_likely_urn() {
    for (target, meant) in [
        ("urn:li:company:1", "`urn:li:organization:1`"),
        ("2414183", "`urn:li:organization:2414183`"),
        ("acme", "`urn:li:organization:NUMBER`"),
    ] {
        let diagnostic = check_mention(target).unwrap_err();
        assert!(diagnostic.message.contains(target), "{diagnostic}");
        assert!(diagnostic.hint.unwrap().contains(meant), "{target}");
    }
    assert_eq!(check_mention(PAGE), Ok(()));
}

#[test]
fn reshare_accepts_copied_addresses() {
    for (shared, urn) in [
        (
            "https://www.linkedin.com/posts/jane-doe_rust-share-7341-Ab_1?utm_source=share",
            "share",
        ),
        (
            "www.linkedin.com/posts/jane-doe_a-ugcPost-7341-Ab_1",
            "ugcPost",
        ),
        (
            "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7341/",
            "share",
        ),
        (
            "https://de.linkedin.com/embed/feed/update/urn:li:ugcPost:7341",
            "ugcPost",
        ),
    ] {
        let post = fixture::with(Attachment::Reshare(shared.to_owned()));
        let payload = compose_as("me", &post).unwrap();
        let parent = &fixture::body(&payload)["reshareContext"]["parent"];
        assert_eq!(parent, &format!("urn:li:{urn}:7341"), "{shared}");
    }
    for (shared, hint) in [
        (
            "https://www.linkedin.com/posts/jane-doe_a-activity-7341-Ab_1",
            "Embed this post",
        ),
        ("https://lnkd.in/eAbCdEfG", "in a browser"),
        ("https://www.linkedin.com/in/jane-doe/", "Copy link to post"),
        ("https://example.org/urn:li:share:7341", "Copy link to post"),
    ] {
        let error = refusal(Attachment::Reshare(shared.to_owned()));
        assert_eq!(error.code, Code::AttachmentUnfit, "{shared}");
        assert!(error.hint.unwrap().contains(hint), "{shared}");
    }
}

#[test]
fn media_alt_limit_exceeds_card_limit() {
    let alt = "é".repeat(4086);
    let shown = |length: usize| {
        let mut pictures = fixture::pictures(2);
        if let Attachment::Pictures(pictures) = &mut pictures {
            pictures[1].alt = Some("é".repeat(length));
        }
        compose_as("me", &fixture::with(pictures))
    };
    assert!(shown(4086).is_ok());
    assert_eq!(shown(4087).unwrap_err().code, Code::AltTooLong);
    let mut card = fixture::post();
    let picture = card.card.as_mut().unwrap().picture.as_mut().unwrap();
    picture.alt = Some(alt);
    assert_eq!(compose_as("me", &card).unwrap_err().code, Code::AltTooLong);
}

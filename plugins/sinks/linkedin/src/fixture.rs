//! Fixtures of this sink's tests: a post with a picture, and mocks of LinkedIn's responses.

use std::sync::Arc;

use serde_json::{Value, json};
use syndicate_api::http::Http;
use syndicate_api::{
    Attachment, Card, Clock, ComponentContext, Context, Diagnostic, Env, InMemoryKvCache, Medium,
    Payload, Picture, Poll, Post, Prepared, PublishError, Readiness, Receipt, RichText, ServerInfo,
    Sink, Stamp, Step, TextSpan,
};
use wiremock::matchers::{body_json, header, method, path, query_param};
use wiremock::{Mock, ResponseTemplate};

use crate::PLUGIN;

pub(crate) const TOKEN: &str = "AQX-token_of.the/tests+==";
pub(crate) const AUTHOR: &str = "urn:li:person:782bbtaQ";
pub(crate) const IMAGE: &str = "urn:li:image:D5610AQEYzRR1C4dhFA";
pub(crate) const SHARE: &str = "urn:li:share:7341234567890123456";
pub(crate) const POSTS: (&str, &str) = ("POST", "/rest/posts");

/// The first bytes of a PNG. The sink does not decode pictures.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

/// Returns a post with text, a hashtag and a card with a picture.
pub(crate) fn post() -> Post {
    let medium = Medium {
        bytes: PNG.into(),
        media_type: "image/png".into(),
        file: Some("img/crab.png".to_owned()),
        pixels: Some((1200, 627)),
        ..Medium::default()
    };
    Post {
        text: RichText(vec![
            TextSpan::Text("New on the blog (part 2) ".to_owned()),
            TextSpan::Hashtag("rust".to_owned()),
        ]),
        card: Some(Card {
            url: "https://example.org/a_(b)".to_owned(),
            title: "A title (plain_text)".to_owned(),
            description: Some("A description".to_owned()),
            picture: Some(Picture {
                medium,
                alt: Some("A crab".to_owned()),
                url: Some("https://example.org/img/crab.png".to_owned()),
            }),
        }),
        ..Post::default()
    }
}

/// Returns that post with an attachment instead of its card.
pub(crate) fn with(attachment: Attachment) -> Post {
    Post {
        card: None,
        attachment: Some(attachment),
        ..post()
    }
}

/// Returns an attachment with this number of equal pictures.
pub(crate) fn pictures(count: usize) -> Attachment {
    let picture = post().card.and_then(|card| card.picture).unwrap();
    Attachment::Pictures(vec![picture; count])
}

pub(crate) fn document() -> Attachment {
    Attachment::Document {
        medium: file(b"%PDF-1.7 and so on", "application/pdf", "slides.pdf"),
        title: "Slides (final_2)".to_owned(),
        alt: None,
    }
}

/// Returns a video of ten bytes. The mocks request it in three parts.
pub(crate) fn video() -> Attachment {
    Attachment::Video {
        medium: file(b"0123456789", "video/mp4", "demo.mp4"),
        title: Some("A demo".to_owned()),
        alt: None,
    }
}

pub(crate) fn poll() -> Poll {
    Poll {
        question: "Tabs (or spaces)?".to_owned(),
        options: vec!["Tabs".to_owned(), "Spaces".to_owned()],
        days: 7,
    }
}

fn file(bytes: &'static [u8], media_type: &'static str, name: &str) -> Medium {
    Medium {
        bytes: bytes.into(),
        media_type: media_type.into(),
        file: Some(name.to_owned()),
        ..Medium::default()
    }
}

/// Returns a context at noon UTC on 22 November 2026, without environment variables.
pub(crate) fn context() -> Context {
    Context::new(
        Http::new(),
        Clock::fixed("2026-11-22T12:00:00Z".parse().unwrap()),
        Env::empty(),
        Arc::new(InMemoryKvCache::default()),
    )
}

/// Returns the sink of an author with this `endpoint`.
pub(crate) fn sink_of(author: &str, endpoint: &str) -> Box<dyn Sink> {
    sink_with(json!({"author": author}), endpoint)
}

/// Returns the sink with these options and this `endpoint`.
pub(crate) fn sink_with(mut options: Value, endpoint: &str) -> Box<dyn Sink> {
    options["endpoint"] = endpoint.into();
    options["token"] = TOKEN.into();
    let place = ComponentContext {
        name: "linkedin".to_owned(),
        base: ".".into(),
    };
    let Ok(options) = (PLUGIN.load)(&options) else {
        panic!("the options of the fixture are invalid");
    };
    options.build(&place).unwrap()
}

pub(crate) fn sink(endpoint: &str) -> Box<dyn Sink> {
    sink_of("me", endpoint)
}

/// Returns the payload of `post`.
pub(crate) fn compose(sink: &dyn Sink, post: &Post) -> Result<Payload, Diagnostic> {
    sink.compose(post, &ServerInfo::default())
}

/// Returns the JSON body of the creating request.
pub(crate) fn body(payload: &Payload) -> &Value {
    payload.create().unwrap().body.as_json()
}

/// Returns the payload of `post` with its slots filled.
pub(crate) async fn prepare(
    sink: &dyn Sink,
    cx: &Context,
    post: &Post,
) -> Result<Prepared, PublishError> {
    let payload = compose(sink, post).unwrap();
    let readiness = sink.prepare(cx, &payload.steps, &payload.media).await?;
    let Readiness::Ready(ready) = readiness else {
        panic!("this sink does not look for existing posts");
    };
    sink.seal(cx, &payload.steps, ready, &stamp(cx))
}

/// Sends the creating request.
pub(crate) async fn send(
    sink: &dyn Sink,
    cx: &Context,
    prepared: &Prepared,
) -> Result<Receipt, PublishError> {
    let create = prepared.create_index().unwrap();
    sink.send(cx, prepared, create).await
}

/// Returns the steps of a revision as the engine passes them to `update`.
pub(crate) fn change(receipt: &Receipt, steps: &[Step]) -> Prepared {
    let change = Prepared::fill(steps, Default::default()).unwrap();
    change.with_receipt(receipt).unwrap()
}

fn stamp(cx: &Context) -> Stamp {
    Stamp {
        now: cx.now(),
        attempt: "0193a7c5-0000-7000-8000-000000000001".to_owned(),
    }
}

fn bearer() -> String {
    format!("Bearer {TOKEN}")
}

/// Returns the member of the token.
pub(crate) fn userinfo() -> Mock {
    Mock::given(method("GET"))
        .and(path("/v2/userinfo"))
        .and(header("Authorization", bearer()))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"sub": "782bbtaQ"})))
}

/// Returns the upload URL for a picture.
pub(crate) fn initialize(owner: &str, upload_url: &str) -> Mock {
    let value = json!({"value": {"uploadUrl": upload_url, "image": IMAGE}});
    Mock::given(method("POST"))
        .and(path("/rest/images"))
        .and(query_param("action", "initializeUpload"))
        .and(header("Authorization", bearer()))
        .and(header("LinkedIn-Version", "202609"))
        .and(header("X-Restli-Protocol-Version", "2.0.0"))
        .and(body_json(
            json!({"initializeUploadRequest": {"owner": owner}}),
        ))
        .respond_with(ResponseTemplate::new(200).set_body_json(value))
}

/// Accepts the bytes of a picture.
pub(crate) fn upload() -> Mock {
    Mock::given(method("PUT"))
        .and(path("/dms-uploads/1"))
        .and(query_param("ca", "vector_ads"))
        .and(header("Authorization", bearer()))
        .and(header("Content-Type", "image/png"))
        .respond_with(ResponseTemplate::new(201))
}

/// Returns the processing status of a picture.
pub(crate) fn image_status(status: &str) -> Mock {
    Mock::given(method("GET"))
        .and(path("/rest/images/urn%3Ali%3Aimage%3AD5610AQEYzRR1C4dhFA"))
        .and(header("LinkedIn-Version", "202609"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({"status": status})))
}

/// Returns the mocks for all requests of `prepare` on behalf of `me`.
pub(crate) fn preparation(endpoint: &str) -> Vec<Mock> {
    let upload_url = format!("{endpoint}/dms-uploads/1?ca=vector_ads");
    vec![
        userinfo(),
        initialize(AUTHOR, &upload_url),
        upload(),
        image_status("AVAILABLE"),
    ]
}

/// Returns the response to a successful creating request.
pub(crate) fn created() -> ResponseTemplate {
    ResponseTemplate::new(201).insert_header("x-restli-id", SHARE)
}

/// Answers to a creating request whose meaning is not that of their status.
pub(crate) const ODD: &[(u16, &str, &str)] = &[
    // Accepted, but without a URN.
    (200, "<html>sign in</html>", "unknown"),
    (201, "", "unknown"),
    (201, r#"{"id":"7341234567890123456"}"#, "unknown"),
    (
        422,
        r#"{"status":422,"errorDetailType":"com.linkedin.common.error.BadRequest","message":"Content is a duplicate of urn:li:share:7295","errorDetails":{"inputErrors":[{"code":"DUPLICATE_POST"}]}}"#,
        "rejected",
    ),
    // No post was created, and the same request may succeed later.
    (
        400,
        r#"{"status":400,"code":"EXPIRED_UPLOAD_URL","message":"M"}"#,
        "unavailable",
    ),
    (
        409,
        r#"{"status":409,"code":"CONFLICT","message":"M"}"#,
        "unavailable",
    ),
    // A 409 in LinkedIn's form that names no code may follow a created post.
    (
        409,
        r#"{"status":409,"serviceErrorCode":0,"message":"M"}"#,
        "unknown",
    ),
    // A missing permission of the token is 403, not 401.
    (
        403,
        r#"{"status":403,"serviceErrorCode":100,"code":"ACCESS_DENIED","message":"Not enough permissions to access: partnerApiPostsExternal.CREATE.20260901"}"#,
        "unauthorized",
    ),
    (
        403,
        r#"{"status":403,"message":"Unpermitted fields present in REQUEST_BODY: [/content]"}"#,
        "rejected",
    ),
    (
        426,
        r#"{"status":426,"code":"NONEXISTENT_VERSION","message":"Requested version 20250101 is not active"}"#,
        "rejected",
    ),
    (
        408,
        r#"{"status":408,"serviceErrorCode":0,"message":"M"}"#,
        "unknown",
    ),
    // The status in the body is another one, so LinkedIn did not write it.
    (
        422,
        r#"{"status":400,"message":"ERROR :: /content"}"#,
        "unknown",
    ),
    // A failed server proves nothing, whichever code it returns.
    (
        500,
        r#"{"status":500,"code":"DUPLICATE_POST","message":"Content is a duplicate of urn:li:share:7295"}"#,
        "unknown",
    ),
];

/// Returns the body of a refusal in LinkedIn's form.
pub(crate) fn refusal(status: u16, message: &str) -> String {
    json!({"status": status, "serviceErrorCode": 0, "message": message}).to_string()
}

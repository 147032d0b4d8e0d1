//! The whole sink against a mock of LinkedIn: the contract of all sinks, then the requests that are
//! specific to this one.

mod kinds;

use serde_json::json;
use syndicate_api::testkit::{TestPlatform, check_delivery, check_sink};
use syndicate_api::{
    Capabilities, CardBy, Code, Context, Env, Medium, PublishError, PublishErrorKind, Readiness,
    Receipt, Repeat, Role, Sink, Slots, Step,
};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::{PLUGIN, fixture};

async fn serve(mocks: Vec<Mock>) -> MockServer {
    let server = MockServer::start().await;
    for mock in mocks {
        mock.mount(&server).await;
    }
    server
}

/// Returns the slots that `prepare` fills.
async fn prepare(sink: &dyn Sink, cx: &Context) -> Result<Slots, PublishError> {
    let payload = fixture::compose(sink, &fixture::post()).unwrap();
    prepare_steps(sink, cx, &payload.steps, &payload.media).await
}

async fn prepare_steps(
    sink: &dyn Sink,
    cx: &Context,
    steps: &[Step],
    media: &[Medium],
) -> Result<Slots, PublishError> {
    match sink.prepare(cx, steps, media).await? {
        Readiness::Ready(ready) => Ok(ready.slots),
        Readiness::Exists(receipt) => panic!("{receipt:?}"),
    }
}

fn slots<const N: usize>(slots: [(&str, &str); N]) -> Slots {
    let slots = slots.map(|(name, urn)| (name.to_owned(), urn.into()));
    slots.into_iter().collect()
}

/// Returns the result of a creating request with this response.
async fn publish(answer: ResponseTemplate) -> Result<Receipt, PublishError> {
    let server = MockServer::start().await;
    for mock in fixture::preparation(&server.uri()) {
        mock.mount(&server).await;
    }
    let create = Mock::given(method("POST"))
        .and(path("/rest/posts"))
        .and(header(
            "Authorization",
            format!("Bearer {}", fixture::TOKEN),
        ))
        .and(header("LinkedIn-Version", "202609"))
        .and(header("X-Restli-Protocol-Version", "2.0.0"))
        .and(header("Content-Type", "application/json"));
    create.respond_with(answer).mount(&server).await;
    let (sink, cx) = (fixture::sink(&server.uri()), fixture::context());
    let prepared = fixture::prepare(&*sink, &cx, &fixture::post()).await;
    fixture::send(&*sink, &cx, &prepared.unwrap()).await
}

#[tokio::test]
async fn sink_contract_is_kept() {
    check_sink(&PLUGIN, &json!({"author": "me", "thumbnail": "require"}));
    check_delivery(&TestPlatform {
        sink: &fixture::sink,
        post: &fixture::post(),
        secret: fixture::TOKEN,
        prepare: &fixture::preparation,
        creates: fixture::POSTS,
        created: fixture::created(),
        refusal: &fixture::refusal,
        odd: fixture::ODD,
    })
    .await;
}

#[tokio::test]
async fn receipt_has_urn_and_link() {
    let url = format!("https://www.linkedin.com/feed/update/{}/", fixture::SHARE);
    let receipt = Receipt::new(fixture::SHARE).with_url(url);
    let location = "/posts/urn%3Ali%3Ashare%3A7341234567890123456";
    for answer in [
        fixture::created(),
        fixture::created().set_body_string("<html>"),
        ResponseTemplate::new(200).insert_header("X-RestLi-Id", fixture::SHARE),
        ResponseTemplate::new(201).insert_header("Location", location),
    ] {
        assert_eq!(publish(answer).await, Ok(receipt.clone()));
    }
}

#[tokio::test]
async fn created_post_without_urn_is_unknown() {
    for answer in [
        ResponseTemplate::new(201),
        ResponseTemplate::new(201).insert_header("x-restli-id", " "),
        ResponseTemplate::new(200).set_body_string("<html>sign in</html>"),
    ] {
        let error = publish(answer).await.unwrap_err();
        assert_eq!(error.kind, PublishErrorKind::Unknown);
        assert_eq!(error.code, Code::OutcomeUnknown);
    }
}

#[tokio::test]
async fn me_is_looked_up_once_per_token() {
    let server = MockServer::start().await;
    fixture::userinfo().expect(1).mount(&server).await;
    for mock in fixture::preparation(&server.uri()) {
        mock.mount(&server).await;
    }
    let (sink, cx) = (fixture::sink(&server.uri()), fixture::context());
    for _ in 0..2 {
        let expected = slots([("author", fixture::AUTHOR), ("media:0", fixture::IMAGE)]);
        assert_eq!(prepare(&*sink, &cx).await, Ok(expected));
    }
    assert!(
        !format!("{:?}", cx.kv_cache).contains(fixture::TOKEN),
        "the memory holds the token"
    );
}

#[tokio::test]
async fn author_urn_owns_picture_without_lookup() {
    const PAGE: &str = "urn:li:organization:2414183";
    let server = MockServer::start().await;
    let upload_url = format!("{}/dms-uploads/1?ca=vector_ads", server.uri());
    fixture::initialize(PAGE, &upload_url).mount(&server).await;
    fixture::upload().expect(1).mount(&server).await;
    fixture::image_status("AVAILABLE").mount(&server).await;
    let sink = fixture::sink_of(PAGE, &server.uri());
    let found = prepare(&*sink, &fixture::context()).await;
    assert_eq!(found, Ok(slots([("media:0", fixture::IMAGE)])));
}

#[tokio::test]
async fn unprocessable_picture_stops_post() {
    let server = MockServer::start().await;
    fixture::image_status("PROCESSING_FAILED")
        .mount(&server)
        .await;
    for mock in fixture::preparation(&server.uri()) {
        mock.mount(&server).await;
    }
    let sink = fixture::sink(&server.uri());
    let error = prepare(&*sink, &fixture::context()).await.unwrap_err();
    assert_eq!(error.kind, PublishErrorKind::Rejected);
    assert_eq!(error.code, Code::ImageFormat);
    assert!(error.message.contains("`img/crab.png`"), "{error}");
}

#[tokio::test]
async fn upload_response_needs_valid_urn() {
    for value in [
        json!({"uploadUrl": "u", "image": "urn:li:digitalmediaAsset:1"}),
        json!({"uploadUrl": 1, "image": fixture::IMAGE}),
        json!(null),
    ] {
        let answer = ResponseTemplate::new(200).set_body_json(json!({"value": value}));
        let odd = Mock::given(path("/rest/images")).respond_with(answer);
        let server = serve(vec![fixture::userinfo(), odd]).await;
        let sink = fixture::sink(&server.uri());
        let error = prepare(&*sink, &fixture::context()).await.unwrap_err();
        assert_eq!(error.kind, PublishErrorKind::Unavailable, "{error}");
    }
}

#[tokio::test]
async fn token_stays_on_trusted_hosts() {
    for address in [
        "https://evil.example/dms-uploads/1?ca=vector_ads",
        "not an address",
    ] {
        let initialize = fixture::initialize(fixture::AUTHOR, address);
        let server = serve(vec![fixture::userinfo(), initialize]).await;
        let sink = fixture::sink(&server.uri());
        let error = prepare(&*sink, &fixture::context()).await.unwrap_err();
        assert_eq!(error.kind, PublishErrorKind::Rejected, "{error}");
        assert!(!format!("{error:?}").contains("dms-uploads"), "{error:?}");
    }
}

#[tokio::test]
async fn token_without_profile_suggests_author_option() {
    let refuses = Mock::given(path("/v2/userinfo")).respond_with(
        ResponseTemplate::new(403)
            .set_body_json(json!({"serviceErrorCode": 100, "message": "Not enough permissions"})),
    );
    let server = serve(vec![refuses]).await;
    let sink = fixture::sink(&server.uri());
    let error = prepare(&*sink, &fixture::context()).await.unwrap_err();
    assert_eq!(error.code, Code::Forbidden);
    let hint = error.hint.unwrap();
    assert!(
        hint.contains("`author`") && hint.contains("`openid`"),
        "{hint}"
    );
}

#[tokio::test]
async fn unusable_token_is_refused_without_request() {
    let place = syndicate_api::ComponentContext {
        name: "linkedin".to_owned(),
        base: ".".into(),
    };
    let Ok(options) = (PLUGIN.load)(&json!({"endpoint": "http://127.0.0.1:9"})) else {
        panic!("the options are invalid");
    };
    let sink = options.build(&place).unwrap();
    for (env, part) in [
        (Env::empty(), "`LINKEDIN_ACCESS_TOKEN` is not set"),
        (Env::from_pairs([("LINKEDIN_ACCESS_TOKEN", " \n")]), "empty"),
        (
            Env::from_pairs([("LINKEDIN_ACCESS_TOKEN", "AQX a\nb")]),
            "invalid character",
        ),
    ] {
        let mut cx = fixture::context();
        cx.env = env;
        let error = prepare(&*sink, &cx).await.unwrap_err();
        assert_eq!(error.kind, PublishErrorKind::Unauthorized);
        assert!(error.message.contains(part), "{error}");
        assert!(error.hint.unwrap().contains("token-generator"));
        assert!(!error.message.contains("AQX"), "{}", error.message);
    }
}

#[tokio::test]
async fn account_is_author_urn() {
    let server = serve(vec![fixture::userinfo()]).await;
    let cx = fixture::context();
    let me = fixture::sink(&server.uri()).account(&cx).await;
    assert_eq!(me, Ok(Some(fixture::AUTHOR.to_owned())));

    const PAGE: &str = "urn:li:organization:2414183";
    let silent = serve(Vec::new()).await;
    let page = fixture::sink_of(PAGE, &silent.uri()).account(&cx).await;
    assert_eq!(page, Ok(Some(PAGE.to_owned())));
    assert_eq!(silent.received_requests().await.unwrap().len(), 0);
}

#[tokio::test]
async fn failed_account_lookup_is_not_unknown() {
    for status in [403, 409, 500, 504] {
        let fails = Mock::given(path("/v2/userinfo")).respond_with(ResponseTemplate::new(status));
        let server = serve(vec![fails]).await;
        let sink = fixture::sink(&server.uri());
        let error = sink.account(&fixture::context()).await.unwrap_err();
        assert_ne!(error.kind, PublishErrorKind::Unknown, "{status}");
    }
}

#[tokio::test]
async fn prepared_post_names_account() {
    let server = serve(fixture::preparation("http://127.0.0.1:9")).await;
    for author in ["me", "urn:li:organization:2414183"] {
        let sink = fixture::sink_of(author, &server.uri());
        let mut post = fixture::post();
        post.card = None;
        let cx = fixture::context();
        let prepared = fixture::prepare(&*sink, &cx, &post).await.unwrap();
        let expected = if author == "me" {
            fixture::AUTHOR
        } else {
            author
        };
        assert_eq!(prepared.account.as_deref(), Some(expected));
    }
}

#[tokio::test]
async fn revision_uploads_nothing() {
    let server = serve(vec![fixture::userinfo()]).await;
    let (sink, cx) = (fixture::sink(&server.uri()), fixture::context());
    let payload = fixture::compose(&*sink, &fixture::post()).unwrap();
    let steps = sink.revise(&payload).unwrap().steps;
    let found = prepare_steps(&*sink, &cx, &steps, &payload.media).await;
    assert_eq!(found, Ok(slots([("author", fixture::AUTHOR)])));
}

#[test]
fn capabilities_follow_dialect() {
    for (api, edits) in [("posts", true), ("ugc", true), ("shares", false)] {
        let sink = fixture::sink_with(json!({"api": api}), "http://127.0.0.1:9");
        let expected = Capabilities {
            card: CardBy::Us,
            edits,
            retracts: true,
            ..Capabilities::default()
        };
        assert_eq!(sink.capabilities(), expected, "{api}");
        let payload = fixture::compose(&*sink, &fixture::post()).unwrap();
        assert_eq!(sink.revise(&payload).is_some(), edits, "{api}");
    }
}

#[test]
fn only_create_is_repeated_as_evidence() {
    let sent = fixture::context().now();
    for (options, from, until, by_itself) in [
        (json!({}), "12:00:30", "12:10:00", false),
        (
            json!({"on_unknown": "probe", "probe_after_secs": 60, "probe_within_secs": 120}),
            "12:01:00",
            "12:02:00",
            true,
        ),
    ] {
        let sink = fixture::sink_with(options, "http://127.0.0.1:9");
        let payload = fixture::compose(&*sink, &fixture::post()).unwrap();
        let at = |time: &str| format!("2026-11-22T{time}Z").parse().unwrap();
        let expected = Repeat::Evidence {
            from: at(from),
            until: at(until),
            by_itself,
        };
        assert_eq!(sink.repeat(Role::Create, sent), expected);
        let update = &sink.revise(&payload).unwrap().steps[0];
        assert_eq!(sink.repeat(update.role, sent), Repeat::Never);
    }
}

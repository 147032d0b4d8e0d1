use serde_json::{Value, json};
use syndicate_api::testkit::{
    TestPlatform, build_sink, check_delivery, check_sink, context, wiremock,
};
use syndicate_api::{
    Code, Context, Prepared, PublishError, PublishErrorKind, Readiness, Receipt, ServerInfo, Sink,
    Stamp,
};
use wiremock::matchers::{body_json, method, path, query_param, query_param_is_missing};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::{PLUGIN, fixture};

const ID: &str = "1234567890123456789";
const TOKEN: &str = "q1W2e3R4t5Y6u7I8o9P0-aSdF_gHjK";
const PATH: &str = "/api/webhooks/1234567890123456789/q1W2e3R4t5Y6u7I8o9P0-aSdF_gHjK";
const MESSAGE: &str = "1234567890123456780";
const CHANNEL: &str = "1234567890123456781";

fn sink_with(endpoint: &str, thread_name: Option<&str>) -> Box<dyn Sink> {
    let mut options = json!({
        "dialect": "discord",
        "url": format!("https://discord.com{PATH}"),
        "endpoint": endpoint,
    });
    if let Some(name) = thread_name {
        options["thread_name"] = name.into();
    }
    build_sink(&PLUGIN, &options)
}

fn sink(endpoint: &str) -> Box<dyn Sink> {
    sink_with(endpoint, None)
}

fn read_webhook() -> Mock {
    let body = json!({"id": ID, "type": 1, "name": "Herald", "channel_id": CHANNEL,
        "guild_id": "1234567890123456782", "token": TOKEN});
    Mock::given(method("GET"))
        .and(path(PATH))
        .respond_with(ResponseTemplate::new(200).set_body_json(body))
}

fn message() -> Value {
    json!({"id": MESSAGE, "channel_id": CHANNEL, "content": "…",
        "timestamp": "2026-11-28T09:00:00.123000+00:00"})
}

fn receipt() -> Receipt {
    super::locate::receipt(&message(), Some("1234567890123456782"), false).unwrap()
}

#[tokio::test]
async fn sink_keeps_contract() {
    check_sink(
        &PLUGIN,
        &json!({"dialect": "discord", "url": "${DISCORD_WEBHOOK_URL}"}),
    );
    check_delivery(&TestPlatform {
        sink: &sink,
        post: &fixture::post(),
        secret: TOKEN,
        prepare: &|_| vec![read_webhook()],
        creates: ("POST", PATH),
        created: ResponseTemplate::new(200).set_body_json(message()),
        refusal: &|_, message| json!({"code": 0, "message": message}).to_string(),
        odd: &[
            // `Unknown Webhook` has a test of its own, because nothing is sent after it.
            (404, r#"{"message": "404: Not Found", "code": 0}"#, "rejected"),
            (401, r#"{"message": "Invalid Webhook Token", "code": 50027}"#, "unauthorized"),
            (400, r#"{"message": "Invalid Form Body", "code": 50035, "errors": {}}"#, "rejected"),
            (400, r#"{"content": ["Must be 2000 or fewer in length."]}"#, "rejected"),
            (400, r#"{"embeds": ["0"]}"#, "rejected"),
            (400, r#"{"message": "…must have a thread_name or thread_id", "code": 220001}"#, "rejected"),
            (429, r#"{"message": "You are being rate limited.", "retry_after": 0.3, "global": false}"#, "throttled"),
            (500, r#"{"message": "500: Internal Server Error", "code": 0}"#, "unknown"),
            (204, "", "unknown"),
            (200, r#"{"id": "x"}"#, "unknown"),
        ],
    })
    .await;
}

async fn prepare(sink: &dyn Sink, cx: &Context) -> Result<Prepared, PublishError> {
    let payload = sink
        .compose(&fixture::post(), &ServerInfo::default())
        .unwrap();
    let Readiness::Ready(ready) = sink.prepare(cx, &payload.steps, &[]).await? else {
        panic!("the post does not exist");
    };
    let stamp = Stamp {
        now: cx.now(),
        attempt: "k".to_owned(),
    };
    sink.seal(cx, &payload.steps, ready, &stamp)
}

async fn serve(mocks: Vec<Mock>) -> MockServer {
    let server = MockServer::start().await;
    for mock in mocks {
        mock.mount(&server).await;
    }
    server
}

fn answer(status: u16, body: Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

#[tokio::test]
async fn message_waits_and_has_link() {
    let create = Mock::given(method("POST"))
        .and(path(PATH))
        .and(query_param("wait", "true"))
        .respond_with(answer(200, message()));
    let server = serve(vec![read_webhook(), create]).await;
    let (sink, cx) = (sink(&server.uri()), context());
    let prepared = prepare(&*sink, &cx).await.unwrap();
    assert_eq!(prepared.account.as_deref(), Some(ID));
    let receipt = sink.send(&cx, &prepared, 0).await.unwrap();
    let url = format!("https://discord.com/channels/1234567890123456782/{CHANNEL}/{MESSAGE}");
    assert_eq!(receipt.url, Some(url));
    assert_eq!(receipt.at.unwrap().to_string(), "2026-11-28T09:00:00.123Z");
    assert_eq!(sink.sender(&cx).to_string(), "Herald");
    assert!(
        !format!("{:?}", cx.kv_cache).contains(TOKEN),
        "the cache contains the token"
    );
}

#[tokio::test]
async fn throttling_has_fraction_of_seconds() {
    let limited =
        json!({"message": "You are being rate limited.", "retry_after": 1.5, "global": true});
    let create = Mock::given(method("POST")).respond_with(answer(429, limited));
    let server = serve(vec![read_webhook(), create]).await;
    let (sink, cx) = (sink(&server.uri()), context());
    let prepared = prepare(&*sink, &cx).await.unwrap();
    let error = sink.send(&cx, &prepared, 0).await.unwrap_err();
    let until = Some("1970-01-01T00:00:01.5Z".parse().unwrap());
    assert_eq!(error.kind, PublishErrorKind::Throttled { until });
}

#[tokio::test]
async fn deleted_webhook_gets_no_more_requests() {
    let deleted = answer(404, json!({"message": "Unknown Webhook", "code": 10015}));
    let server = serve(vec![
        Mock::given(path(PATH)).respond_with(deleted).expect(1),
    ])
    .await;
    let (sink, cx) = (sink(&server.uri()), context());
    for _ in 0..3 {
        let error = prepare(&*sink, &cx).await.unwrap_err();
        assert_eq!(error.kind, PublishErrorKind::Rejected);
        assert!(error.hint.unwrap().contains("new webhook"));
    }
}

#[tokio::test]
async fn webhook_deleted_meanwhile_created_nothing() {
    let deleted = answer(404, json!({"message": "Unknown Webhook", "code": 10015}));
    let create = Mock::given(method("POST")).respond_with(deleted);
    let server = serve(vec![read_webhook(), create]).await;
    let (sink, cx) = (sink(&server.uri()), context());
    let prepared = prepare(&*sink, &cx).await.unwrap();
    let error = sink.send(&cx, &prepared, 0).await.unwrap_err();
    assert_eq!(error.kind, PublishErrorKind::Rejected);
    prepare(&*sink, &cx).await.unwrap_err();
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
}

#[tokio::test]
async fn online_check_finds_restored_webhook() {
    let cx = context();
    let deleted = answer(404, json!({"message": "Unknown Webhook", "code": 10015}));
    let server = serve(vec![Mock::given(path(PATH)).respond_with(deleted)]).await;
    prepare(&*sink(&server.uri()), &cx).await.unwrap_err();
    let server = serve(vec![read_webhook()]).await;
    let sink = sink(&server.uri());
    let findings = format!("{:?}", sink.check_online(&cx).await);
    assert!(
        findings.contains("`Herald`") && !findings.contains(TOKEN),
        "{findings}"
    );
    prepare(&*sink, &cx).await.unwrap();
}

#[tokio::test]
async fn message_is_edited_by_id() {
    let server = MockServer::start().await;
    let sink = sink(&server.uri());
    let payload = sink
        .compose(&fixture::post(), &ServerInfo::default())
        .unwrap();
    let composed = payload.create().unwrap().body.as_json();
    Mock::given(method("PATCH"))
        .and(path(format!("{PATH}/messages/{MESSAGE}")))
        .and(query_param_is_missing("thread_id"))
        .and(body_json(composed))
        .respond_with(answer(200, message()))
        .expect(1)
        .mount(&server)
        .await;
    let revision = sink.revise(&payload).unwrap();
    let change = Prepared::fill(&revision.steps, Default::default()).unwrap();
    let change = change.with_receipt(&receipt()).unwrap();
    assert_eq!(
        sink.update(&context(), &receipt(), &change).await,
        Ok(receipt())
    );
}

#[tokio::test]
async fn forum_post_is_edited_in_its_thread() {
    let server = MockServer::start().await;
    let sink = sink_with(&server.uri(), Some("{{title}}"));
    let in_thread = |verb: &str| {
        Mock::given(method(verb))
            .and(path(format!("{PATH}/messages/{MESSAGE}")))
            .and(query_param("thread_id", CHANNEL))
            .respond_with(answer(200, message()))
            .expect(1)
    };
    in_thread("PATCH").mount(&server).await;
    in_thread("DELETE").mount(&server).await;
    let receipt = super::locate::receipt(&message(), None, true).unwrap();
    let payload = sink
        .compose(&fixture::post(), &ServerInfo::default())
        .unwrap();
    let revision = sink.revise(&payload).unwrap();
    assert_eq!(revision.fixed["thread_name"], "Why <crabs> walk sideways");
    let change = Prepared::fill(&revision.steps, Default::default()).unwrap();
    let change = change.with_receipt(&receipt).unwrap();
    sink.update(&context(), &receipt, &change).await.unwrap();
    sink.retract(&context(), &receipt).await.unwrap();
}

#[tokio::test]
async fn deleted_message_is_retracted() {
    for (status, body, expected) in [
        (200, json!({}), Ok(())),
        (
            404,
            json!({"message": "Unknown Message", "code": 10008}),
            Ok(()),
        ),
        (
            404,
            json!({"message": "Unknown Webhook", "code": 10015}),
            Err(Code::Rejected),
        ),
        (502, json!({}), Err(Code::Unavailable)),
    ] {
        let delete = Mock::given(method("DELETE")).respond_with(answer(status, body));
        let server = serve(vec![delete]).await;
        let outcome = sink(&server.uri()).retract(&context(), &receipt()).await;
        assert_eq!(outcome.map_err(|error| error.code), expected);
    }
}

#[tokio::test]
async fn located_message_belongs_to_webhook() {
    let read = Mock::given(method("GET"))
        .and(path(format!("{PATH}/messages/{MESSAGE}")))
        .respond_with(answer(200, message()));
    let other = Mock::given(method("GET"))
        .and(path(format!("{PATH}/messages/{ID}")))
        .respond_with(answer(
            404,
            json!({"message": "Unknown Message", "code": 10008}),
        ));
    let server = serve(vec![read, other, read_webhook()]).await;
    let sink = sink(&server.uri());
    assert_eq!(sink.locate(&context(), MESSAGE).await, Ok(receipt()));
    let error = sink.locate(&context(), ID).await.unwrap_err();
    assert!(
        error.message.contains("not a message of this webhook"),
        "{error}"
    );
}

#[tokio::test]
async fn foreign_url_is_refused_without_request() {
    for url in [
        "https://hooks.slack.com/services/T0/B0/x",
        "https://discord.com/api/webhooks/1234567890123456789/abc/slack",
    ] {
        let sink = build_sink(&PLUGIN, &json!({"dialect": "discord", "url": url}));
        let error = prepare(&*sink, &context()).await.unwrap_err();
        assert_eq!(error.kind, PublishErrorKind::Unauthorized);
        assert!(error.hint.unwrap().contains("channel's settings"));
    }
}

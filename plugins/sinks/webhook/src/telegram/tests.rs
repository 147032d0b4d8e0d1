use serde_json::{Value, json};
use syndicate_api::testkit::{
    TestPlatform, build_sink, check_delivery, check_sink, context, wiremock,
};
use syndicate_api::{
    Code, Context, Diagnostic, Payload, Post, Prepared, PublishError, PublishErrorKind, Readiness,
    Receipt, ServerInfo, Sink, Stamp,
};
use wiremock::matchers::{body_json, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::{PLUGIN, fixture};

const TOKEN: &str = "7123456789:AAq1W2e3R4t5Y6-u7I8o9P0_aSdF";
const KEY: &str = "AAq1W2e3R4t5Y6-u7I8o9P0_aSdF";

fn sink_with(endpoint: &str, card: Option<&str>) -> Box<dyn Sink> {
    let mut options = json!({"dialect": "telegram", "token": TOKEN, "chat_id": "@my_blog",
        "endpoint": endpoint});
    if let Some(card) = card {
        options["card"] = card.into();
    }
    build_sink(&PLUGIN, &options)
}

fn sink(endpoint: &str) -> Box<dyn Sink> {
    sink_with(endpoint, None)
}

fn route(method: &str) -> String {
    format!("/bot{TOKEN}/{method}")
}

fn sent() -> Value {
    json!({"ok": true, "result": {"message_id": 12, "date": 1_732_787_000,
        "chat": {"id": -1_001_234_567_890_i64, "type": "channel", "username": "my_blog"}}})
}

fn receipt() -> Receipt {
    super::chat::receipt(&sent()["result"]).unwrap()
}

fn error(code: u16, description: &str) -> Value {
    json!({"ok": false, "error_code": code, "description": description})
}

#[tokio::test]
async fn sink_keeps_contract() {
    check_sink(
        &PLUGIN,
        &json!({"dialect": "telegram", "token": "${TELEGRAM_BOT_TOKEN}", "chat_id": "@my_blog"}),
    );
    check_delivery(&TestPlatform {
        sink: &sink,
        post: &fixture::post(),
        secret: KEY,
        prepare: &|_| Vec::new(),
        creates: ("POST", &route("sendMessage")),
        created: ResponseTemplate::new(200).set_body_json(sent()),
        refusal: &|status, message| error(status, message).to_string(),
        odd: &[
            (404, r#"{"ok":false,"error_code":404,"description":"Not Found"}"#, "unauthorized"),
            (
                403,
                r#"{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked from the channel chat"}"#,
                "rejected",
            ),
            (
                400,
                r#"{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}"#,
                "rejected",
            ),
            (500, r#"{"ok":false,"error_code":500,"description":"Internal Server Error"}"#, "unknown"),
            (502, r#"{"ok":false,"error_code":502,"description":"Bad Gateway"}"#, "unknown"),
            (200, r#"{"ok":false}"#, "unknown"),
            (200, r#"{"ok":true}"#, "unknown"),
            (200, "<html>", "unknown"),
        ],
    })
    .await;
}

fn compose(sink: &dyn Sink, post: &Post) -> Result<Payload, Diagnostic> {
    sink.compose(post, &ServerInfo::default())
}

fn body(sink: &dyn Sink) -> Value {
    let payload = compose(sink, &fixture::post()).unwrap();
    payload.create().unwrap().body.as_json().clone()
}

#[test]
fn message_has_entities_and_preview() {
    let link = fixture::LINK;
    let expected = json!({
        "chat_id": "@my_blog",
        "text": format!("Crabs & co: {link} #rust"),
        "entities": [
            {"type": "text_link", "offset": 12, "length": link.len(), "url": link},
        ],
        "link_preview_options": {"is_disabled": false, "prefer_large_media": true, "url": link},
    });
    assert_eq!(body(&*sink("http://127.0.0.1:9")), expected);
    let none = body(&*sink_with("http://127.0.0.1:9", Some("none")));
    assert_eq!(none["link_preview_options"], json!({"is_disabled": true}));
}

#[test]
fn text_limit_is_utf16() {
    let sink = sink("http://127.0.0.1:9");
    let fits = fixture::with_text(&"🦀".repeat(2048));
    assert!(compose(&*sink, &fits).is_ok());
    let code = |text: &str| compose(&*sink, &fixture::with_text(text)).unwrap_err().code;
    assert_eq!(code(&"🦀".repeat(2049)), Code::TextTooLong);
    assert_eq!(code(" \n"), Code::TextEmpty);
    let measures = sink.measure(&fits.text, &ServerInfo::default());
    assert_eq!((measures[0].used, measures[0].fits()), (4096, true));
}

async fn serve(api_method: &str, status: u16, answer: Value) -> MockServer {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(status).set_body_json(answer);
    Mock::given(path(route(api_method)))
        .respond_with(answer)
        .mount(&server)
        .await;
    server
}

async fn publish(sink: &dyn Sink, cx: &Context) -> Result<Receipt, PublishError> {
    let payload = compose(sink, &fixture::post()).unwrap();
    let Readiness::Ready(ready) = sink.prepare(cx, &payload.steps, &[]).await? else {
        panic!("the post does not exist");
    };
    let stamp = Stamp {
        now: cx.now(),
        attempt: "k".to_owned(),
    };
    let prepared = sink.seal(cx, &payload.steps, ready, &stamp)?;
    assert_eq!(prepared.account.as_deref(), Some("7123456789"));
    sink.send(cx, &prepared, 0).await
}

#[tokio::test]
async fn receipt_has_link_of_public_channel() {
    let server = serve("sendMessage", 200, sent()).await;
    let receipt = publish(&*sink(&server.uri()), &context()).await.unwrap();
    assert_eq!(receipt.url.as_deref(), Some("https://t.me/my_blog/12"));
    assert_eq!(receipt.id.as_deref(), Some("12"));
}

#[tokio::test]
async fn refusal_names_remedy() {
    for (status, answer, part) in [
        (400, error(400, "Bad Request: chat not found"), "`chat_id`"),
        (
            400,
            error(
                400,
                "Bad Request: need administrator rights in the channel chat",
            ),
            "administrator",
        ),
        (401, error(401, "Unauthorized"), "@BotFather"),
        (
            403,
            error(403, "Forbidden: bot was kicked from the channel chat"),
            "again",
        ),
        (
            400,
            json!({"ok": false, "error_code": 400, "parameters": {"migrate_to_chat_id": -100_123},
                "description": "Bad Request: group chat was upgraded to a supergroup chat"}),
            "`chat_id: -100123`",
        ),
    ] {
        let server = serve("sendMessage", status, answer).await;
        let error = publish(&*sink(&server.uri()), &context())
            .await
            .unwrap_err();
        assert!(
            error.hint.as_ref().is_some_and(|hint| hint.contains(part)),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn throttling_ends_at_retry_after() {
    let mut answer = error(429, "Too Many Requests: retry after 35");
    answer["parameters"] = json!({"retry_after": 35});
    let server = serve("sendMessage", 429, answer).await;
    let error = publish(&*sink(&server.uri()), &context())
        .await
        .unwrap_err();
    let until = Some("1970-01-01T00:00:35Z".parse().unwrap());
    assert_eq!(error.kind, PublishErrorKind::Throttled { until });
}

#[tokio::test]
async fn message_is_edited_by_number() {
    let server = MockServer::start().await;
    let sink = sink(&server.uri());
    let mut expected = body(&*sink);
    expected["chat_id"] = json!(-1_001_234_567_890_i64);
    expected["message_id"] = json!(12);
    Mock::given(method("POST"))
        .and(path(route("editMessageText")))
        .and(body_json(expected))
        .respond_with(ResponseTemplate::new(200).set_body_json(sent()))
        .expect(1)
        .mount(&server)
        .await;
    update(&*sink).await.unwrap();
}

async fn update(sink: &dyn Sink) -> Result<Receipt, PublishError> {
    let revision = sink
        .revise(&compose(sink, &fixture::post()).unwrap())
        .unwrap();
    let change = Prepared::fill(&revision.steps, Default::default()).unwrap();
    let change = change.with_receipt(&receipt()).unwrap();
    sink.update(&context(), &receipt(), &change).await
}

#[tokio::test]
async fn repeated_edit_succeeds() {
    let same = "Bad Request: message is not modified: specified new message content is the same";
    let server = serve("editMessageText", 400, error(400, same)).await;
    assert_eq!(update(&*sink(&server.uri())).await, Ok(receipt()));
    let gone = "Bad Request: message to edit not found";
    let server = serve("editMessageText", 400, error(400, gone)).await;
    assert_eq!(
        update(&*sink(&server.uri())).await.unwrap_err().code,
        Code::PostGone
    );
}

#[tokio::test]
async fn deleted_message_is_retracted() {
    for (status, answer, expected) in [
        (200, json!({"ok": true, "result": true}), Ok(())),
        (
            400,
            error(400, "Bad Request: message to delete not found"),
            Ok(()),
        ),
        (
            400,
            error(400, "Bad Request: message can't be deleted for everyone"),
            Err(Code::Rejected),
        ),
        (
            500,
            error(500, "Internal Server Error"),
            Err(Code::Unavailable),
        ),
    ] {
        let server = serve("deleteMessage", status, answer).await;
        let outcome = sink(&server.uri()).retract(&context(), &receipt()).await;
        assert_eq!(outcome.map_err(|error| error.code), expected);
    }
}

#[tokio::test]
async fn online_check_reads_bot_and_chat() {
    let server = MockServer::start().await;
    for (api_method, result) in [
        (
            "getMe",
            json!({"id": 7_123_456_789_i64, "is_bot": true, "username": "herald_bot"}),
        ),
        ("getChat", json!({"id": 1, "title": "My blog"})),
    ] {
        let answer =
            ResponseTemplate::new(200).set_body_json(json!({"ok": true, "result": result}));
        Mock::given(path(route(api_method)))
            .respond_with(answer)
            .expect(1)
            .mount(&server)
            .await;
    }
    let (sink, cx) = (sink(&server.uri()), context());
    let findings = format!("{:?}", sink.check_online(&cx).await);
    assert!(
        findings.contains("@herald_bot") && findings.contains("`My blog`"),
        "{findings}"
    );
    assert_eq!(sink.sender(&cx).to_string(), "@herald_bot in @my_blog");
    let options = json!({"dialect": "telegram", "token": TOKEN, "chat_id": "@other_blog"});
    let other = build_sink(&PLUGIN, &options);
    assert_eq!(other.sender(&cx).to_string(), "@other_blog");
}

#[tokio::test]
async fn unusable_token_is_refused_without_request() {
    for token in ["", "7123456789", "7123456789:", "x:AAq1W2e3", "1:a/../b"] {
        let options = json!({"dialect": "telegram", "token": token, "chat_id": "@my_blog"});
        let error = publish(&*build_sink(&PLUGIN, &options), &context())
            .await
            .unwrap_err();
        assert_eq!(error.kind, PublishErrorKind::Unauthorized, "{token}");
    }
}

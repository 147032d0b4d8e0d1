use serde_json::{Value, json};
use syndicate_api::testkit::{
    TestPlatform, build_sink, check_delivery, check_sink, context, wiremock,
};
use syndicate_api::{
    Code, Post, Prepared, PublishError, PublishErrorKind, Readiness, Receipt, ServerInfo, Sink,
    Stamp,
};
use wiremock::matchers::{body_json, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::{PLUGIN, fixture};

const HOOK: &str = "https://hooks.slack.com/services/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";
const TOKEN: &str = "xoxb-0123456789-q1W2e3R4t5Y6";
const TS: &str = "1732787000.123456";

fn hook(endpoint: &str) -> Box<dyn Sink> {
    build_sink(
        &PLUGIN,
        &json!({"dialect": "slack", "url": HOOK, "endpoint": endpoint}),
    )
}

fn bot(endpoint: &str) -> Box<dyn Sink> {
    let options =
        json!({"dialect": "slack", "token": TOKEN, "channel": "C012AB3CD", "endpoint": endpoint});
    build_sink(&PLUGIN, &options)
}

fn auth_test() -> Mock {
    Mock::given(method("POST"))
        .and(path("/api/auth.test"))
        .and(header("authorization", format!("Bearer {TOKEN}")))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "ok": true, "url": "https://team.slack.com/", "team": "Team", "user": "herald",
            "team_id": "T012AB3CD", "user_id": "U012AB3CD", "bot_id": "B012AB3CD",
        })))
}

fn posted() -> Value {
    json!({"ok": true, "channel": "C012AB3CD", "ts": TS, "message": {"type": "message"}})
}

fn receipt() -> Receipt {
    let url = "https://team.slack.com/archives/C012AB3CD/p1732787000123456";
    super::locate::receipt(
        TS.to_owned(),
        Some("C012AB3CD".to_owned()),
        Some(url.to_owned()),
    )
}

#[tokio::test]
async fn webhook_keeps_contract() {
    check_sink(
        &PLUGIN,
        &json!({"dialect": "slack", "url": "${SLACK_WEBHOOK_URL}"}),
    );
    check_delivery(&TestPlatform {
        sink: &hook,
        post: &fixture::post(),
        secret: "q1W2e3R4t5Y6u7I8o9P0aSdF",
        prepare: &|_| Vec::new(),
        creates: (
            "POST",
            "/services/T012AB3CD/B012AB3CD/q1W2e3R4t5Y6u7I8o9P0aSdF",
        ),
        created: ResponseTemplate::new(200).set_body_string("ok"),
        refusal: &|status, _| match status {
            401 => "invalid_token".to_owned(),
            429 => "rate_limited".to_owned(),
            _ => "invalid_payload".to_owned(),
        },
        odd: &[
            (404, "no_service", "rejected"),
            (403, "action_prohibited", "rejected"),
            (410, "channel_is_archived\n", "rejected"),
            (500, "rollup_error", "unknown"),
            (200, "<html>sign in</html>", "unknown"),
            (200, "", "unknown"),
            (200, r#"{"ok":false,"error":"invalid_payload"}"#, "rejected"),
            (429, r#"{"ok":false,"error":"ratelimited"}"#, "throttled"),
        ],
    })
    .await;
}

#[tokio::test]
async fn bot_keeps_contract() {
    let example =
        json!({"dialect": "slack", "token": "${SLACK_BOT_TOKEN}", "channel": "C012AB3CD"});
    check_sink(&PLUGIN, &example);
    check_delivery(&TestPlatform {
        sink: &bot,
        post: &fixture::post(),
        secret: TOKEN,
        prepare: &|_| vec![auth_test()],
        creates: ("POST", "/api/chat.postMessage"),
        created: ResponseTemplate::new(200).set_body_json(posted()),
        refusal: &|_, message| json!({"ok": false, "error": message}).to_string(),
        odd: &[
            (
                200,
                r#"{"ok":false,"error":"channel_not_found"}"#,
                "rejected",
            ),
            (200, r#"{"ok":false,"error":"not_in_channel"}"#, "rejected"),
            (200, r#"{"ok":false,"error":"msg_too_long"}"#, "rejected"),
            (
                200,
                r#"{"ok":false,"error":"invalid_auth"}"#,
                "unauthorized",
            ),
            (200, r#"{"ok":false,"error":"ratelimited"}"#, "throttled"),
            (200, r#"{"ok":false,"error":"fatal_error"}"#, "unknown"),
            (200, r#"{"ok":false,"error":"internal_error"}"#, "unknown"),
            (
                200,
                r#"{"ok":false,"error":"a_code_of_tomorrow"}"#,
                "unknown",
            ),
            (200, r#"{"ok":false}"#, "unknown"),
            (200, r#"{"ok":true}"#, "unknown"),
            (200, "<html>sign in</html>", "unknown"),
        ],
    })
    .await;
}

/// Returns a server that identifies the bot and answers a `POST` to `route` with `answer`.
async fn serve(route: &str, answer: Value) -> MockServer {
    let server = MockServer::start().await;
    auth_test().mount(&server).await;
    let answer = ResponseTemplate::new(200).set_body_json(answer);
    Mock::given(path(route))
        .respond_with(answer)
        .mount(&server)
        .await;
    server
}

async fn prepare(sink: &dyn Sink, post: &Post) -> Result<Prepared, PublishError> {
    let cx = context();
    let payload = sink.compose(post, &ServerInfo::default()).unwrap();
    let Readiness::Ready(ready) = sink.prepare(&cx, &payload.steps, &[]).await? else {
        panic!("the post does not exist");
    };
    let stamp = Stamp {
        now: cx.now(),
        attempt: "k".to_owned(),
    };
    sink.seal(&cx, &payload.steps, ready, &stamp)
}

#[tokio::test]
async fn bot_receipt_has_permalink() {
    let server = serve("/api/chat.postMessage", posted()).await;
    let sink = bot(&server.uri());
    let prepared = prepare(&*sink, &fixture::post()).await.unwrap();
    assert_eq!(prepared.account.as_deref(), Some("T012AB3CD/U012AB3CD"));
    assert_eq!(sink.send(&context(), &prepared, 0).await, Ok(receipt()));
}

#[tokio::test]
async fn sender_is_named_after_first_contact() {
    let server = serve("/", Value::Null).await;
    let (sink, cx) = (bot(&server.uri()), context());
    assert_eq!(sink.sender(&cx).to_string(), "C012AB3CD");
    sink.account(&cx).await.unwrap();
    assert_eq!(sink.sender(&cx).to_string(), "herald in Team");
}

#[tokio::test]
async fn update_sends_text_and_blocks() {
    let server = MockServer::start().await;
    let sink = bot(&server.uri());
    let payload = sink
        .compose(&fixture::post(), &ServerInfo::default())
        .unwrap();
    let composed = payload.create().unwrap().body.as_json();
    let expected = json!({"channel": "C012AB3CD", "ts": TS, "text": composed["text"],
        "blocks": composed["blocks"]});
    Mock::given(method("POST"))
        .and(path("/api/chat.update"))
        .and(body_json(expected))
        .respond_with(ResponseTemplate::new(200).set_body_json(posted()))
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
async fn deleted_message_is_retracted() {
    for (answer, expected) in [
        (json!({"ok": true}), Ok(())),
        (json!({"ok": false, "error": "message_not_found"}), Ok(())),
        (
            json!({"ok": false, "error": "cant_delete_message"}),
            Err(Code::Rejected),
        ),
        (
            json!({"ok": false, "error": "internal_error"}),
            Err(Code::OutcomeUnknown),
        ),
    ] {
        let server = serve("/api/chat.delete", answer).await;
        let outcome = bot(&server.uri()).retract(&context(), &receipt()).await;
        if let Err(error) = &outcome {
            assert_ne!(error.kind, PublishErrorKind::Unknown);
        }
        assert_eq!(outcome.map_err(|error| error.code), expected);
    }
}

#[tokio::test]
async fn check_online_sends_no_message() {
    let server = serve("/none", Value::Null).await;
    let findings = bot(&server.uri()).check_online(&context()).await;
    assert!(
        format!("{findings:?}").contains("herald in Team"),
        "{findings:?}"
    );
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 1);
}

#[test]
fn webhook_offers_no_change() {
    let sink = hook("http://127.0.0.1:9");
    assert!(!sink.capabilities().edits && !sink.capabilities().retracts);
    let payload = sink
        .compose(&fixture::post(), &ServerInfo::default())
        .unwrap();
    assert_eq!(sink.revise(&payload), None);
    assert!(
        !format!("{payload:?}").contains("q1W2e3"),
        "the payload contains the URL"
    );
}

#[test]
fn mention_needs_member_id() {
    let sink = hook("http://127.0.0.1:9");
    assert!(sink.check_mention("U012AB3CD").is_ok());
    for target in ["@jo", "!channel", "S012AB3CD", ""] {
        let error = sink.check_mention(target).unwrap_err();
        assert_eq!(error.code, Code::MentionInvalid, "{target}");
    }
}

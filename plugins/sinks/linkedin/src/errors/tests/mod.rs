//! Errors of whole requests: a mock server returns a response, and the sink returns the error.

mod refusals;

use serde_json::{Value, json};
use syndicate_api::PublishErrorKind::{Throttled, Unavailable};
use syndicate_api::{Context, Post};
use wiremock::matchers::{any, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::*;
use crate::fixture;

/// Returns the error of a creating request with this response.
async fn error_of(answer: ResponseTemplate) -> PublishError {
    error_in(&fixture::context(), answer).await
}

async fn error_in(cx: &Context, answer: ResponseTemplate) -> PublishError {
    let mut post = fixture::post();
    post.card = None;
    error_for(cx, "posts", &post, answer).await
}

/// Returns the error of a creating request in this dialect with this response.
async fn error_for(cx: &Context, api: &str, post: &Post, answer: ResponseTemplate) -> PublishError {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let options = json!({"author": fixture::AUTHOR, "api": api});
    let sink = fixture::sink_with(options, &server.uri());
    let prepared = fixture::prepare(&*sink, cx, post).await.unwrap();
    fixture::send(&*sink, cx, &prepared).await.unwrap_err()
}

/// Builds a response whose body repeats its status, as LinkedIn's do.
fn answer(status: u16, body: &Value) -> ResponseTemplate {
    let mut body = body.clone();
    body["status"] = status.into();
    ResponseTemplate::new(status).set_body_json(body)
}

#[tokio::test]
async fn error_message_names_cause_and_hint() {
    let body = json!({"status": 401, "serviceErrorCode": 65602, "code": "EXPIRED_ACCESS_TOKEN",
        "message": "The token used in the request has expired"});
    assert_eq!(
        error_of(answer(401, &body)).await.to_string(),
        "cannot create the post: the token has expired (tokens are valid for 60 days): \
         The token used in the request has expired (EXPIRED_ACCESS_TOKEN, 65602)"
    );
    let body = json!({"code": "NONEXISTENT_VERSION", "message": "Requested version is not active"});
    let error = error_of(answer(426, &body)).await;
    assert!(error.message.contains("202609"), "{error}");
    let hint = error.hint.unwrap();
    assert!(
        hint.contains("newer month") && hint.contains("newer syndicate"),
        "{hint}"
    );
    // LinkedIn refused the newest known month, and older months expire earlier.
    assert!(!hint.contains("2026"), "{hint}");
    let error = error_of(answer(504, &json!({}))).await;
    assert!(
        error
            .message
            .starts_with("the post may have been published"),
        "{error}"
    );
}

#[tokio::test]
async fn unknown_body_is_quoted_on_one_line() {
    let html = format!("<html>\r\n<b>\u{1b}[31m{}</b></html>", "é".repeat(2000));
    let error = error_of(ResponseTemplate::new(503).set_body_string(html)).await;
    let cause = error.cause.unwrap();
    assert!(cause.starts_with("<html> <b> [31mé"), "{cause}");
    assert_eq!(cause.chars().count(), MAX_QUOTE_LEN + 1);

    let error = error_of(ResponseTemplate::new(400)).await;
    assert_eq!(error.cause, None);
}

#[tokio::test]
async fn echoed_token_is_redacted_before_cut() {
    for before in [0, MAX_QUOTE_LEN - 5] {
        let message = format!("{}{}", "x".repeat(before), fixture::TOKEN);
        let answer = answer(403, &json!({"message": message}))
            .insert_header("x-li-uuid", format!("id {}", fixture::TOKEN).as_str());
        let text = format!("{:?}", error_of(answer).await);
        assert!(!text.contains(&fixture::TOKEN[..5]), "{text}");
    }
}

#[tokio::test]
async fn support_headers_are_kept() {
    let answer = ResponseTemplate::new(500)
        .insert_header("X-Li-Uuid", "AAYm")
        .insert_header("x-li-fabric", "prod-lva1")
        .insert_header("x-li-proto", "http/1.1");
    let expected = [("x-li-uuid", "AAYm"), ("x-li-fabric", "prod-lva1")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(error_of(answer).await.support, expected);
}

#[tokio::test]
async fn retry_after_header_wins() {
    for (value, until) in [
        ("90", "2026-11-22T12:01:30Z"),
        ("Sun, 22 Nov 2026 13:00:00 GMT", "2026-11-22T13:00:00Z"),
        ("Sat, 21 Nov 2026 13:00:00 GMT", "2026-11-23T00:00:00Z"),
        ("soon", "2026-11-23T00:00:00Z"),
    ] {
        let body = json!({"serviceErrorCode": 101, "message": "M"});
        let answer = answer(429, &body).insert_header("Retry-After", value);
        let until = Some(until.parse().unwrap());
        assert_eq!(error_of(answer).await.kind, Throttled { until }, "{value}");
    }
}

#[tokio::test]
async fn lost_response_before_create_is_unavailable() {
    for (route, prefix) in [
        ("/v2/userinfo", "cannot look up the token's member"),
        ("/rest/images", "cannot upload the picture"),
        ("/dms-uploads/1", "cannot upload the picture"),
    ] {
        let server = MockServer::start().await;
        let fails = Mock::given(path(route)).respond_with(ResponseTemplate::new(503));
        fails.mount(&server).await;
        for mock in fixture::preparation(&server.uri()) {
            mock.mount(&server).await;
        }
        let sink = fixture::sink(&server.uri());
        let prepared = fixture::prepare(&*sink, &fixture::context(), &fixture::post()).await;
        let error = prepared.unwrap_err();
        assert_eq!(
            (error.kind, error.code),
            (Unavailable, Code::Unavailable),
            "{route}"
        );
        assert!(error.message.starts_with(prefix), "{route}: {error}");
    }
}

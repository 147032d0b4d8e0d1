//! Refusals by a proxy or gateway between the program and LinkedIn.

use serde_json::json;
use syndicate_api::Code;
use syndicate_api::PublishErrorKind::{Rejected, Throttled, Unauthorized, Unavailable, Unknown};
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::super::error_in;
use crate::fixture;

/// Statuses that gateways are known to send.
const STATUSES: &[u16] = &[
    400, 401, 403, 404, 405, 407, 408, 409, 411, 413, 415, 422, 425, 426, 429, 431, 451, 494, 499,
];

fn bodies() -> Vec<String> {
    [
        "".to_owned(),
        "<html><head><title>nginx</title></head></html>".to_owned(),
        "upstream connect error".to_owned(),
        json!({"message": "Forbidden"}).to_string(),
        json!({"error": "access_denied", "error_description": "M"}).to_string(),
        json!({"detail": "Method Not Allowed"}).to_string(),
        r#"{"serviceErrorCode":100,"code":"ACCESS_DENIED","mess"#.to_owned(),
    ]
    .into()
}

#[tokio::test]
async fn proxy_refusal_of_create_is_unknown() {
    let cx = fixture::context();
    for status in STATUSES {
        for body in bodies() {
            let answer = ResponseTemplate::new(*status).set_body_string(&body);
            let answer = answer.insert_header("Retry-After", "1");
            let error = error_in(&cx, answer).await;
            let expected = (Unknown, Code::OutcomeUnknown);
            assert_eq!((error.kind, error.code), expected, "{status} {body}");
            assert!(error.existing.is_none(), "{status} {body}");
            let prefix = "the post may have been published: the response with status";
            assert!(error.message.starts_with(prefix), "{error}");
            let hint = error.hint.unwrap();
            assert!(
                hint.contains("settle") && hint.contains("`endpoint`"),
                "{hint}"
            );
        }
    }
}

#[tokio::test]
async fn proxy_duplicate_proves_nothing() {
    let cx = fixture::context();
    for body in [
        "Content is a duplicate of urn:li:share:7",
        r#"{"error":"Content is a duplicate of urn:li:share:7","code":"DUPLICATE_POST"}"#,
        r#"{"message":"Content is a duplicate of urn:li:share:7","code":"DUPLICATE_POST","path":"/"}"#,
    ] {
        for status in [409, 422] {
            let answer = ResponseTemplate::new(status).set_body_string(body);
            let error = error_in(&cx, answer).await;
            assert_eq!(error.kind, Unknown, "{status} {body}");
            assert_eq!(error.existing, None, "{status} {body}");
        }
    }
}

#[tokio::test]
async fn proxy_refusal_of_upload_keeps_kind() {
    let tomorrow = "2026-11-23T00:00:00Z".parse().unwrap();
    for (status, kind) in [
        (401, Unauthorized),
        (403, Rejected),
        (404, Rejected),
        (409, Unavailable),
        (413, Rejected),
        (
            429,
            Throttled {
                until: Some(tomorrow),
            },
        ),
    ] {
        let server = MockServer::start().await;
        let answer = ResponseTemplate::new(status).set_body_string("<html>");
        let refuses = Mock::given(path("/rest/images")).respond_with(answer);
        refuses.mount(&server).await;
        for mock in fixture::preparation(&server.uri()) {
            mock.mount(&server).await;
        }
        let sink = fixture::sink(&server.uri());
        let prepared = fixture::prepare(&*sink, &fixture::context(), &fixture::post()).await;
        assert_eq!(prepared.unwrap_err().kind, kind, "{status}");
    }
}

use serde_json::{Value, json};
use syndicate_api::testkit::context;
use syndicate_api::testkit::wiremock::ResponseTemplate;
use syndicate_api::{Code, PublishErrorKind, Receipt};

use super::support::{LINK, answer, mock, sink, start, status};

const PATH: &str = "/api/v1/statuses/110";

fn own(status: u16) -> ResponseTemplate {
    answer(status, &json!({"error": "Record not found"}))
}

fn foreign() -> ResponseTemplate {
    ResponseTemplate::new(404).set_body_string("<h1>404 Not Found</h1>")
}

fn existing() -> ResponseTemplate {
    answer(200, &status("110", "2026-11-28T10:00:01.000Z", LINK))
}

async fn retract(
    delete: ResponseTemplate,
    get: ResponseTemplate,
) -> Result<(), (PublishErrorKind, Code)> {
    let mocks = vec![mock("DELETE", PATH, delete), mock("GET", PATH, get)];
    let server = start("mastodon", mocks).await;
    let sink = sink(&server.uri(), &json!({}));
    let retracted = sink.retract(&context(), &Receipt::new("110")).await;
    retracted.map_err(|error| (error.kind, error.code))
}

#[tokio::test]
async fn deleted_or_missing_post_is_retracted() {
    let deleted = answer(200, &Value::Null);
    assert_eq!(retract(deleted, own(404)).await, Ok(()));
    assert_eq!(retract(own(404), own(404)).await, Ok(()));
    assert_eq!(retract(own(404), own(410)).await, Ok(()));
}

#[tokio::test]
async fn existing_post_is_not_retracted() {
    let unsupported = (PublishErrorKind::Rejected, Code::Unsupported);
    assert_eq!(retract(foreign(), existing()).await, Err(unsupported));
    assert_eq!(retract(own(404), existing()).await, Err(unsupported));
}

#[tokio::test]
async fn unclear_answer_is_unavailable() {
    let unavailable = (PublishErrorKind::Unavailable, Code::Unavailable);
    assert_eq!(retract(foreign(), foreign()).await, Err(unavailable));
    assert_eq!(
        retract(foreign(), ResponseTemplate::new(502)).await,
        Err(unavailable)
    );
    assert_eq!(
        retract(ResponseTemplate::new(502), own(404)).await,
        Err(unavailable)
    );
}
